// The register, saved row by row. Unsent marks stay in this page's memory and nowhere else.
const RETRY_SECONDS = 5;

class Row {
  constructor(fieldset, register) {
    this.fieldset = fieldset;
    this.register = register;
    this.id = fieldset.dataset.enrolment;
    this.revision = Number(fieldset.dataset.revision);
    this.state = fieldset.querySelector("[data-state]");
    this.conflict = fieldset.querySelector("[data-conflict]");
    this.isUnsent = this.isSending = false;
    this.current = null;
    fieldset.addEventListener("change", (event) => this.changed(event.target));
    fieldset.addEventListener("click", (event) => this.pressed(event.target));
  }

  field(name) { return this.fieldset.querySelector(`[name="${name}-${this.id}"]`); }

  get chosen() { return this.fieldset.querySelector(`[name="mark-${this.id}"]:checked`); }

  get mark() {
    const asks = this.chosen.dataset.asks;
    const minutes = asks.endsWith("minutes") ? this.field("minutes").value.trim() : "";
    return {
      code: this.chosen.value,
      minutes_late: /^\d+$/.test(minutes) ? Number(minutes) : null,
      claimed_reason: asks === "reason" ? this.field("reason").value || null : null,
      note: this.field("note").value.trim() || null,
    };
  }

  words(mark) {
    const input = [...this.fieldset.querySelectorAll(`[name="mark-${this.id}"]`)].find((one) => one.value === mark.code);
    const label = input ? input.nextElementSibling.textContent : mark.code;
    const minutes = mark.minutes_late ? `, ${mark.minutes_late} minutes` : "";
    return label + minutes + (mark.claimed_reason ? `, says ${mark.claimed_reason}` : "");
  }

  say(words, kind = "") {
    this.state.textContent = words;
    this.fieldset.dataset.saving = kind;
  }

  pressed(target) {
    if (target.dataset.minutes) {
      this.field("minutes").value = target.dataset.minutes;
      this.changed();
    } else if (target.dataset.keep) {
      this.settle(target.dataset.keep);
    }
  }

  // What was said beside one mark is not true of another.
  changed(target) {
    if (!this.chosen) return;
    if (target?.type === "radio") this.field("minutes").value = this.field("reason").value = "";
    if (this.current) return;
    if (this.chosen.dataset.asks === "minutes" && !this.mark.minutes_late) {
      this.isUnsent = false;
      this.say("Not saved yet: say how many minutes", "waiting");
    } else {
      this.isUnsent = true;
      this.send();
    }
    this.register.count();
  }

  async send() {
    if (this.isSending || !this.isUnsent) return;
    this.isSending = true;
    const sent = this.mark;
    this.say("Saving…", "waiting");
    try {
      await this.answered(await this.put(sent), sent);
    } catch {
      this.say(`Not sent: no connection. ${this.words(sent)} is kept in this page`, "waiting");
      this.register.retry();
    }
    this.isSending = false;
    this.register.count();
    if (this.isUnsent && !this.register.retrying) this.send();
  }

