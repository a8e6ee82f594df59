// Text with what can be touched: web addresses, and the emergency numbers where a message tells people to dial them.

import { h } from "./dom.js";

const ADDRESS = /https?:\/\/[^\s<>"'，。；：、！？（）【】《》]+/;
const EMERGENCY = /(?<!\d)(?:120|119|122|110)(?!\d)/;
const DIAL = /[拨撥]打/;

/** Nodes for a text; nothing in it is ever read as HTML. */
export function richText(text) {
  const pattern = new RegExp(DIAL.test(text) ? `${ADDRESS.source}|${EMERGENCY.source}` : ADDRESS.source, "g");
  const nodes = [];
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    nodes.push(text.slice(end, match.index), anchor(match[0]));
    end = match.index + match[0].length;
  }
  nodes.push(text.slice(end));
  return nodes.filter(Boolean);
}

function anchor(text) {
  if (/^\d/.test(text)) return h("a", { href: `tel:${text}` }, text);
  return h("a", { href: text, target: "_blank", rel: "noopener noreferrer" }, text);
}
