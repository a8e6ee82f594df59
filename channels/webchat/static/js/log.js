// The conversation on the page: rows in order, time stamps, and a view that stays at the newest message unless the
// customer is reading further up.

import { isPause } from "./clock.js";
import { byId, worded } from "./dom.js";
import { Row } from "./row.js";
import { onScript, say, script } from "./script.js";

const NEAR = 120;

export class Log {
  #store;
  #acts;
  #rows = new Map();
  #scroller = byId("scroller");
  #list = byId("log");
  #jump = byId("jump");
  #following = true;
  #newest = 0;
  #top = 0;

  constructor(store, acts) {
    this.#store = store;
    this.#acts = acts;
    worded(this.#list, { "aria-label": "log" });
    onScript(() => this.render());
    store.addEventListener("change", () => this.#soon());
    this.#scroller.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    this.#jump.addEventListener("click", () => this.follow());
    new ResizeObserver(() => this.#following && this.#toEnd()).observe(this.#list);
    new ResizeObserver(() => this.#following && this.#toEnd()).observe(this.#scroller);
  }

  /** Nothing is read out while a whole history appears. */
  set busy(value) {
    this.#list.setAttribute("aria-busy", value);
    this.#list.setAttribute("aria-live", value ? "off" : "polite");
  }

  /** Go to the newest message and stay there. */
  follow() {
    this.#following = true;
    this.#toEnd();
  }

  #soon() {
    this.pending ??= Promise.resolve().then(() => ((this.pending = null), this.render()));
  }

  render() {
    const entries = this.#store.list();
    const keys = new Set(entries.map((entry) => entry.key));
    for (const [key, row] of this.#rows) if (!keys.has(key)) (row.element.remove(), this.#rows.delete(key));
    const own = entries.findLast((entry) => entry.from === "customer");
    let before = null;
    let next = this.#list.querySelector(".row:not(.welcome)");
    for (const entry of entries) {
      const row = this.#row(entry);
      if (row.element !== next) this.#list.insertBefore(row.element, next);
      next = row.element.nextElementSibling;
      row.update({
        isPause: entry.from !== "system" && isPause(before, entry.at),
        isCurrent: Boolean(entry.buttons?.length) && this.#store.isCurrent(entry),
        isLast: entry === own,
        script: script(),
      });
      if (entry.from !== "system") before = entry.at;
    }
    this.#showNews(entries.at(-1));
  }

  #row(entry) {
    if (!this.#rows.has(entry.key)) this.#rows.set(entry.key, new Row(entry, this.#acts));
    return this.#rows.get(entry.key);
  }

  #showNews(last) {
    const isNew = last && last.key > this.#newest;
    this.#newest = Math.max(this.#newest, last?.key ?? 0);
    if (isNew && last.from === "customer") this.#following = true;
    if (this.#following) this.#toEnd();
    else if (isNew) this.#jump.dataset.news = "true";
    this.#showJump();
  }

  // Only moving up is leaving: pictures that load and panels that open change the distance to the end as well.
  #scrolled() {
    const { scrollHeight, scrollTop, clientHeight } = this.#scroller;
    const movedUp = scrollTop < this.#top;
    this.#top = scrollTop;
    this.#following = scrollHeight - scrollTop - clientHeight < NEAR || (this.#following && !movedUp);
    if (this.#following) delete this.#jump.dataset.news;
    this.#showJump();
  }

  #showJump() {
    this.#jump.hidden = this.#following;
    const words = say(this.#jump.dataset.news ? "newest" : "to_bottom");
    this.#jump.querySelector(".words").textContent = words;
  }

  #toEnd() {
    this.#scroller.scrollTop = this.#scroller.scrollHeight;
  }
}
