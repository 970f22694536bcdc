// What the pages do beyond plain HTML. Every page works without it.
import { initAll } from "asset:govuk-frontend.js";

const WARN_SECONDS = 120;
const PING_SECONDS = 5 * 60;
const SLOW_MILLISECONDS = 1000;
const SENT_MILLISECONDS = 10 * 1000;
const KEEP_MILLISECONDS = 2000;
const READ_MILLISECONDS = 5 * 1000;
const FILE_MILLISECONDS = 60 * 1000;
const FILE = /\.(csv|pdf|xlsx)$/;

document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll();

// What takes over a second says so. What is on its way is not sent again; a file that a form gives leaves its page, so that nothing is said.
let slow = 0;
function say(text) {
  clearTimeout(slow);
  const busy = document.getElementById("busy");
  if (busy) busy.textContent = text;
}
function sayWhenSlow(text) {
  clearTimeout(slow);
  slow = setTimeout(() => say(text), SLOW_MILLISECONDS);
}
addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented) return;
  if (form.getAttribute("method") === "post") {
    if (Date.now() - Number(form.dataset.sentAt ?? 0) < SENT_MILLISECONDS) return event.preventDefault();
    form.dataset.sentAt = Date.now();
  }
  if (!("takesFile" in form.dataset)) sayWhenSlow("Working on it. Please wait.");
});
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent-at]")) delete form.dataset.sentAt;
  say("");
});

// A link to a file is fetched, so that one can say when it is there; any other answer than a file is opened as a page.
addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href]");
  if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  if (link.target || link.origin !== location.origin) return;
  if (FILE.test(link.pathname)) {
    event.preventDefault();
    takeAway(link);
  } else if (link.pathname + link.search !== location.pathname + location.search) {
    sayWhenSlow("Working on it. Please wait.");
  }
});
async function takeAway(link) {
  if ("onItsWay" in link.dataset) return;
  link.dataset.onItsWay = "";
  sayWhenSlow("Making the file. Please wait.");
  try {
    const answer = await fetch(link.href);
    const named = /^attachment; filename="([^"]+)"/.exec(answer.headers.get("Content-Disposition") ?? "");
    if (!answer.ok || !named) return location.assign(link.href);
    const file = URL.createObjectURL(await answer.blob());
    Object.assign(document.createElement("a"), { href: file, download: named[1] }).click();
    setTimeout(() => URL.revokeObjectURL(file), FILE_MILLISECONDS);
    say("The file is in your downloads.");
    slow = setTimeout(() => say(""), READ_MILLISECONDS);
  } catch {
    location.assign(link.href);
  } finally {
    delete link.dataset.onItsWay;
  }
}

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
