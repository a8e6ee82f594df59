// Small helpers for building the page.

import { ICONS } from "./icons.js";
import { onScript, say } from "./script.js";

const SVG = "http://www.w3.org/2000/svg";

/** An element. Properties by name; `class`, `data-…`, `aria-…`, `role` as attributes; on… as listeners; null is left out. */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name in element && !name.includes("-")) element[name] = value;
    else element.setAttribute(name, value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

/** A drawing of icons.js, hidden from screen readers. */
export function icon(name, className = "icon") {
  const { box = 24, shapes } = ICONS[name];
  const svg = document.createElementNS(SVG, "svg");
  for (const [key, value] of Object.entries({ viewBox: `0 0 ${box} ${box}`, class: className, "aria-hidden": "true", focusable: "false" }))
    svg.setAttribute(key, value);
  for (const { tag = "path", ...attributes } of shapes) {
    const shape = document.createElementNS(SVG, tag);
    for (const [key, value] of Object.entries(attributes)) shape.setAttribute(key, value);
    svg.append(shape);
  }
  return svg;
}

/** Give an element its words, now and whenever the script changes. names: {textContent|"aria-label"|…: name or function}. */
export function worded(element, names) {
  onScript(() => {
    for (const [where, name] of Object.entries(names)) {
      const words = typeof name === "function" ? name() : say(name);
      if (where.includes("-")) element.setAttribute(where, words);
      else element[where] = words;
    }
  });
  return element;
}

export const byId = (id) => document.getElementById(id);
