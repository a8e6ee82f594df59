// The simulator's own JSON (docs/channels/phone-simulator.md). Every change carries the header that only this page sets.

async function ask(path, options = {}) {
  const response = await fetch(path, { ...options, headers: { "X-Phone": "1", ...(options.headers ?? {}) } });
  const body = await response.json();
  if (!response.ok) throw new Error(body.error ?? `HTTP ${response.status}`);
  return body;
}

const phone = (number) => `/api/sms/${encodeURIComponent(number)}`;

export const abilities = () => ask("/api/abilities");
export const ringing = () => ask("/api/voice");
export const people = () => ask("/api/people");
export const history = (number) => ask(phone(number));
export const write = (number, form) => ask(phone(number), { method: "POST", body: form });
export const setFate = (number, fate) =>
  ask(`${phone(number)}/fate`, {
    method: "PUT",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ fate }),
  });
