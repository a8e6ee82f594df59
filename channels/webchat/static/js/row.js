// One message on the page: built once, then kept in step with its entry.

import { buildAttachment } from "./attachment.js";
import { h, icon } from "./dom.js";
import { richText } from "./rich_text.js";
import { say } from "./script.js";
import { stamp } from "./clock.js";

const WHO = { bot: "who_bot", agent: "who_agent", customer: "who_customer", system: "who_system" };

/** acts: {press(entry, button), retry(entry), edit(entry)}. */
export class Row {
  #entry;
  #acts;
  #stamp = h("time", { class: "stamp", hidden: true });
  #who = h("span", { class: "unseen" });
  #bubble;
  #state = h("div", { class: "state", "aria-live": "off" });
  #chips = null;
  #progress = null;
  #shown = "";

  constructor(entry, acts) {
    this.#entry = entry;
    this.#acts = acts;
    this.#bubble = this.#buildBubble();
    const aside = entry.from === "system";
    const face = aside ? null : h("div", { class: `avatar ${entry.from}` }, icon(entry.from, "face"));
    // An agent may say something with a file.
    const words = entry.from === "agent" && entry.attachment && entry.text ? [h("div", { class: "bubble" }, ...richText(entry.text))] : [];
    const column = h("div", { class: "column" }, this.#who, ...words, this.#bubble, this.#state);
    if (entry.buttons?.length) column.append((this.#chips = this.#buildChips()));
    this.element = h("div", { class: `row ${entry.from}` }, this.#stamp, h("div", { class: "line" }, face, column));
  }

  /** Show what has changed. isPause: a time stamp stands before; isCurrent: buttons count; isLast: of the customer's own. */
  update({ isPause, isCurrent, isLast, script }) {
    const { state, problem, percent, at, from } = this.#entry;
    const shown = JSON.stringify([isPause, isCurrent, isLast, script, state, problem, percent, +at, new Date().toDateString()]);
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#stamp.hidden = !isPause;
    this.#stamp.dateTime = at.toISOString();
    this.#stamp.textContent = stamp(at);
    this.#who.textContent = say("said", { who: say(WHO[from]) });
    this.#bubble.title = from === "system" ? "" : at.toLocaleString(document.documentElement.lang, { timeZone: "Asia/Shanghai" });
    if (this.#entry.notice) this.#bubble.textContent = say(this.#entry.notice);
    if (from === "customer") this.#showState(isLast);
    for (const chip of this.#chips?.children ?? []) chip.disabled = !isCurrent;
    this.#chips?.setAttribute("aria-label", say("replies"));
  }

  #buildBubble() {
    const { text, notice, attachment, file } = this.#entry;
    if (attachment || file) return buildAttachment(this.#entry);
    return h("div", { class: "bubble" }, ...(notice ? [say(notice)] : richText(text)));
  }

  #buildChips() {
    const chip = (button) =>
      h("button", { type: "button", class: "chip", onclick: () => this.#acts.press(this.#entry, button) }, button.title);
    return h("div", { class: "chips", role: "group" }, this.#entry.buttons.map(chip));
  }

  #showState(isLast) {
    const { state, problem, percent } = this.#entry;
    this.element.dataset.state = state;
    if (state === "sending" && percent !== null && percent !== undefined) return this.#showProgress(percent);
    const parts = [];
    if (state === "sending") parts.push(h("span", { class: "spinner" }), h("span", { class: "unseen" }, say("sending")));
    if (state === "failed")
      parts.push(icon("alert", "icon bad"), h("span", { class: "bad" }, say("failed")), h("span", { class: "reason" }, reason(problem)), this.#again());
    if (state === "sent" && isLast) parts.push(h("span", { class: "done" }, say("sent")));
    this.#state.replaceChildren(...parts.filter(Boolean));
    this.#progress = null;
    return undefined;
  }

  // Changed in place: a finger that is on "cancel" must still find it there when it is lifted.
  #showProgress(percent) {
    const words = say("uploading", { percent });
    if (!this.#progress) {
      this.#progress = { words: h("span"), bar: h("progress", { max: 100 }) };
      this.#state.replaceChildren(this.#progress.words, this.#progress.bar, link("cancel_upload", () => this.#entry.abort?.abort()));
    }
    this.#progress.words.textContent = words;
    Object.assign(this.#progress.bar, { value: percent, ariaLabel: words });
  }

  // What a refused message may become: sent again, or written anew.
  #again() {
    const { passing, problem, text, body } = this.#entry;
    const refused = !passing && !problem?.seconds && problem?.code !== "other";
    if (refused && body?.text) return link("edit_again", () => this.#acts.edit(this.#entry, text));
    if (refused && /^(attachment|unknown)/.test(problem.code)) return null;
    return link("retry", () => this.#acts.retry(this.#entry));
  }
}

/** Why it failed, in one sentence: the page's own words, else the server's. */
export function reason(problem) {
  const own = problem && say(`problems.${problem.code}`, { seconds: problem.seconds ?? "" });
  return own ?? (problem?.detail || say("problems.other"));
}

function link(name, act) {
  return h("button", { type: "button", class: "link", onclick: act }, say(name));
}
