// Date and time by touch. It writes words into the input, so the customer sees what is said and may change it.

import { inputValue } from "./clock.js";
import { byId, h } from "./dom.js";
import { say } from "./script.js";

export class TimePanel {
  #box = byId("time-panel");
  #onText;

  /** onText(text): the moment in words. */
  constructor(onText) {
    this.#onText = onText;
    this.#box.addEventListener("keydown", (event) => event.key === "Escape" && (event.stopPropagation(), this.close()));
  }

  open() {
    const now = inputValue(new Date());
    const field = h("input", { type: "datetime-local", id: "time-field", max: now, value: now });
    const late = h("p", { class: "bad", role: "alert" });
    const use = () => {
      if (!field.value) return field.focus();
      if (field.value > inputValue(new Date())) return (late.textContent = say("time_future"));
      const [, year, month, day, hour, minute] = /(\d+)-(\d+)-(\d+)T(\d+):(\d+)/.exec(field.value);
      this.close();
      return this.#onText(say("said_time", { year, month: +month, day: +day, hour, minute }));
    };
    field.addEventListener("keydown", (event) => event.key === "Enter" && (event.preventDefault(), use()));
    this.#box.replaceChildren(
      h("label", { htmlFor: "time-field" }, say("time_label")),
      field,
      h("div", { class: "actions" }, button("panel_close", "quiet", () => this.close()), button("time_use", "primary", use)),
      late,
    );
    this.#box.hidden = false;
    field.focus();
  }

  close() {
    this.#box.hidden = true;
    this.#box.replaceChildren();
  }

  get isOpen() {
    return !this.#box.hidden;
  }
}

function button(name, className, onclick) {
  return h("button", { type: "button", class: className, onclick }, say(name));
}
