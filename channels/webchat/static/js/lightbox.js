// One picture, large. A modal dialog: Escape, a click anywhere or the button closes it, and focus goes back.

import { h, icon } from "./dom.js";
import { say } from "./script.js";

/** Show a picture; `from` gets the focus back. */
export function openLightbox(source, name, from) {
  const close = h("button", { type: "button", class: "plain", "aria-label": say("close_image") }, icon("close"));
  const dialog = h("dialog", { class: "lightbox", "aria-label": name }, h("img", { src: source, alt: name }), close);
  dialog.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => (dialog.remove(), from.focus()));
  document.body.append(dialog);
  dialog.showModal();
}
