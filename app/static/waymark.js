// What the pages do beyond plain HTML. Every page works without it.
import { initAll } from "asset:govuk-frontend.js";

const WARN_SECONDS = 120;
const PING_SECONDS = 5 * 60;
const SLOW_MILLISECONDS = 1000;
const SENT_MILLISECONDS = 10 * 1000;
const KEEP_MILLISECONDS = 2000;

document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll();
document.body.addEventListener("htmx:load", (event) => {
  if (event.detail.elt !== document.body) initAll({ scope: event.detail.elt });
});

// What is on its way is not sent again. After a second of waiting, say so: but a file that is taken away leaves its page.
let slow = 0;
addEventListener("submit", (event) => {
  const busy = document.getElementById("busy");
  const form = event.target;
  if (event.defaultPrevented || form.getAttribute("method") !== "post") return;
  if (Date.now() - Number(form.dataset.sentAt ?? 0) < SENT_MILLISECONDS) return event.preventDefault();
  form.dataset.sentAt = Date.now();
  if (!busy || "takesFile" in form.dataset) return;
  slow = setTimeout(() => { busy.textContent = "Working on it. Please wait."; }, SLOW_MILLISECONDS);
});
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent-at]")) delete form.dataset.sentAt;
  clearTimeout(slow);
  const busy = document.getElementById("busy");
  if (busy) busy.textContent = "";
});

// Time-out: warn, then hide the page but keep what was typed until the same person is back.
class TimeOut {
  constructor(dialog) {
    this.dialog = dialog;
    this.idleSeconds = Number(dialog.dataset.idleSeconds);
    this.channel = new BroadcastChannel("waymark-active");
    this.heard = this.pinged = Date.now();
    this.isLocked = false;
    this.channel.onmessage = () => (this.isLocked ? this.extend() : this.hear());
    this.channel.postMessage("active");
    for (const kind of ["input", "keydown", "pointerdown"]) {
      document.addEventListener(kind, () => this.use(), { passive: true });
    }
    document.addEventListener("visibilitychange", () => this.look());
    dialog.addEventListener("cancel", (event) => event.preventDefault());
    dialog.querySelector("[data-stay]").addEventListener("click", () => this.extend());
    dialog.querySelector("[data-unlock]").addEventListener("click", () => this.extend());
    setInterval(() => this.look(), 1000);
  }

  hear() {
    this.heard = Date.now();
    if (this.dialog.open && !this.isLocked) this.dialog.close();
  }

  // Typing is work: it keeps the person signed in, at most one request in five minutes.
  use() {
    if (this.dialog.open || Date.now() - this.pinged < PING_SECONDS * 1000) return;
    this.extend();
  }

  look() {
    if (this.isLocked) return;
    const left = Math.ceil(this.idleSeconds - (Date.now() - this.heard) / 1000);
    if (left <= 0) return this.lock();
    if (left <= WARN_SECONDS) this.warn(left);
  }

  warn(left) {
    this.dialog.querySelector("[data-time-left]").textContent = inWords(left);
    if (left % 30 === 0 || !this.dialog.open) {
      this.dialog.querySelector("[data-time-left-spoken]").textContent = `${inWords(left)} left.`;
    }
    if (!this.dialog.open) this.open("time-out-title");
  }

  lock() {
    this.isLocked = true;
    document.body.classList.add("waymark-locked");
    this.dialog.querySelector("[data-state=warning]").hidden = true;
    this.dialog.querySelector("[data-state=locked]").hidden = false;
    this.dialog.setAttribute("aria-labelledby", "time-out-locked");
    this.dialog.removeAttribute("aria-describedby");
    this.open("time-out-locked");
  }

  unlock() {
    this.isLocked = false;
    document.body.classList.remove("waymark-locked");
    this.dialog.querySelector("[data-state=warning]").hidden = false;
    this.dialog.querySelector("[data-state=locked]").hidden = true;
    this.dialog.setAttribute("aria-labelledby", "time-out-title");
    this.dialog.setAttribute("aria-describedby", "time-out-warning");
  }

  open(headingId) {
    if (!this.dialog.open) this.dialog.showModal();
    document.getElementById(headingId).focus();
  }

  // Asking is using, for the server. The answer says whose sign-in it is: another person's never opens this page again.
  async extend() {
    this.pinged = Date.now();
    const answer = await this.ask();
    if (answer === null) return;
    if (answer.account !== this.dialog.dataset.account) return location.assign("/");
    this.unlock();
    this.channel.postMessage("active");
    this.hear();
  }

  async ask() {
    const note = this.dialog.querySelector("[data-locked-note]");
    try {
      const response = await fetch(this.dialog.dataset.who);
      if (response.ok) return await response.json();
      if (response.status === 401) this.lock();
      note.textContent = "You are not signed in yet.";
    } catch {
      note.textContent = "There is no connection at the moment. Nothing you typed is lost.";
    }
    return null;
  }
}

function inWords(seconds) {
  const minutes = Math.ceil(seconds / 60);
  if (seconds > 60) return `${minutes} minutes`;
  return seconds === 1 ? "1 second" : `${seconds} seconds`;
}

// A draft keeps what is typed as soon as typing pauses: after a time-out or a crash it is there.
function keepDraft(form) {
  let pause = 0;
  const keep = () => fetch(form.dataset.keep, { method: "POST", body: new FormData(form) }).catch(() => {});
  form.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(keep, KEEP_MILLISECONDS);
  });
  form.addEventListener("submit", () => clearTimeout(pause));
}
for (const form of document.querySelectorAll("form[data-keep]")) keepDraft(form);

const dialog = document.getElementById("time-out");
if (dialog) new TimeOut(dialog);
