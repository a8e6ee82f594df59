// What this browser remembers: the token of the conversation (all tabs), and what this tab said that the server has not
// confirmed yet. Where storage is forbidden (some embedded frames) it is remembered for as long as the page is open.

class Kept {
  #value;

  constructor(storage, key) {
    Object.assign(this, { storage, key });
  }

  get() {
    if (this.#value !== undefined) return this.#value;
    try {
      return JSON.parse(this.storage().getItem(this.key));
    } catch {
      return null;
    }
  }

  set(value) {
    this.#value = undefined;
    try {
      if (value === null) this.storage().removeItem(this.key);
      else this.storage().setItem(this.key, JSON.stringify(value));
    } catch {
      // Forbidden or full: this page goes on with its own copy.
      this.#value = value;
    }
  }
}

const keptToken = new Kept(() => localStorage, "lipei.chat.token");
const keptUnsent = new Kept(() => sessionStorage, "lipei.chat.unsent");

/** The bearer token, or null before the first message. */
export const token = () => keptToken.get();
export const keepToken = (value) => keptToken.set(value);

/** What is on its way: [{clientId, text, body, attachment, anchor, at}], oldest first. */
export const unsent = () => keptUnsent.get() ?? [];
export const keepUnsent = (list) => keptUnsent.set(list.length ? list : null);

/** Call `listener` when another tab opened or left the conversation. */
export function onOtherTab(listener) {
  addEventListener("storage", (event) => (event.key === keptToken.key || event.key === null) && listener());
}
