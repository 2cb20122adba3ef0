/* Where the desk keeps what is typed until it is saved: in this browser, one entry per opened form.
   This file runs on every page of the desk, since the page that follows a form tells whether it
   was saved. autosave.js writes the drafts and offers them. */
"use strict";
{
  const { user, page } = document.currentScript.dataset;
  const PREFIX = "desk-draft";
  const SENT = "desk-sent";
  const USER = "desk-user";
  const LONGEST = 14 * 24 * 60 * 60 * 1000;

  /* A browser may forbid storage altogether, then reading the property already fails. */
  const storage = (name) => {
    try { return window[name]; } catch { return null; }
  };
  const drafts = storage("localStorage");
  const tab = storage("sessionStorage");

  const parsed = (text) => {
    try { return JSON.parse(text); } catch { return null; }
  };
  const names = () => Object.keys(drafts ?? {}).filter((name) => name.startsWith(`${PREFIX}|`));
  const owner = (name) => name.split("|")[1];
  const subject = (name) => name.split("|").slice(3).join("|");
  const read = (name) => parsed(drafts?.getItem(name));
  const remove = (name) => drafts?.removeItem(name);

  /* False where the browser keeps nothing or has no room left. */
  function write(name, draft) {
    try { drafts.setItem(name, JSON.stringify(draft)); } catch { return false; }
    return true;
  }

  /* A name of its own for each opened form: two tabs do not write over each other. */
  const fresh = (form) =>
    [PREFIX, user, `${Date.now()}-${Math.random().toString(36).slice(2)}`, form].join("|");

  const of = (form) =>
    names()
      .filter((name) => owner(name) === user && subject(name) === form)
      .map((name) => ({ name, draft: read(name) }))
      .sort((a, b) => b.draft.at - a.draft.at);

  /* The form whose answer this tab waits for. */
  const sent = (from = tab) => parsed(from?.getItem(SENT));
  const forgetSent = (from = tab) => from?.removeItem(SENT);
  function markSent(name) {
    try { tab.setItem(SENT, JSON.stringify({ name, at: Date.now() })); } catch { /* it will be offered */ }
  }

  /* What was sent is saved, so its draft goes, unless something was typed after sending. */
  function settle(from = tab) {
    const waiting = sent(from);
    if (waiting && !(read(waiting.name)?.at > waiting.at)) remove(waiting.name);
    forgetSent(from);
  }

  function forgetOld() {
    for (const name of names()) {
      const at = read(name)?.at;
      if (!(Date.now() - at < LONGEST)) remove(name);
    }
  }

  /* At sign-out nothing of other people stays behind. Who signs out is known from the page before. */
  function signOut() {
    const leaving = tab?.getItem(USER);
    for (const name of names()) {
      if (owner(name) !== leaving) remove(name);
    }
  }

  /* A form in a small window is answered by a page without scripts of ours; its opener knows. */
  function settleSmallWindows() {
    for (const closing of ["dismissAddRelatedObjectPopup", "dismissChangeRelatedObjectPopup"]) {
      const dismiss = window[closing];
      if (!dismiss) continue;
      window[closing] = (small, ...told) => {
        try { settle(small.sessionStorage); } catch { /* then the draft is offered once more */ }
        dismiss(small, ...told);
      };
    }
  }

  forgetOld();
  if (page === "logout") signOut();
  else if (user) try { tab.setItem(USER, user); } catch { /* then sign-out removes all */ }
  if (document.querySelector(".messagelist .success") && !document.querySelector(".errornote")) settle();
  settleSmallWindows();

  window.desk = { ...window.desk, drafts: { fresh, of, read, write, remove, sent, markSent, forgetSent } };
}
