// The conversation as this page knows it. Messages are merged by their id; the customer's own ones, until the server
// has confirmed them, by the client_id that was made up for them. The same message may come any number of times.
//
// An entry: {key, id|null, clientId, from, text, buttons, awaiting, at: Date, attachment, notice,
//            state: "sent"|"sending"|"failed", problem, passing, anchor, percent, file}
// anchor: the newest id known when it was said; until it has an id of its own it stands right after that one.

let counter = 0;

export class Store extends EventTarget {
  #entries = new Map();
  #byId = new Map();

  /** Everything up to this id came from the history, with no gap. */
  cursor = 0;

  /** All entries, oldest first. */
  list() {
    return [...this.#entries.values()].sort((a, b) => place(a) - place(b) || a.key - b.key);
  }

  get empty() {
    return this.#entries.size === 0;
  }

  find(clientId) {
    return this.list().find((entry) => entry.clientId === clientId);
  }

  /** Messages of the server, in any order and as often as it likes. */
  merge(messages, { complete = false } = {}) {
    for (const message of messages) {
      if (complete) this.cursor = Math.max(this.cursor, message.id);
      if (message.id !== null && !this.#byId.has(message.id)) this.#take(message);
    }
    if (messages.length) this.#changed();
  }

  /** Something the customer says now. `more`: file, attachment, body. */
  say(text, more = {}) {
    const entry = {
      key: ++counter, id: null, clientId: crypto.randomUUID?.() ?? `c${Date.now()}.${Math.random()}`, from: "customer",
      text, buttons: [], awaiting: null, at: new Date(), state: "sending", anchor: this.newest, ...more,
    };
    this.#entries.set(entry.key, entry);
    this.#changed();
    return entry;
  }

  /** A line of the page's own, shown in the middle: by its name in the wording. */
  note(notice) {
    const entry = { key: ++counter, id: null, from: "system", text: "", notice, buttons: [], at: new Date(), state: "sent" };
    entry.anchor = this.newest;
    this.#entries.set(entry.key, entry);
    this.#changed();
  }

  /** The server has stored this one of ours as `message`. */
  confirm(entry, message) {
    if (!this.#entries.has(entry.key)) return;
    const other = entry.guess;
    if (entry.id !== null && entry.id !== message.id) this.#byId.delete(entry.id);
    if (this.#byId.has(message.id) && this.#byId.get(message.id) !== entry) this.#drop(this.#byId.get(message.id));
    this.#adopt(entry, message);
    Object.assign(entry, { state: "sent", problem: null, guess: null, file: null });
    // What was taken for ours was said elsewhere in the same words: it is a message of its own.
    if (other && other.id !== message.id) this.#take(other);
    this.#changed();
  }

  update(entry, values) {
    Object.assign(entry, values);
    this.#changed();
  }

  remove(entry) {
    this.#drop(entry);
    this.#changed();
  }

  clear(except = () => false) {
    for (const entry of this.list()) if (!except(entry)) this.#drop(entry);
    this.cursor = 0;
    for (const entry of this.#entries.values()) entry.anchor = 0;
    this.#changed();
  }

  /** The highest id known. */
  get newest() {
    return Math.max(this.cursor, ...this.#byId.keys());
  }

  /** What is not known to have arrived, oldest first. */
  unconfirmed() {
    return this.list().filter((entry) => entry.clientId && entry.state !== "sent");
  }

  /** Buttons count until the customer says something. */
  isCurrent(entry) {
    const all = this.list();
    return !all.slice(all.indexOf(entry) + 1).some((later) => later.from === "customer");
  }

  /** What the bot asks for now, or null. */
  get awaiting() {
    const last = this.list().findLast((entry) => entry.from !== "system");
    return last && last.from !== "customer" ? last.awaiting : null;
  }

  #take(message) {
    const ours = message.from === "customer" && this.#sameWords(message);
    if (ours) {
      // Shown once: it arrived, its confirmation did not. Sending goes on, and `confirm` says which one it really was.
      this.#adopt(ours, message);
      ours.guess = message;
      return;
    }
    const entry = { key: ++counter, state: "sent" };
    this.#entries.set(entry.key, entry);
    this.#adopt(entry, message);
  }

  #sameWords(message) {
    return this.unconfirmed().find(
      (entry) =>
        entry.id === null && message.id > entry.anchor && (entry.text || "") === message.text &&
        (entry.body?.attachment_id ?? null) === (message.attachment?.id ?? null),
    );
  }

  #adopt(entry, message) {
    const { id, from, text, buttons, awaiting, created_at, attachment } = message;
    Object.assign(entry, { id, from, text, buttons, awaiting, at: new Date(created_at), attachment });
    this.#byId.set(id, entry);
  }

  #drop(entry) {
    this.#entries.delete(entry.key);
    if (this.#byId.get(entry.id) === entry) this.#byId.delete(entry.id);
  }

  #changed() {
    this.dispatchEvent(new Event("change"));
  }
}

// Ids are whole numbers: what has none yet stands between its anchor and the next one.
function place(entry) {
  return entry.id ?? entry.anchor + 0.5;
}
