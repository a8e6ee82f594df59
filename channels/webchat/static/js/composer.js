// The input bar: grows with the text, sends with Enter, and leaves the Enter of an input method alone.

import { byId, worded } from "./dom.js";
import { say } from "./script.js";

const TALLEST = 132;
const KEYBOARDS = {
  contact_phone: { inputMode: "tel", autocomplete: "tel-national" },
  code: { inputMode: "numeric", autocomplete: "one-time-code" },
  loss_estimate: { inputMode: "decimal", autocomplete: "off" },
};

export class Composer {
  #input = byId("input");
  #send = byId("send");
  #more = byId("more");
  #awaiting = null;
  #composing = false;
  #plainKeyboard = false;

  /** onText(text): the customer sends this. */
  constructor(onText) {
    this.onText = onText;
    worded(this.#send, { textContent: "send" });
    worded(byId("keys"), { textContent: "hint_keys" });
    worded(this.#input, { "aria-label": "input", placeholder: () => this.#placeholder() });
    this.#input.addEventListener("input", () => this.#fit());
    this.#input.addEventListener("compositionstart", () => (this.#composing = true));
    this.#input.addEventListener("compositionend", () => (this.#composing = false));
    this.#input.addEventListener("keydown", (event) => this.#key(event));
    byId("composer").addEventListener("submit", (event) => (event.preventDefault(), this.#submit()));
    // A tap on "send" must not close the keyboard of a phone.
    this.#send.addEventListener("pointerdown", (event) => event.preventDefault());
    this.#fit();
  }

  /** Put words in, ready to be sent or changed. */
  write(text) {
    this.#input.value = text;
    this.#fit();
    this.focus();
    this.#input.setSelectionRange(text.length, text.length);
  }

  /** Where a phone would open its keyboard, focus is left to the customer's finger unless `always`. */
  focus({ always = true } = {}) {
    if (always || matchMedia("(hover: hover)").matches) this.#input.focus({ preventScroll: true });
  }

  /** What the bot asks for decides placeholder, keyboard and automatic filling. */
  set awaiting(value) {
    if (value !== this.#awaiting) this.#plainKeyboard = false;
    this.#awaiting = value;
    this.#input.placeholder = this.#placeholder();
    this.#setKeyboard();
  }

  /** Whether what is awaited brings a keyboard of digits, with which nothing else could be asked. */
  get hasDigits() {
    return this.#awaiting in KEYBOARDS;
  }

  get isPlain() {
    return this.#plainKeyboard;
  }

  /** Digits or the usual keyboard. */
  toggleKeyboard() {
    this.#plainKeyboard = !this.#plainKeyboard;
    this.#setKeyboard();
    this.#input.blur();
    this.#input.focus();
  }

  #setKeyboard() {
    const wanted = (!this.#plainKeyboard && KEYBOARDS[this.#awaiting]) || { inputMode: "text", autocomplete: "off" };
    Object.assign(this.#input, wanted);
    this.#input.name = wanted.autocomplete === "off" ? "" : this.#awaiting;
  }

  #placeholder() {
    return say("awaiting")[this.#awaiting] ?? say("placeholder");
  }

  #key(event) {
    // 229 is what browsers report while an input method holds the key; Safari ends the composition before this event.
    if (this.#composing || event.isComposing || event.keyCode === 229) return;
    if (event.key !== "Enter" || event.shiftKey || event.altKey) return;
    event.preventDefault();
    this.#submit();
  }

  #submit() {
    const text = this.#input.value.trim();
    if (!text) return;
    this.#input.value = "";
    this.#fit();
    this.onText(text);
  }

  #fit() {
    const { style } = this.#input;
    style.height = "auto";
    style.height = `${Math.min(TALLEST, this.#input.scrollHeight)}px`;
    style.overflowY = this.#input.scrollHeight > TALLEST ? "auto" : "hidden";
    this.#send.hidden = !this.#input.value.trim();
    this.#more.classList.toggle("beside-send", !this.#send.hidden);
  }
}

