// The call of the chosen phone: what is heard, a field to speak, and the keypad.

const KEYS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "0", "#"];
const SECOND = 1000;

async function ask(number, verb, value) {
  const path = `/api/voice/${encodeURIComponent(number)}${verb ? `/${verb}` : ""}`;
  const options = verb
    ? { method: "POST", headers: { "X-Phone": "1", "Content-Type": "application/json" }, body: JSON.stringify({ value }) }
    : { headers: { "X-Phone": "1" } };
  const response = await fetch(path, options);
  const body = await response.json();
  if (!response.ok) throw new Error(body.error ?? `HTTP ${response.status}`);
  return body;
}

function button(words, action) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = words;
  made.addEventListener("click", action);
  return made;
}

function line(who, words) {
  const item = document.createElement("li");
  item.className = who;
  const bubble = document.createElement("span");
  bubble.className = "bubble";
  bubble.textContent = words;
  item.append(bubble);
  return item;
}

export function start(section, number) {
  const log = document.createElement("ol");
  log.className = "messages";
  log.setAttribute("role", "log");
  log.setAttribute("aria-live", "polite");
  log.setAttribute("aria-label", "通话内容");
  const status = document.createElement("p");
  status.className = "call-state";
  status.setAttribute("role", "status");
  const form = document.createElement("form");
  const words = document.createElement("input");
  words.disabled = true;
  words.setAttribute("aria-label", "说的话");
  words.placeholder = "说…";
  words.maxLength = 500;
  const speak = document.createElement("button");
  speak.textContent = "说";
  speak.className = "send";
  speak.disabled = true;
  const pad = document.createElement("div");
  pad.className = "keypad";
  let keys = "";
  let oneKey = false;

  function show(state) {
    for (const text of state.heard) log.append(line("them", text));
    for (const to of state.dialled.slice(Number(log.dataset.dialled ?? 0))) log.append(line("them", `（转接 ${to}）`));
    log.dataset.dialled = String(state.dialled.length);
    showEnds(state);
    log.scrollTop = log.scrollHeight;
  }

  function showEnds(state) {
    oneKey = state.listening?.one_key ?? false;
    words.disabled = speak.disabled = !state.listening;
    take.hidden = machine.hidden = decline.hidden = !state.ringing;
    status.textContent = state.error || (state.ringing ? "来电…" : state.ended ? "未通话" : "通话中");
  }

  async function act(verb, value, shown) {
    if (shown) log.append(line("me", shown));
    status.textContent = "请稍等…";
    try {
      show(await ask(number(), verb, value));
    } catch (error) {
      status.textContent = error.message;
    }
  }

  function press(key) {
    keys += key;
    status.textContent = keys;
    if (!oneKey && key !== "#" && key !== "*" && keys !== "0") return;
    const whole = keys;
    keys = "";
    act("press", whole, `［${whole}］`);
  }

  const take = button("接听", () => act("take", "person"));
  const machine = button("答录机接听", () => act("take", "machine"));
  const decline = button("不接", () => act("decline"));
  const call = button("拨打热线", () => {
    log.replaceChildren();
    delete log.dataset.dialled;
    act("start");
  });
  form.append(words, speak);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const said = words.value.trim();
    words.value = "";
    if (said) act("say", said, said);
    words.focus();
  });
  pad.append(...KEYS.map((key) => button(key, () => press(key))));
  const ends = document.createElement("div");
  ends.className = "call-ends";
  ends.append(call, take, machine, decline, button("不出声", () => act("silence")), button("挂机", () => act("hang_up")));
  section.append(status, log, form, pad, ends);

  async function look() {
    if (section.hidden || !number()) return;
    try {
      showEnds(await ask(number()));
    } catch {
      status.textContent = "模拟器没有运行，正在重试…";
    }
  }
  document.addEventListener("phone:chosen", () => {
    log.replaceChildren();
    look();
  });
  setInterval(look, 2 * SECOND);
  look();
}
