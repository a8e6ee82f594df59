// Above the input: what fits the question just asked — a date and time, five stars, the camera, another keyboard.

import { byId, h, icon } from "./dom.js";
import { onScript, say } from "./script.js";

const NAMES = ["incident_time", "material", "rating"];

export class Helpers {
  #box = byId("helpers");
  #shown = null;
  #awaiting = null;
  #acts;
  #composer;

  /** acts: {time(), material(), rate(text)}. */
  constructor(composer, acts) {
    this.#composer = composer;
    this.#acts = acts;
    onScript(() => this.#render());
  }

  set awaiting(value) {
    this.#awaiting = value;
    const coarse = matchMedia("(pointer: coarse)").matches;
    const wanted = NAMES.includes(value) ? value : this.#composer.hasDigits && coarse ? "keyboard" : null;
    if (wanted === this.#shown && wanted !== "keyboard") return;
    this.#shown = wanted;
    this.#render();
  }

  #render() {
    const build = { incident_time: () => this.#time(), material: () => this.#material(), rating: () => this.#rating(), keyboard: () => this.#keyboard() };
    this.#box.replaceChildren(...(this.#shown ? [build[this.#shown]()].flat() : []));
    this.#box.hidden = !this.#shown;
    this.#box.setAttribute("aria-label", this.#shown === "rating" ? say("rating_title") : say("replies"));
    this.#box.dataset.kind = this.#shown ?? "";
  }

  #time() {
    return this.#chip("clock", say("pick_time"), () => this.#acts.time());
  }

  #material() {
    return this.#chip("camera", say("add_material"), () => this.#acts.material());
  }

  #keyboard() {
    const words = say(this.#composer.isPlain ? "number_keyboard" : "text_keyboard");
    return this.#chip("keyboard", words, () => (this.#composer.toggleKeyboard(), this.#render()));
  }

  #rating() {
    return say("stars").map((words, index) => {
      const count = index + 1;
      const name = `${say("star", { count })}，${words}`;
      const press = () => this.#acts.rate(say("rating_says", { count }));
      return h("button", { type: "button", class: "star", "aria-label": name, title: words, onclick: press }, icon("star"));
    });
  }

  #chip(drawing, words, onclick) {
    return h("button", { type: "button", class: "helper", onclick }, icon(drawing), h("span", {}, words));
  }
}
