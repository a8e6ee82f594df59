// Inside the frame of widget.js: tells the page around it about new messages and the wish to close. Nothing that was said
// ever leaves the frame.

import { byId, icon, worded } from "./dom.js";

const embedded = window.parent !== window && new URLSearchParams(location.search).has("embed");
let unread = 0;

/** Set up the close button, if this is a frame. */
export function setUpFrame() {
  if (!embedded) return;
  document.documentElement.classList.add("embedded");
  const close = byId("leave-frame");
  close.hidden = false;
  close.append(icon("down"));
  worded(close, { "aria-label": "close_chat" });
  close.addEventListener("click", () => tell("close"));
  addEventListener("keydown", (event) => event.key === "Escape" && !document.querySelector("dialog[open]") && tell("close"));
  addEventListener("message", (event) => {
    if (event.source !== parent || event.data?.lipei !== "opened") return;
    unread = 0;
    tell("unread", 0);
    byId("input").focus();
  });
  tell("ready");
}

/** One more message that nobody looks at. */
export function countUnread() {
  if (embedded && (document.hidden || !document.hasFocus())) tell("unread", ++unread);
}

// The page around may be any that the server lets embed it; what it is told is a number, no more.
function tell(lipei, value = null) {
  parent.postMessage({ lipei, value }, "*");
}
