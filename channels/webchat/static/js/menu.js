// The menu of the header: a person, and leaving the conversation on a device that others use too.

import { byId, h, icon, worded } from "./dom.js";
import { say } from "./script.js";

export class Menu {
  #button = byId("menu");
  #items = byId("menu-items");

  /** acts: {human(), leave()}. */
  constructor(acts) {
    this.#button.append(icon("dots"));
    worded(this.#button, { "aria-label": "menu" });
    this.#items.append(
      this.#item("headset", "menu_human", acts.human),
      this.#item("leave", "menu_leave", () => confirmLeaving(acts.leave, this.#button)),
    );
    this.#button.addEventListener("click", () => this.#toggle(this.#items.hidden));
    this.#items.addEventListener("keydown", (event) => this.#key(event));
    document.addEventListener("click", (event) => event.target.closest(".tools") || this.#toggle(false));
  }

  #item(drawing, name, act) {
    const words = worded(h("span", {}), { textContent: name });
    return h("button", { type: "button", onclick: () => (this.#toggle(false), act()) }, icon(drawing), words);
  }

  #toggle(open) {
    this.#items.hidden = !open;
    this.#button.setAttribute("aria-expanded", open);
    if (open) this.#items.querySelector("button").focus();
  }

  #key(event) {
    const buttons = [...this.#items.children];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) buttons.at((buttons.indexOf(document.activeElement) + step) % buttons.length).focus();
    if (event.key === "Escape") (event.stopPropagation(), this.#toggle(false), this.#button.focus());
  }
}

function confirmLeaving(leave, from) {
  const dialog = h("dialog", { class: "ask", "aria-labelledby": "ask-title" });
  const button = (name, className, act) => h("button", { type: "button", class: className, onclick: () => (dialog.close(), act()) }, say(name));
  dialog.append(
    h("h2", { id: "ask-title" }, say("leave_title")),
    h("p", {}, say("leave_text")),
    h("div", { class: "actions" }, button("leave_no", "quiet", () => {}), button("leave_yes", "primary", leave)),
  );
  dialog.addEventListener("close", () => (dialog.remove(), from.focus()));
  document.body.append(dialog);
  dialog.showModal();
}
