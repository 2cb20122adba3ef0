/* Beside a text with a limit: how long it is, and by how much it is too long. */
"use strict";
{
  const texts = document.currentScript.dataset;
  const LIMITED = "input[data-max-length], textarea[data-max-length]";
  const NEAR = 0.5; // of the limit; a short text needs no number beside it

  /* As the server counts: composed letters, characters and not halves of them, one for a line break. */
  const lengthOf = (text) => [...text.normalize("NFC").replace(/\r\n?/g, "\n").trim()].length;

  function counterOf(box) {
    const next = box.nextElementSibling;
    if (next?.matches(".desk-counter")) return next;
    const made = document.createElement("span");
    made.className = "desk-counter";
    made.setAttribute("role", "status");
    box.after(made);
    return made;
  }

  function count(box) {
    const most = Number(box.dataset.maxLength);
    const length = lengthOf(box.value);
    const over = length - most;
    const counter = counterOf(box);
    const line = texts.length.replace("{length}", length).replace("{most}", most);
    counter.classList.toggle("desk-counter-over", over > 0);
    box.toggleAttribute("data-too-long", over > 0);
    if (over > 0) counter.textContent = `${line} ${texts.over.replace("{over}", over)}`;
    else counter.textContent = length >= most * NEAR ? line : "";
  }

  const countAll = (root) => root.querySelectorAll(LIMITED).forEach(count);

  document.addEventListener("input", ({ target }) => target.matches?.(LIMITED) && count(target));
  document.addEventListener("change", () => countAll(document)); // drafts that are put back
  document.addEventListener("formset:added", ({ target }) => countAll(target));
  document.addEventListener("DOMContentLoaded", () => countAll(document));
}
