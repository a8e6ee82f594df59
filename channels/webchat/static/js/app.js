// Puts the page together: what is known (store), how it travels (sender, connection), how it looks (the rest).

import { Refusal, sessionState } from "./api.js";
import { Composer } from "./composer.js";
import { Connection } from "./connection.js";
import { byId } from "./dom.js";
import { countUnread, setUpFrame } from "./embed.js";
import { Header } from "./header.js";
import { Helpers } from "./helpers.js";
import { Log } from "./log.js";
import { Menu } from "./menu.js";
import { announce, say, setScript } from "./script.js";
import { Sender } from "./sender.js";
import { keepToken, onOtherTab, token } from "./session.js";
import { Store } from "./store.js";
import { TimePanel } from "./time_panel.js";
import { Upload } from "./upload.js";
import { addWelcome } from "./welcome.js";

const CHINESE = /\p{Script=Han}/u;

const store = new Store();
const connection = new Connection(store);
const sender = new Sender(store, connection);
const tabs = new BroadcastChannel("lipei.chat");

const composer = new Composer((text) => sender.text(text));
const upload = new Upload((files) => sender.files(files));
const times = new TimePanel((text) => composer.write(text));
const helpers = new Helpers(composer, {
  time: () => (times.isOpen ? times.close() : times.open()),
  material: () => upload.toggle(true),
  rate: (text) => press({ title: text }),
});
const header = new Header();
const log = new Log(store, {
  press: (entry, button) => store.isCurrent(entry) && press(button),
  retry: (entry) => sender.retry(entry),
  edit: (entry, text) => (store.remove(entry), composer.write(text)),
});
new Menu({ human: () => press({ title: say("menu_human") }), leave: () => startAfresh("signed_out") });
addWelcome(store, (words) => press({ title: words }));

function press(button) {
  composer.focus({ always: false });
  sender.button(button);
}

// ── What changes ───────────────────────────────────────────────────────────────────────────────────────────────────

let newestHeard = 0;
let shown = token();

store.addEventListener("change", () => {
  const { awaiting } = store;
  composer.awaiting = awaiting;
  helpers.awaiting = awaiting;
  upload.wanted = awaiting === "material";
  if (awaiting !== "incident_time") times.close();
});

header.onTyping = () => queueMicrotask(() => log.render());
connection.addEventListener("up", () => ((header.connection = "up"), sender.resume()));
connection.addEventListener("lost", () => (header.connection = "lost"));
connection.addEventListener("down", () => ((header.connection = "down"), (log.busy = false)));
connection.addEventListener("mode", ({ detail }) => ((header.mode = detail), settle()));
connection.addEventListener("typing", () => (header.typing = true));
connection.addEventListener("message", () => countUnread());
connection.addEventListener("gone", gone);
sender.addEventListener("waiting", () => (header.typing = true));
sender.addEventListener("gone", gone);
sender.addEventListener("stored", ({ detail: entry }) => {
  shown = token();
  tabs.postMessage("said");
  if (CHINESE.test(entry.text)) refreshScript();
});
store.addEventListener("change", () => {
  const heard = store.list().findLast((entry) => entry.from !== "customer" && entry.id !== null)?.id ?? 0;
  if (heard > newestHeard) header.typing = false;
  newestHeard = heard;
});
tabs.addEventListener("message", () => connection.refresh());
onOtherTab(() => {
  if (token() === shown) return;
  shown = token();
  store.clear(unconfirmed());
  sender.renew();
  connection.restart();
});

// The history is on the page: from now on what comes is read out.
function settle() {
  requestAnimationFrame(() => (log.busy = false));
}

async function refreshScript() {
  const using = token();
  if (!using) return;
  try {
    setScript((await sessionState(using)).script);
  } catch (error) {
    if (error instanceof Refusal && error.status === 401) gone({ detail: using });
  }
}

// The server does not know this token any more: start afresh, keep what could not be sent, and say so.
function gone({ detail: unknown }) {
  if (unknown === token()) {
    startAfresh("session_gone", unconfirmed());
  }
  sender.renew();
  sender.resume();
}

// Tells what could not be sent yet, as of now.
function unconfirmed() {
  const waiting = store.unconfirmed();
  return (entry) => waiting.includes(entry);
}

function startAfresh(notice, except) {
  keepToken(null);
  shown = null;
  store.clear(except);
  store.note(notice);
  header.mode = "bot";
  header.typing = false;
  connection.restart();
}

// ── Begin ──────────────────────────────────────────────────────────────────────────────────────────────────────────

// iOS lays its keyboard over the page: only the visual viewport tells how much is left.
visualViewport?.addEventListener("resize", () => {
  document.documentElement.style.setProperty("--height", `${visualViewport.height}px`);
});

setUpFrame();
announce();
log.busy = Boolean(token());
connection.start();
refreshScript();
sender.resume();
composer.focus({ always: false });
byId("panel").dataset.ready = "true";
