// What runs in the browser by itself, so that the server need not send it: clocks, staying at the end of a thread, a bell.
"use strict";

function deskSpan(seconds) {
  if (seconds < 60) return Math.max(0, Math.floor(seconds)) + "秒";
  if (seconds < 3600) return Math.floor(seconds / 60) + "分";
  if (seconds < 86400) return Math.floor(seconds / 3600) + "时" + Math.floor((seconds % 3600) / 60) + "分";
  return Math.floor(seconds / 86400) + "天";
}

function deskClocks() {
  const now = Date.now() / 1000;
  for (const clock of document.querySelectorAll("time[data-since]")) {
    const text = deskSpan(now - clock.dataset.since);
    if (clock.textContent !== text) clock.textContent = text;
    clock.classList.toggle("late", clock.dataset.due !== undefined && now > clock.dataset.due);
  }
}
setInterval(deskClocks, 1000);

// A thread stays at its end unless somebody has scrolled back to read.
function deskThread(thread) {
  let atEnd = true;
  const down = () => { if (atEnd) thread.scrollTop = thread.scrollHeight; };
  thread.addEventListener("scroll", () => { atEnd = thread.scrollHeight - thread.scrollTop - thread.clientHeight < 80; });
  thread.addEventListener("load", down, true);
  new MutationObserver((changes) => {
    if (changes.some((change) => change.removedNodes.length > 0)) atEnd = true;
    down();
  }).observe(thread, { childList: true, subtree: true });
  down();
}
const deskKnown = new WeakSet();
new MutationObserver(() => {
  for (const thread of document.querySelectorAll(".thread")) {
    if (!deskKnown.has(thread)) { deskKnown.add(thread); deskThread(thread); }
  }
  deskClocks();
}).observe(document.documentElement, { childList: true, subtree: true });

let deskAudio = null;
// newest: when the customer who waits last began to (seconds since 1970); kept, so that a page drawn anew knows.
function deskBell(newest = 0) {
  sessionStorage.setItem("desk-newest", Math.max(newest, Number(sessionStorage.getItem("desk-newest"))));
  if (localStorage.getItem("desk-sound") === "off") return;
  try {
    deskAudio = deskAudio || new AudioContext();
    [[880, 0], [1174, 0.16]].forEach(([pitch, after]) => {
      const tone = deskAudio.createOscillator(), volume = deskAudio.createGain(), at = deskAudio.currentTime + after;
      tone.frequency.value = pitch;
      volume.gain.setValueAtTime(0.0001, at);
      volume.gain.exponentialRampToValueAtTime(0.18, at + 0.02);
      volume.gain.exponentialRampToValueAtTime(0.0001, at + 0.35);
      tone.connect(volume).connect(deskAudio.destination);
      tone.start(at);
      tone.stop(at + 0.4);
    });
  } catch (error) { console.debug("no sound", error); }
  document.body.dataset.bells = String(Number(document.body.dataset.bells || 0) + 1);
}

// The workbench was drawn: rings for a customer who began to wait while this tab showed something else, or nothing
// because its line was lost. Who signs in sees who waits.
function deskCame(newest) {
  const before = sessionStorage.getItem("desk-newest");
  if (before !== null && newest > Number(before)) deskBell(newest);
  else if (before === null) sessionStorage.setItem("desk-newest", newest);
}

function deskSound() {
  const off = localStorage.getItem("desk-sound") !== "off";
  localStorage.setItem("desk-sound", off ? "off" : "on");
  document.body.classList.toggle("silent", off);
  if (!off) deskBell();
}
