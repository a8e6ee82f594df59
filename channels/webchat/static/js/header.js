// The top of the page: who answers, whether somebody types, whether the connection stands.

import { byId, h, icon, worded } from "./dom.js";
import { onScript, say } from "./script.js";

const TYPING_SECONDS = 20;

export class Header {
  #mode = "bot";
  #typing = false;
  #connection = "new";
  #timer = null;
  #line = byId("mode");
  #banner = byId("banner");
  #dots = byId("typing");
  onTyping = () => {};

  constructor() {
    worded(byId("title"), { textContent: "title" });
    worded(byId("skip"), { textContent: "skip" });
    this.#dots.append(
      h("div", { class: "line" }, h("div", { class: "avatar bot" }, icon("bot", "face")),
        h("div", { class: "column" }, h("div", { class: "bubble dots" }, h("i"), h("i"), h("i")))),
    );
    addEventListener("offline", () => this.#show());
    addEventListener("online", () => this.#show());
    onScript(() => this.#show());
  }

  set mode(value) {
    this.#mode = value;
    this.#show();
  }

  /** "new", "up", "lost" (a moment ago), "down". */
  set connection(value) {
    this.#connection = value;
    this.#show();
  }

  /** Somebody types; ends by itself when nothing comes. */
  set typing(value) {
    if (!value && !this.#typing) return;
    clearTimeout(this.#timer);
    this.#typing = value;
    if (value) this.#timer = setTimeout(() => (this.typing = false), TYPING_SECONDS * 1000);
    this.#show();
    this.onTyping();
  }

  #show() {
    const down = this.#connection === "down" || !navigator.onLine;
    this.#banner.hidden = !down;
    this.#banner.textContent = down ? say(navigator.onLine ? "unreachable" : "offline") : "";
    this.#line.textContent = down || this.#connection === "lost" ? say("reconnecting") : this.#typing ? say("typing") : say(`mode_${this.#mode}`);
    this.#line.dataset.state = down || this.#connection === "lost" ? "down" : this.#typing ? "typing" : this.#mode;
    this.#dots.hidden = !this.#typing || down;
  }
}
