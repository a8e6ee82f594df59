// Sends what the customer says, in order, until the server has confirmed it. A resend carries the same client_id, so
// the server counts it once however often it comes.

import { NoAnswer, Refusal, openSession, sayIt, upload } from "./api.js";
import { keepToken, keepUnsent, token, unsent } from "./session.js";

const RENEWALS = 2;

/** Events: "waiting" (an answer is under way), "stored", "gone" (the token is unknown: call `renew`). */
export class Sender extends EventTarget {
  #store;
  #connection;
  #busy = false;

  constructor(store, connection) {
    super();
    this.#store = store;
    this.#connection = connection;
    const left = unsent();
    for (const { text, at, ...more } of left) store.say(text, { ...more, at: new Date(at) });
    store.addEventListener("change", () => this.#remember());
  }

  text(text) {
    this.#store.say(text, { body: { text } });
    return this.flush();
  }

  /** A button of a message, or a starter of the page's own (no payload: its title is said). */
  button({ title, payload }) {
    this.#store.say(title, { body: payload ? { payload } : { text: title } });
    return this.flush();
  }

  files(files) {
    for (const file of files) this.#store.say("", { file, percent: 0, abort: new AbortController() });
    return this.flush();
  }

  retry(entry) {
    this.#store.update(entry, { state: "sending", problem: null });
    return this.flush();
  }

  /** Send again what failed for a passing reason. */
  resume() {
    for (const entry of this.#store.unconfirmed())
      if (entry.state === "failed" && entry.passing) this.#store.update(entry, { state: "sending", problem: null });
    return this.flush();
  }

  /** A new conversation follows. What belonged to the old one means nothing there: words stay, files go up again. */
  renew() {
    for (const entry of this.#store.unconfirmed())
      this.#store.update(entry, { body: entry.file ? null : entry.text ? { text: entry.text } : entry.body, id: null, guess: null });
  }

  /** Send what waits, oldest first, one at a time. */
  async flush() {
    if (this.#busy) return;
    this.#busy = true;
    try {
      for (let entry; (entry = this.#store.unconfirmed().find(({ state }) => state === "sending")); )
        await this.#deliver(entry).catch((error) => this.#failed(entry, error));
    } finally {
      this.#busy = false;
    }
  }

  async #deliver(entry) {
    if (!token()) {
      keepToken((await openSession()).token);
      this.#connection.start();
    }
    entry.using = token();
    if (entry.file && !entry.body) await this.#upload(entry);
    const stored = (await this.#connection.send(entry.clientId, entry.body)) ?? (await this.#post(entry));
    this.#store.confirm(entry, stored);
    this.#tell("stored", entry);
  }

  async #post(entry) {
    this.#tell("waiting");
    const { received, messages } = await sayIt(token(), { ...entry.body, client_id: entry.clientId });
    this.#store.merge(messages);
    return received;
  }

  async #upload(entry) {
    this.#store.update(entry, { percent: 0 });
    const progress = (percent) => this.#store.update(entry, { percent: Math.round(percent) });
    const kept = await upload(token(), entry.file, progress, entry.abort?.signal);
    this.#store.update(entry, { body: { attachment_id: kept.id }, attachment: kept, percent: null });
  }

  #failed(entry, error) {
    if (error.name === "AbortError") return this.#store.remove(entry);
    if (error instanceof Refusal && error.status === 401 && (entry.renewals ?? 0) < RENEWALS) {
      entry.renewals = (entry.renewals ?? 0) + 1;
      return this.#tell("gone", entry.using);
    }
    const passing = error instanceof NoAnswer;
    const problem = { code: error.code ?? "other", detail: error.detail, seconds: error.seconds };
    const failed = { state: "failed", problem, passing, percent: null };
    this.#store.update(entry, failed);
    // The rest would fail alike, and must not overtake this one.
    if (passing) for (const later of this.#store.unconfirmed()) if (later.state === "sending") this.#store.update(later, failed);
    return undefined;
  }

  #remember() {
    const left = this.#store.unconfirmed().filter((entry) => entry.body && (entry.state === "sending" || entry.passing));
    keepUnsent(left.map(({ clientId, text, body, attachment, anchor, at }) => ({ clientId, text, body, attachment, anchor, at })));
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
