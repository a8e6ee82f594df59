// Choosing files: the "＋" panel, dropping and pasting, a first look at each, and the preview before they are sent.

import { readable } from "./attachment.js";
import { byId, h, icon, worded } from "./dom.js";
import { onScript, say } from "./script.js";
import { shrunk } from "./shrink.js";

const LARGEST = 10_000_000;
const MOST = 9;
const KINDS = ["image/jpeg", "image/png", "image/webp", "image/heic", "image/heif", "application/pdf"];
const ENDINGS = /\.(jpe?g|png|webp|heic|heif|pdf)$/i;
const PREVIEWS = ["image/jpeg", "image/png", "image/webp"];
const CHOICES = [["album", "pick-album"], ["camera", "pick-camera"], ["file", "pick-file"]];

export class Upload {
  #panel = byId("more-panel");
  #button = byId("more");
  #tray = byId("tray");
  #complaint = byId("complaint");
  #chosen = [];
  #onFiles;

  /** onFiles(files): the customer sends these. */
  constructor(onFiles) {
    this.#onFiles = onFiles;
    this.#button.append(icon("plus"));
    this.#panel.append(...CHOICES.map(([name, input]) => this.#choice(name, input)));
    worded(this.#panel, { "aria-label": "more" });
    onScript(() => (this.#nameButton(), this.#showTray()));
    this.#button.addEventListener("click", () => this.toggle());
    this.#panel.addEventListener("keydown", (event) => event.key === "Escape" && (this.toggle(false), this.#button.focus()));
    byId("input").addEventListener("paste", (event) => this.#taken(event, event.clipboardData?.files));
    byId("panel").addEventListener("dragover", (event) => event.preventDefault());
    byId("panel").addEventListener("drop", (event) => (event.preventDefault(), this.add(event.dataTransfer.files)));
  }

  /** Open or close the panel. */
  toggle(open = this.#panel.hidden) {
    this.#panel.hidden = !open;
    this.#button.setAttribute("aria-expanded", open);
    this.#nameButton();
    if (open) this.#panel.querySelector("button").focus({ preventScroll: true });
  }

  /** The bot waits for papers: point to the way to send them. */
  set wanted(value) {
    this.#button.classList.toggle("wanted", value);
  }

  /** Take files in for sending; what cannot be sent is explained. */
  async add(files) {
    const complaints = [];
    for (const chosen of files) {
      const file = await shrunk(chosen, LARGEST);
      const problem = this.#chosen.length >= MOST ? "attachment_many" : problemOf(file);
      if (problem) complaints.push(problem === "attachment_many" ? say(`problems.${problem}`) : `${file.name}：${say(`problems.${problem}`)}`);
      else this.#chosen.push(file);
    }
    this.complain([...new Set(complaints)].join("\n"));
    this.toggle(false);
    this.#showTray();
    this.#tray.querySelector(".primary")?.focus({ preventScroll: true });
  }

  /** Say what is wrong with the files, until the next ones are chosen. */
  complain(words) {
    this.#complaint.textContent = words;
    this.#complaint.hidden = !words;
  }

  #choice(name, input) {
    const picker = byId(input);
    picker.addEventListener("change", () => {
      this.add([...picker.files]);
      picker.value = "";
    });
    const words = worded(h("span", {}), { textContent: name });
    return h("button", { type: "button", class: "choice", onclick: () => picker.click() }, h("span", { class: "tile" }, icon(name)), words);
  }

  #taken(event, files) {
    if (!files?.length) return;
    event.preventDefault();
    this.add(files);
  }

  #nameButton() {
    this.#button.setAttribute("aria-label", say(this.#panel.hidden ? "more" : "more_close"));
  }

  #showTray() {
    this.#tray.hidden = !this.#chosen.length;
    this.#tray.setAttribute("aria-label", say("tray"));
    const send = h("button", { type: "button", class: "primary", onclick: () => this.#send() }, say("tray_send", { count: this.#chosen.length }));
    const clear = h("button", { type: "button", class: "quiet", onclick: () => this.#clear() }, say("tray_clear"));
    const items = h("ul", {}, this.#chosen.map((file) => this.#item(file)));
    this.#tray.replaceChildren(...(this.#chosen.length ? [items, h("div", { class: "actions" }, clear, send)] : []));
  }

  #item(file) {
    const name = file.name || say("unnamed");
    const remove = h("button", { type: "button", class: "remove", "aria-label": say("tray_remove", { name }) }, icon("close"));
    remove.addEventListener("click", () => {
      this.#chosen = this.#chosen.filter((other) => other !== file);
      this.#showTray();
      (this.#tray.querySelector(".remove") ?? byId("input")).focus();
    });
    const look = PREVIEWS.includes(file.type) ? preview(file) : h("span", { class: "paper" }, icon("file"));
    return h("li", {}, look, h("span", { class: "name" }, name), h("span", { class: "size" }, readable(file.size)), remove);
  }

  #send() {
    const files = this.#chosen;
    this.#clear();
    this.#onFiles(files);
  }

  #clear() {
    this.#chosen = [];
    this.complain("");
    this.#showTray();
    byId("input").focus({ preventScroll: true });
  }
}

// The server looks at the bytes and has the last word; this spares the customer an upload that it would refuse.
function problemOf(file) {
  if (!KINDS.includes(file.type) && !(file.type === "" && ENDINGS.test(file.name))) return "attachment_kind";
  if (file.size > LARGEST) return "attachment_too_large";
  return file.size ? null : "attachment_missing";
}

function preview(file) {
  const picture = h("img", { alt: "" });
  picture.addEventListener("load", () => URL.revokeObjectURL(picture.src), { once: true });
  picture.src = URL.createObjectURL(file);
  return picture;
}
