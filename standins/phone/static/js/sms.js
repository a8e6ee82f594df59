// The text messages of one phone: what was written, what arrived, and what became of it.

const STATES = { queued: "排队中", sent: "已发出", delivered: "已送达", undelivered: "未送达", failed: "发送失败" };
const GSM = /^[\x20-\x7e\n\r£¥§¿ÄÖÑÜäöñüàèéìòùÅåÆæØøß€¡¤ÉÇΔΦΓΛΩΠΨΣΘΞ]*$/;

// How many messages a text is sent as (3GPP TS 23.038); shown beside each reply.
export function segments(text) {
  const [alone, each] = GSM.test(text) && !text.includes("`") ? [160, 153] : [70, 67];
  return text.length <= alone ? 1 : Math.ceil(text.length / each);
}

function element(name, className, text) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

function state(message) {
  if (message.from === "me") {
    const files = message.files ? `${message.files} 个文件 · ` : "";
    if (message.status === null) return element("span", "state", `${files}发送中…`);
    const taken = message.status >= 200 && message.status < 300;
    const told = taken ? "服务端已接收" : message.status === 0 ? "服务端没有运行" : `服务端拒收（${message.status}）`;
    return element("span", taken ? "state" : "state bad", files + told);
  }
  const error = message.error ? ` ${message.error}` : "";
  const count = segments(message.text);
  return element("span", error ? "state bad" : "state", `${STATES[message.state] ?? message.state}${error} · ${count} 条计费`);
}

function codeButton(text) {
  const code = /验证码\D{0,4}(\d{6})(?!\d)/.exec(text);
  if (!code) return null;
  const button = element("button", "code", `填入验证码 ${code[1]}`);
  button.type = "button";
  button.dataset.code = code[1];
  return button;
}

export function row(message) {
  const item = element("li", message.from);
  if (message.text) item.append(element("span", "bubble", message.text));
  const button = message.from === "them" ? codeButton(message.text) : null;
  if (button) item.append(button);
  item.append(state(message));
  return item;
}
