/* Ctrl+S or Cmd+S saves the form and stays on it where that is offered. */
"use strict";
{
  const { hint } = document.currentScript.dataset;
  const save = document.querySelector("[name=_continue], [data-saves]") ?? document.querySelector("[name=_save]");
  const isMac = /Mac|iP(hone|ad)/.test(navigator.platform);

  /* On a Cyrillic keyboard the key of S gives another letter; on others S may lie elsewhere. */
  const isS = (event) => (/^[a-z]$/i.test(event.key) ? event.key.toLowerCase() === "s" : event.code === "KeyS");

  function tell() {
    const keys = isMac ? "⌘S" : "Ctrl+S";
    const shown = document.createElement("span");
    shown.className = "desk-hint";
    shown.textContent = keys;
    save.title = hint.replace("{keys}", keys);
    save.setAttribute("aria-keyshortcuts", isMac ? "Meta+S" : "Control+S");
    save.after(shown);
  }

  function pressed(event) {
    if (!(isMac ? event.metaKey : event.ctrlKey) || event.altKey || event.shiftKey || !isS(event)) return;
    event.preventDefault();
    if (!event.repeat) save.form.requestSubmit(save);
  }

  if (save) {
    tell();
    document.addEventListener("keydown", pressed);
  }
}
