/* Lipei web chat for any page. One line of HTML is enough:

     <script src="https://claims.example.com/widget.js" defer></script>

   Attributes of that script tag, all optional:
     data-server    address of the gateway; default: where this script came from
     data-color     ground of the round button, any CSS colour; default #07803f
     data-ink       its drawing, any CSS colour; default #ffffff
     data-position  "right" (default) or "left": the lower corner in which the button stands
     data-label     name of the button for screen readers and as a hint; default 理赔助手
     data-open      "true": open at once

   The page itself opens in a frame from the gateway: it shares no storage and no style with the page around it. The
   gateway must know that page's site: LIPEI_WEBCHAT_ALLOWED_ORIGINS='["https://www.example.com"]'.
   From the page's own scripts: window.lipei.open(), .close(), .toggle(). */

(() => {
  "use strict";
  const script = document.currentScript;
  if (!script || window.lipei) return;

  const { server, color = "#07803f", ink = "#ffffff", position = "right", label = "理赔助手", open: atOnce } = script.dataset;
  const home = new URL(server ? `${server.replace(/\/+$/, "")}/` : "./", server ? document.baseURI : script.src);
  const side = position === "left" ? "left" : "right";

  const STYLE = `
    :host { all: initial; }
    [hidden] { display: none !important; }
    .button {
      position: fixed; ${side}: max(20px, env(safe-area-inset-${side})); bottom: max(20px, env(safe-area-inset-bottom));
      z-index: 2147483000; width: 60px; height: 60px; padding: 0; border: 0; border-radius: 50%; cursor: pointer;
      background: var(--color); color: var(--ink); box-shadow: 0 6px 22px rgb(0 0 0 / 28%); transition: transform 0.15s;
    }
    .button:hover { transform: scale(1.05); }
    .button:focus-visible { outline: 3px solid #1a66d6; outline-offset: 3px; }
    .button svg { width: 32px; height: 32px; display: block; margin: auto; }
    .count {
      position: absolute; top: -3px; right: -3px; min-width: 22px; height: 22px; padding: 0 6px; border-radius: 11px;
      background: #c3252d; color: #fff; font: 600 13px/22px system-ui, sans-serif; text-align: center; box-sizing: border-box;
    }
    .frame {
      position: fixed; ${side}: 20px; bottom: 92px; z-index: 2147483001;
      width: 390px; height: min(680px, calc(100dvh - 112px)); border-radius: 14px; overflow: hidden;
      box-shadow: 0 12px 48px rgb(0 0 0 / 30%); background: #ededed;
    }
    .frame iframe { width: 100%; height: 100%; border: 0; display: block; }
    @media (max-width: 520px), (max-height: 480px) {
      .frame { inset: 0; width: 100vw; height: 100dvh; border-radius: 0; }
    }
    @media (prefers-reduced-motion: reduce) { .button { transition: none; } }`;

  const host = document.createElement("lipei-chat");
  const root = host.attachShadow({ mode: "open" });
  // A constructed sheet and properties set by script: allowed even where the page's policy forbids inline styles.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  root.adoptedStyleSheets = [sheet];
  host.style.setProperty("--color", color);
  host.style.setProperty("--ink", ink);

  const button = element("button", { type: "button", class: "button", "aria-label": label, title: label, "aria-expanded": "false", "aria-controls": "chat" });
  const svg = element("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" }, "http://www.w3.org/2000/svg");
  for (const [d, fill, stroke] of [
    ["M12 3.500c5 0 9 3.3 9 7.500s-4 7.5-9 7.500c-1 0-2-.1-2.9-.4L5 20l1-3.200C4.1 15.4 3 13.3 3 11c0-4.2 4-7.5 9-7.500z", "currentColor", "none"],
    ["m8.8 11 2.3 2.3 4.2-4.5", "none", "var(--color)"],
  ])
    svg.append(element("path", { d, fill, stroke, "stroke-width": "1.9", "stroke-linecap": "round", "stroke-linejoin": "round" }, svg.namespaceURI));
  const count = element("span", { class: "count", hidden: "" });
  button.append(svg, count);
  const box = element("div", { class: "frame", id: "chat", role: "dialog", "aria-label": label, hidden: "" });
  root.append(box, button);
  let frame = null;

  function open() {
    if (!frame) {
      frame = element("iframe", { src: new URL("?embed=1", home).href, title: label, allow: "clipboard-write" });
      frame.addEventListener("load", tellOpened);
      box.append(frame);
    }
    box.hidden = false;
    button.setAttribute("aria-expanded", "true");
    frame.focus();
    tellOpened();
  }

  function close() {
    if (box.hidden) return;
    box.hidden = true;
    button.setAttribute("aria-expanded", "false");
    button.focus();
  }

  const toggle = () => (box.hidden ? open() : close());
  const tellOpened = () => box.hidden || frame.contentWindow?.postMessage({ lipei: "opened" }, home.origin);

  button.addEventListener("click", toggle);
  addEventListener("message", (event) => {
    if (!frame || event.source !== frame.contentWindow || event.origin !== home.origin) return;
    const { lipei, value } = event.data ?? {};
    if (lipei === "close") close();
    if (lipei === "ready") tellOpened();
    if (lipei === "unread" && Number.isInteger(value)) {
      count.textContent = value > 99 ? "99+" : String(value);
      count.hidden = value === 0 || !box.hidden;
    }
  });

  function element(tag, attributes, space = "http://www.w3.org/1999/xhtml") {
    const made = document.createElementNS(space, tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    return made;
  }

  window.lipei = Object.freeze({ open, close, toggle });
  document.body.append(host);
  if (atOnce === "true") open();
})();
