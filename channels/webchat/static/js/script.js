// Simplified or Traditional: which of the two the page speaks, and its sentences in it.

import { WORDING } from "../wording.js";

const LANGUAGES = { hans: "zh-Hans", hant: "zh-Hant" };
const listeners = new Set();
let current = /^zh-(hant|tw|hk|mo)/i.test(navigator.language) ? "hant" : "hans";

/** The script now spoken: "hans" or "hant". */
export const script = () => current;

/** A sentence by its name ("send", "problems.network"), values filled in. Lists come as they are. */
export function say(name, values = {}) {
  const found = name.split(".").reduce((part, key) => part?.[key], WORDING[current]);
  return typeof found === "string" ? fill(found, values) : found;
}

/** Speak another script from now on; everything told by `onScript` is called again. */
export function setScript(next) {
  if (!(next in WORDING) || next === current) return;
  current = next;
  announce();
}

/** Call `listener` now and at every change of the script. */
export function onScript(listener) {
  listeners.add(listener);
  listener();
}

/** Language of the document. */
export function announce() {
  document.documentElement.lang = LANGUAGES[current];
  document.title = say("title");
  listeners.forEach((listener) => listener());
}

function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole);
}
