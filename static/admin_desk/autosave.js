/* Keeps what is typed into the form of the page and offers it again where it was not saved. */
"use strict";
{
  const texts = document.currentScript.dataset;
  const { drafts, typedForm } = window.desk;
  const PAUSE = 500; // milliseconds after the last key

  const content = ({ fields }) => JSON.stringify(fields);
  const clock = (at) =>
    new Date(at).toLocaleString(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });

  /* The line above the form in which drafts are offered, read out to those who do not see it. */
  class Note {
    constructor(form) {
      this.box = document.createElement("div");
      this.box.className = "desk-drafts";
      this.box.tabIndex = -1;
      this.box.setAttribute("role", "status");
      form.before(this.box);
    }

    say(...parts) {
      const line = document.createElement("p");
      line.className = "desk-note";
      line.append(...parts);
      this.box.append(line);
      return line;
    }
  }

  function button(text, pressed) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "button";
    made.textContent = text;
    made.addEventListener("click", pressed);
    return made;
  }

  class Autosave {
    constructor(form) {
      this.form = form;
      this.note = new Note(form);
      this.sending = false;
      this.goesOn = typedForm.goesOn(form);
      this.shown = content(typedForm.read(form));
      this.kept = this.shown; // what needs no more keeping
      this.name = this.nameOfDraft();
      // It shows what was typed, and nothing but this page has it.
      if (this.goesOn) this.keep(true);
      this.offer();
      this.listen();
    }

    /* A form that came back goes on with the draft it was sent with. */
    nameOfDraft() {
      const sent = drafts.sent();
      drafts.forgetSent();
      const isMine = this.goesOn && sent?.name.endsWith(`|${texts.form}`);
      return isMine ? sent.name : drafts.fresh(texts.form);
    }

    /* Writes the draft where something changed; false where it could not be kept. */
    keep(always = false) {
      const now = typedForm.read(this.form);
      if (content(now) === this.kept && !always) return true;
      if (content(now) === this.shown && !this.goesOn) drafts.remove(this.name);
      else if (!drafts.write(this.name, { ...now, version: texts.version, at: Date.now() })) return this.complain();
      this.kept = content(now);
      return true;
    }

    complain() {
      this.complaint ??= this.note.say(texts.full);
      return false;
    }

    offer() {
      const others = drafts.of(texts.form).filter(({ name }) => name !== this.name);
      for (const { name, draft } of others) {
        if (content(draft) === this.shown) drafts.remove(name);
        else setTimeout(() => this.offerOne(name, draft)); // a status is read out when it comes later
      }
    }

    offerOne(name, draft) {
      const older = draft.version === texts.version ? "" : ` ${texts.older}`;
      const line = this.note.say(
        texts.offer + older,
        button(texts.putBack.replace("{time}", clock(draft.at)), () => this.putBack(name, draft, line)),
        button(texts.forget, () => this.forget(name, line)),
      );
    }

    putBack(name, draft, line) {
      const complete = typedForm.restore(this.form, draft);
      if (this.keep(true)) drafts.remove(name);
      line.textContent = texts.done + (complete ? "" : ` ${texts.gone}`);
      this.note.box.focus();
    }

    forget(name, line) {
      drafts.remove(name);
      line.remove();
      this.note.box.focus();
    }

    listen() {
      let timer;
      const later = () => {
        clearTimeout(timer);
        timer = setTimeout(() => this.keep(), PAUSE);
      };
      // A click may choose a day or remove a row; not all of those tell it by an event.
      for (const event of ["input", "change", "click", "formset:added", "formset:removed"]) {
        document.addEventListener(event, later);
      }
      window.django?.jQuery?.(this.form).on("change", later);
      document.addEventListener("visibilitychange", () => this.keep());
      window.addEventListener("pagehide", () => this.keep());
      document.addEventListener("submit", (event) => this.submitted(event));
      window.addEventListener("beforeunload", (event) => {
        if (!this.keep() && !this.sending) event.preventDefault();
      });
    }

    submitted(event) {
      if (event.defaultPrevented) return;
      this.sending = event.target === this.form;
      if (this.sending) this.keep() && drafts.markSent(this.name);
      else drafts.forgetSent();
    }
  }

  // After the rows and lists of the admin are set up.
  document.addEventListener("DOMContentLoaded", () => {
    const form = document.querySelector("#content-main form[method='post']:not(.desk-step)");
    if (form && [...form.elements].some(typedForm.isTyped)) new Autosave(form);
  });
}