  put(mark) {
    return fetch(`${this.register.address}/marks/${this.id}`, {
      method: "PUT",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ ...mark, revision: this.revision }),
    });
  }

  async answered(response, sent) {
    if (response.status === 401) {
      this.say("Not sent: you are signed out. The mark is kept in this page", "waiting");
      return this.register.retry();
    }
    if (response.status >= 500) throw new Error("not now");
    const answer = await response.json();
    if (response.status === 409 && answer.current && "revision" in answer.current) return this.clash(answer.current);
    const isLatest = JSON.stringify(sent) === JSON.stringify(this.mark);
    if (!response.ok) {
      this.isUnsent = !isLatest;
      return this.say(`Not saved: ${answer.detail || answer.title}`, "refused");
    }
    this.revision = answer.revision;
    this.isUnsent = !isLatest;
    this.say(`Saved: ${this.words(sent)}`, "saved");
    this.register.moved(answer.version);
  }

  clash(current) {
    this.current = { ...current, minutes_late: Number(current.minutes_late) || null };
    this.isUnsent = false;
    const theirs = current.code ? this.words(this.current) : "No mark";
    this.conflict.querySelector("[data-theirs]").textContent = `${current.entered_by || "Somebody"} says: ${theirs}`;
    this.conflict.querySelector("[data-yours]").textContent = `You say: ${this.words(this.mark)}`;
    this.conflict.hidden = false;
    this.say("Not saved: choose which mark stands", "refused");
  }

  settle(which) {
    const current = this.current;
    this.revision = Number(current.revision);
    this.current = null;
    this.conflict.hidden = true;
    if (which === "theirs") {
      this.show(current);
      this.say(`Saved: ${this.words(current)}`, "saved");
      this.register.refresh();
    } else {
      this.isUnsent = true;
      this.send();
    }
    this.chosen.focus();
    this.register.count();
  }

  show(mark) {
    for (const one of this.fieldset.querySelectorAll(`[name="mark-${this.id}"]`)) one.checked = one.value === mark.code;
    this.field("minutes").value = mark.minutes_late || "";
    this.field("reason").value = mark.claimed_reason || "";
    this.field("note").value = mark.note || "";
  }

  // What somebody else marked meanwhile, where this page has nothing of its own to say.
  heard(mark) {
    if (this.isUnsent || this.isSending || this.current || mark.revision === this.revision) return;
    this.revision = mark.revision;
    this.show(mark);
    this.say(`Saved by somebody else: ${this.words(mark)}`, "saved");
  }
}

class Register {
  constructor(form) {
    this.form = form;
    this.address = form.dataset.register;
    this.version = form.elements.version;
    this.retrying = 0;
    this.rows = [...form.querySelectorAll("[data-enrolment]")].map((one) => new Row(one, this));
    form.addEventListener("submit", (event) => this.submitted(event));
    addEventListener("online", () => this.again());
    addEventListener("beforeunload", (event) => { if (this.unsent.length) event.preventDefault(); });
    document.addEventListener("visibilitychange", () => { if (!document.hidden) this.refresh(); });
    this.count();
  }

  get unsent() { return this.rows.filter((row) => row.isUnsent || row.isSending); }

  count() {
    const marked = this.rows.filter((row) => row.chosen).length;
    this.form.querySelector("[data-count]").textContent = `${marked} of ${this.rows.length} marked`;
    const waiting = this.rows.filter((row) => row.isUnsent && this.retrying).length;
    this.form.querySelector("[data-unsent]").hidden = waiting === 0;
    this.form.querySelector("[data-unsent-count]").textContent = waiting === 1 ? "1 mark is not sent yet." : `${waiting} marks are not sent yet.`;
  }

  retry() {
    if (!this.retrying) this.retrying = setTimeout(() => this.again(), RETRY_SECONDS * 1000);
  }

  async again() {
    clearTimeout(this.retrying);
    this.retrying = 0;
    for (const row of this.rows) if (row.isUnsent) await row.send();
    this.count();
  }

  // Each save adds one. More than one means that somebody else has saved as well.
  moved(version) {
    if (version === Number(this.version.value) + 1) this.version.value = version;
    else if (version !== Number(this.version.value)) this.refresh();
  }

  async refresh() {
    try {
      const response = await fetch(`${this.address}/register`);
      if (!response.ok) return;
      const found = await response.json();
      for (const mark of found.marks) this.rows.find((row) => row.id === mark.enrolment_id)?.heard(mark);
      this.version.value = found.version;
      this.count();
    } catch { /* The next save or the next look asks again. */ }
  }

  submitted(event) {
    const open = this.rows.find((row) => row.isUnsent || row.isSending || row.current);
    if (!open) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    open.fieldset.scrollIntoView();
    open.chosen?.focus();
    if (!open.current) this.again();
  }
}

const form = document.querySelector("[data-register]");
if (form) new Register(form);
