// What a screen reader or weak eyes would stumble over on the visible page: a list of sentences, empty when all is well.
() => {
  const problems = [];
  const shown = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const what = (element) => `<${element.tagName.toLowerCase()}${element.id ? " id=" + element.id : ""} class="${element.getAttribute("class") ?? ""}"> ${element.textContent.trim().slice(0, 30)}`;

  // Every control has a name.
  for (const element of document.querySelectorAll("button, a[href], input, textarea, select, [role=button], [role=log], [role=group], dialog[open]")) {
    if (!shown(element)) continue;
    const labelled = element.getAttribute("aria-labelledby")?.split(" ").map((id) => document.getElementById(id)?.textContent).join(" ");
    const unhidden = [...element.querySelectorAll("*")].length || element.textContent ? textOf(element) : "";
    const names = [element.getAttribute("aria-label"), labelled, element.labels?.[0]?.textContent, /^(BUTTON|A)$/.test(element.tagName) ? unhidden : ""];
    if (!names.some((name) => name?.trim())) problems.push(`no name: ${what(element)}`);
    const { width, height } = element.getBoundingClientRect();
    if (element.tagName === "BUTTON" && !element.disabled && (width < 24 || height < 24)) problems.push(`too small to hit: ${what(element)}`);
  }
  for (const image of document.querySelectorAll("img:not([alt])")) problems.push(`no alternative text: ${what(image)}`);
  for (const drawing of document.querySelectorAll("svg:not([aria-hidden=true])")) problems.push(`drawing read aloud: ${what(drawing)}`);
  const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
  for (const id of ids) if (ids.indexOf(id) !== ids.lastIndexOf(id)) problems.push(`id twice: ${id}`);
  for (const element of document.querySelectorAll("[aria-controls], [aria-describedby]"))
    for (const name of ["aria-controls", "aria-describedby"])
      if (element.hasAttribute(name) && !document.getElementById(element.getAttribute(name))) problems.push(`${name} leads nowhere: ${what(element)}`);
  if (!document.documentElement.lang) problems.push("no language");
  if (document.querySelectorAll("h1").length !== 1) problems.push("not exactly one h1");

  // Text stands out from its ground by 4.5:1. Spent buttons are exempt (WCAG 1.4.3).
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !shown(element) || element.closest(".unseen, .skip, noscript, :disabled, svg")) continue;
    const ground = groundOf(element);
    const ratio = contrast(blend(parse(getComputedStyle(element).color), ground), ground);
    if (ratio < 4.5) problems.push(`contrast ${ratio.toFixed(2)}: ${what(element)}`);
  }
  return problems;

  function textOf(element) {
    return [...element.childNodes].map((node) => node.nodeType === 3 ? node.data : node.ariaHidden === "true" ? "" : node.getAttribute?.("alt") ?? textOf(node)).join(" ");
  }
  function parse(colour) {
    const [red, green, blue, alpha = 1] = colour.match(/[\d.]+/g).map(Number);
    return { red, green, blue, alpha };
  }
  function blend(top, under) {
    const mix = (name) => top[name] * top.alpha + under[name] * (1 - top.alpha);
    return { red: mix("red"), green: mix("green"), blue: mix("blue"), alpha: 1 };
  }
  function groundOf(element) {
    const layers = [];
    for (let at = element; at; at = at.parentElement) layers.push(parse(getComputedStyle(at).backgroundColor));
    return layers.reverse().reduce((under, top) => blend(top, under), { red: 255, green: 255, blue: 255, alpha: 1 });
  }
  function contrast(one, other) {
    const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
  }
  function luminance({ red, green, blue }) {
    const [r, g, b] = [red, green, blue].map((value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  }
}
