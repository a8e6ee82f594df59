// The public web chat API over HTTP. Addresses are relative, so that the page also works below a path of another site.

const BASE = new URL("api/chat/", document.baseURI);
const SECONDS = 20;

/** The server said no: status, code, its sentence (detail), seconds to wait if it named them. */
export class Refusal extends Error {
  constructor(status, { code = "other", detail = "" } = {}, seconds = null) {
    super(code);
    Object.assign(this, { status, code, detail, seconds });
  }
}

/** The server could not be reached, or gave up (5xx): the same may be sent again later. */
export class NoAnswer extends Error {
  constructor(code = "network") {
    super(code);
    this.code = code;
  }
}

export const openSession = () => call("sessions", { method: "POST" });
export const sessionState = (token) => call("session", {}, token);
export const history = (token, after) => call(`messages?after=${after}`, {}, token);
export const sayIt = (token, body) =>
  call("messages", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) }, token);

/** The bytes of an attachment, as a Blob. */
export const attachment = (token, id) => call(`attachments/${encodeURIComponent(id)}`, {}, token, (answer) => answer.blob());

/** Address of the live connection. */
export function socketAddress(token, after) {
  const address = new URL("ws", BASE);
  address.protocol = address.protocol.replace("http", "ws");
  address.search = new URLSearchParams({ token, after });
  return address;
}

/** Upload one file; onProgress gets 0…100. Aborts with `signal`. XMLHttpRequest: fetch cannot tell the progress. */
export function upload(token, file, onProgress, signal) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const form = new FormData();
    form.append("file", file, file.name);
    request.open("POST", new URL("attachments", BASE));
    request.setRequestHeader("Authorization", `Bearer ${token}`);
    request.responseType = "json";
    request.upload.onprogress = (event) => event.lengthComputable && onProgress((100 * event.loaded) / event.total);
    request.onload = () =>
      request.status < 300 && request.response
        ? resolve(request.response)
        : reject(failure(request.status, request.response, request.getResponseHeader("Retry-After")));
    request.onerror = () => reject(new NoAnswer());
    request.onabort = () => reject(new DOMException("cancelled", "AbortError"));
    signal?.addEventListener("abort", () => request.abort(), { once: true });
    request.send(form);
  });
}

async function call(path, options, token = null, read = (answer) => answer.json()) {
  const headers = { ...options.headers, ...(token && { Authorization: `Bearer ${token}` }) };
  let answer;
  try {
    answer = await fetch(new URL(path, BASE), { ...options, headers, signal: AbortSignal.timeout(SECONDS * 1000) });
    if (answer.ok) return await read(answer);
  } catch {
    throw new NoAnswer();
  }
  const problem = await answer.json().catch(() => ({}));
  throw failure(answer.status, problem, answer.headers.get("Retry-After"));
}

function failure(status, problem, seconds) {
  const code = problem?.code;
  if (status >= 500 || status === 0) return new NoAnswer(code ?? "network");
  return new Refusal(status, problem ?? {}, seconds);
}
