// One page: whose phone, its messages, and a field to write. Asks the server once a second for what is new.

import * as api from "./api.js";
import { mark, rings, show as showRinging } from "./ringing.js";
import { row } from "./sms.js";

const SECOND = 1000;
const at = (id) => document.getElementById(id);
const chosen = { number: null, shown: "" };
let calls = null;
const seen = new Map();

function problem(words) {
  at("problem").textContent = words;
  at("problem").hidden = !words;
}

function choose(person) {
  chosen.number = person.number;
  chosen.shown = "";
  at("who").textContent = `${person.name} ${person.number}`;
  at("fate").value = person.fate;
  at("messages").replaceChildren();
  for (const button of at("people").children) {
    button.setAttribute("aria-current", String(button.dataset.number === person.number));
  }
  if (rings(person.number)) showTab("voice");
  document.dispatchEvent(new CustomEvent("phone:chosen", { detail: person }));
  refresh();
}

function personButton(person) {
  const button = document.createElement("button");
  button.type = "button";
  button.dataset.number = person.number;
  const name = document.createElement("span");
  const number = document.createElement("small");
  name.textContent = person.name;
  number.textContent = person.number;
  name.append(number);
  const fresh = document.createElement("span");
  fresh.className = "new";
  button.append(name, mark(), fresh);
  button.addEventListener("click", () => choose(person));
  return button;
}

function showPeople({ people }, { ringing }) {
  for (const person of people) {
    let button = [...at("people").children].find((each) => each.dataset.number === person.number);
    if (!button) {
      button = personButton(person);
      at("people").append(button);
    }
    if (person.number === chosen.number) seen.set(person.number, person.arrived);
    const fresh = person.arrived - (seen.get(person.number) ?? 0);
    button.querySelector(".new").hidden = fresh <= 0;
    button.querySelector(".new").textContent = String(fresh);
  }
  showRinging(people, ringing, at("people"), at("ringing"));
  if (!chosen.number && people.length) choose(people[0]);
}

function showMessages(messages) {
  const drawn = JSON.stringify(messages);
  if (drawn === chosen.shown) return;
  chosen.shown = drawn;
  const log = at("messages");
  const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 80;
  const rows = messages.map(row);
  // What is unchanged stays, so that a screen reader hears only what is new.
  rows.forEach((fresh, place) => {
    const old = log.children[place];
    if (!old) log.append(fresh);
    else if (!old.isEqualNode(fresh)) old.replaceWith(fresh);
  });
  while (log.children.length > rows.length) log.lastElementChild.remove();
  if (atEnd) log.scrollTop = log.scrollHeight;
}

async function refresh() {
  const number = chosen.number;
  try {
    showPeople(await api.people(), calls ? await api.ringing() : { ringing: [] });
    if (number) {
      const { messages } = await api.history(number);
      if (number === chosen.number) showMessages(messages);
    }
    if (at("problem").dataset.away) problem("");
    delete at("problem").dataset.away;
  } catch {
    at("problem").dataset.away = "yes";
    problem("模拟器没有运行，正在重试…");
  }
}

at("write").addEventListener("submit", async (event) => {
  event.preventDefault();
  const form = new FormData(at("write"));
  try {
    await api.write(chosen.number, form);
    at("text").value = "";
    at("file").value = "";
    problem("");
  } catch (error) {
    problem(error.message);
  }
  at("text").focus();
  refresh();
});

at("text").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    at("write").requestSubmit();
  }
});

at("messages").addEventListener("click", (event) => {
  const code = event.target.closest(".code")?.dataset.code;
  if (!code) return;
  at("text").value = code;
  at("text").focus();
});

at("fate").addEventListener("change", async () => {
  try {
    await api.setFate(chosen.number, at("fate").value);
  } catch (error) {
    problem(error.message);
  }
});

function showTab(name) {
  for (const each of ["sms", "voice"]) {
    at(each).hidden = each !== name;
    at(`tab-${each}`).setAttribute("aria-selected", String(each === name));
    at(`tab-${each}`).tabIndex = each === name ? 0 : -1;
  }
}

async function addVoice() {
  const { voice } = await api.abilities();
  if (!voice) return;
  calls = await import("./voice.js");
  calls.start(at("voice"), () => chosen.number);
  at("tabs").hidden = false;
  const tabs = [at("tab-sms"), at("tab-voice")];
  tabs.forEach((tab, place) => {
    tab.addEventListener("click", () => showTab(tab.id.slice(4)));
    tab.addEventListener("keydown", (event) => {
      if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
      const other = tabs[1 - place];
      showTab(other.id.slice(4));
      other.focus();
    });
  });
}

await addVoice();
await refresh();
setInterval(refresh, SECOND);
