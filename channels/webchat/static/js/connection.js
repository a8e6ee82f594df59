// Keeps the page up to date: history after what is known, then a live socket; again and again, with longer pauses while
// the server is away. Where no socket can be opened (some company networks) it asks every few seconds instead.

import { NoAnswer, Refusal, history, socketAddress } from "./api.js";
import { token } from "./session.js";

const PAUSE = { first: 800, longest: 30_000, poll: 3_000, keepAlive: 30_000, ack: 6_000, open: 8_000 };
const UNKNOWN_TOKEN = 4401;
const SOCKET_TRIES = 2;
const SOCKET_AGAIN = 20;

/** Events: "up", "down", "gone" (unknown token), "message" {detail}, "typing", "mode" {detail}, "problem" {detail}. */
export class Connection extends EventTarget {
  #store;
  #socket = null;
  #running = false;
  #failures = 0;
  #refused = 0;
  #waiting = new Map();
  #wake = () => {};

  constructor(store) {
    super();
    this.#store = store;
    addEventListener("online", () => this.hurry());
    addEventListener("offline", () => this.#socket?.close());
    document.addEventListener("visibilitychange", () => document.hidden || this.refresh());
    setInterval(() => document.hidden || this.refresh(), PAUSE.keepAlive);
  }

  get live() {
    return this.#socket?.readyState === WebSocket.OPEN;
  }

  /** Begin, once there is a token. */
  start() {
    if (!this.#running && token()) this.#run();
  }

  /** End, and begin anew with another token. */
  restart() {
    this.#socket?.close();
    this.#failures = this.#refused = 0;
    this.hurry();
  }

  /** Do not wait any longer. */
  hurry() {
    this.#failures = 0;
    this.#wake();
    this.start();
  }

  /** Ask for what is new; a socket that turns out to be dead is replaced. */
  async refresh() {
    if (!this.live) return this.hurry();
    if (!(await this.#sync())) this.#socket?.close();
  }

  /** Send over the socket. Resolves with the stored message, or null when the socket cannot tell: send it another way. */
  send(clientId, body) {
    if (!this.live) return Promise.resolve(null);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.#socket?.close(), PAUSE.ack);
      const settle = (act) => (value) => (clearTimeout(timer), this.#waiting.delete(clientId), act(value));
      this.#waiting.set(clientId, { resolve: settle(resolve), reject: settle(reject) });
      this.#socket.send(JSON.stringify({ type: "message", ...body, client_id: clientId }));
    });
  }

  async #run() {
    this.#running = true;
    while (token()) {
      const using = token();
      const reached = await this.#sync();
      if (using !== token()) continue;
      this.#failures = reached ? 0 : this.#failures + 1;
      this.#tell(reached ? "up" : "down");
      const skip = this.#refused >= SOCKET_TRIES && this.#refused++ % SOCKET_AGAIN;
      const begun = Date.now();
      if (reached && !skip && (await this.#live(using)) && Date.now() - begun > PAUSE.first) this.#refused = 0;
      else await this.#pause(reached ? PAUSE.poll : Math.min(PAUSE.longest, PAUSE.first * 2 ** (this.#failures - 1)));
    }
    this.#running = false;
  }

  async #sync() {
    const using = token();
    try {
      const { messages, mode } = await history(using, this.#store.cursor);
      if (using !== token()) return true;
      this.#store.merge(messages, { complete: true });
      this.#tell("mode", mode);
      return true;
    } catch (error) {
      if (!(error instanceof Refusal)) return false;
      if (error.status === 401 && using === token()) this.#tell("gone", using);
      return error.status !== 429;
    }
  }

  // One socket from opening to closing. True when it had opened.
  #live(using) {
    return new Promise((resolve) => {
      const socket = (this.#socket = new WebSocket(socketAddress(using, this.#store.cursor)));
      const late = setTimeout(() => socket.close(), PAUSE.open);
      let opened = false;
      socket.onopen = () => {
        clearTimeout(late);
        opened = true;
        this.#refused = 0;
        this.#tell("up");
      };
      socket.onmessage = (event) => this.#heard(JSON.parse(event.data));
      socket.onclose = (event) => {
        clearTimeout(late);
        if (!opened) this.#refused = Math.max(1, this.#refused + 1);
        [...this.#waiting.values()].forEach(({ resolve }) => resolve(null));
        if (event.code === UNKNOWN_TOKEN && using === token()) this.#tell("gone", using);
        else if (opened) this.#tell("lost");
        resolve(opened);
      };
    });
  }

  #heard(event) {
    const waiting = this.#waiting.get(event.client_id);
    if (event.type === "message") this.#store.merge([event.message]);
    if (event.type === "received") waiting?.resolve(event.message);
    if (event.type === "error") waiting?.reject(refused(event));
    this.#tell(event.type, event.mode ?? event.message);
  }

  #pause(milliseconds) {
    const jitter = milliseconds * (0.8 + 0.4 * Math.random());
    return new Promise((resolve) => {
      this.#wake = resolve;
      setTimeout(resolve, jitter);
    });
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

// The same two kinds of failure as over HTTP. The socket names the seconds to wait in its sentence only.
function refused({ code, detail }) {
  if (code === "not_stored") return new NoAnswer(code);
  return new Refusal(code === "no_session" ? 401 : 422, { code, detail }, /\d+/.exec(detail)?.[0]);
}
