// Pictures and papers inside the conversation. The bytes need the bearer token, so they are fetched, never linked.

import * as api from "./api.js";
import { h, icon } from "./dom.js";
import { openLightbox } from "./lightbox.js";
import { say } from "./script.js";
import { token } from "./session.js";

const SHOWN = new Set(["image/jpeg", "image/png", "image/webp"]);

/** The bubble of an entry with a file: a thumbnail for what browsers can show, else a card to download. */
export function buildAttachment(entry) {
  const name = entry.file?.name || entry.attachment?.name || say("unnamed");
  const mime = entry.file?.type || entry.attachment?.mime;
  return SHOWN.has(mime) ? thumbnail(entry, name) : card(entry, name);
}

function thumbnail(entry, name) {
  const button = h("button", { type: "button", class: "bubble picture", "aria-label": say("open_image", { name }) });
  const picture = h("img", { alt: say("photo_from", { name }), decoding: "async" });
  button.append(picture);
  const loaded = bytes(entry).then(
    (blob) => (picture.src = URL.createObjectURL(blob)),
    () => (button.replaceChildren(h("span", { class: "gone" }, say("image_gone"))), null),
  );
  button.addEventListener("click", async () => (await loaded) && openLightbox(await loaded, name, button));
  return button;
}

function card(entry, name) {
  const size = entry.file?.size ?? entry.attachment?.size ?? 0;
  const label = h("span", { class: "name" }, name);
  const detail = h("span", { class: "size" }, `${ending(name, entry)} · ${readable(size)}`);
  const save = async () => {
    const address = URL.createObjectURL(await bytes(entry));
    h("a", { href: address, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
  };
  const button = h("button", { type: "button", class: "bubble card", "aria-label": say("save_file", { name }), onclick: save });
  button.append(h("span", { class: "words" }, label, detail), icon("file", "icon paper"));
  return button;
}

async function bytes({ file, attachment }) {
  return file ?? api.attachment(token(), attachment.id);
}

function ending(name, { file, attachment }) {
  const mime = file?.type || attachment?.mime || "";
  return mime ? mime.split("/")[1].toUpperCase() : name.split(".").pop().toUpperCase();
}

/** 812 KB, 3.4 MB. */
export function readable(size) {
  return size < 1_000_000 ? `${Math.max(1, Math.round(size / 1000))} KB` : `${(size / 1_000_000).toFixed(1)} MB`;
}
