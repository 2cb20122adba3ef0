/* Says beside a box how its number or date is understood, while it is typed. The server reads the
   text, so there is one reader only. */
"use strict";
{
  const { url } = document.currentScript.dataset;
  const PAUSE = 250; // milliseconds without a key
  const waiting = new WeakMap();

  const outputOf = (box) => box.parentElement.querySelector(".desk-understood");
  /* The currency of the same row: funding-0-amount and funding-0-currency. */
  const currencyOf = (box) => box.form?.elements[box.name.replace(/[^-]+$/, "currency")];

  async function say(box) {
    const text = box.value;
    const asked = new URLSearchParams({ kind: box.dataset.understood, text, currency: currencyOf(box)?.value ?? "" });
    let answer = { words: "" };
    try {
      const response = await fetch(`${url}?${asked}`, { redirect: "error" });
      if (response.ok) answer = await response.json();
    } catch { /* nothing is said; the server reads it again when it is saved */ }
    if (box.value !== text) return; // typed on meanwhile; the next answer comes
    const output = outputOf(box);
    output.textContent = answer.words ?? answer.wrong;
    output.classList.toggle("desk-not-understood", "wrong" in answer);
  }

  function later(box) {
    clearTimeout(waiting.get(box));
    waiting.set(box, setTimeout(say, PAUSE, box));
  }

  document.addEventListener("input", ({ target }) => {
    if (target.matches("[data-understood]")) later(target);
  });
  document.addEventListener("change", ({ target }) => {
    if (!/(^|-)currency$/.test(target.name ?? "")) return;
    for (const box of target.form.querySelectorAll("[data-understood=amount]")) {
      if (currencyOf(box) === target) later(box);
    }
  });
}
