// The first bubble of every conversation, said by the page itself: no conversation is opened before the customer speaks.

import { byId, h, icon } from "./dom.js";
import { richText } from "./rich_text.js";
import { onScript, say } from "./script.js";

/** onStart(words): a starter was pressed. Starters count until the first message. */
export function addWelcome(store, onStart) {
  const bubble = h("div", { class: "bubble" });
  const who = h("span", { class: "unseen" });
  const chips = h("div", { class: "chips", role: "group" });
  const column = h("div", { class: "column" }, who, bubble, chips);
  const face = h("div", { class: "avatar bot" }, icon("bot", "face"));
  byId("log").prepend(h("div", { class: "row bot welcome" }, h("div", { class: "line" }, face, column)));

  const show = () => (chips.hidden = !store.empty);
  const press = (words) => store.empty && onStart(words);
  onScript(() => {
    who.textContent = say("said", { who: say("who_bot") });
    bubble.replaceChildren(...richText(say("welcome")));
    chips.setAttribute("aria-label", say("replies"));
    chips.replaceChildren(...say("starters").map((words) => h("button", { type: "button", class: "chip", onclick: () => press(words) }, words)));
    show();
  });
  store.addEventListener("change", show);
}
