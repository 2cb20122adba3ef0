/* Fills in a row what the name of a new organisation or the address of a new source tells, where it
   is empty, and says what it filled. An amount without a day has the day of the new source. */
"use strict";
{
  const texts = document.currentScript.dataset;
  const { begun, bank } = JSON.parse(texts.names);
  const row = (field) => field.closest(".desk-row");
  const named = (name) => document.getElementsByName(name)[0];

  function say(field, text) {
    let note = row(field).querySelector(".desk-note");
    if (!note) {
      note = document.createElement("div");
      note.className = "desk-note";
      note.setAttribute("role", "status");
      row(field).append(note);
    }
    const line = document.createElement("p");
    line.textContent = text;
    note.append(line);
  }

  function set(field, value) {
    field.value = value;
    for (const event of ["input", "change"]) field.dispatchEvent(new Event(event, { bubbles: true }));
  }

  /* Fills [field, value] pairs whose field is empty, and says which ones. */
  function fill(pairs, why) {
    const empty = pairs.filter(([field, value]) => field && value && !field.value);
    for (const [field, value] of empty) {
      field.classList.add("desk-filled");
      set(field, value);
    }
    const labels = empty.map(([field]) => field.labels[0].textContent.trim().replace(/:$/, ""));
    if (labels.length) say(empty[0][0], `${why} ${labels.join(", ")}.`);
  }

  /* The same as `kind_of` in initiatives/desk/name_clues.py. */
  function kindOf(name) {
    const words = name.toLowerCase().replaceAll(/[ʻ’]/g, "'").split(/\s+/);
    if (words.some((word) => bank.some((part) => word.includes(part)))) return "bank";
    for (const word of words) {
      const found = Object.keys(begun).find((beginning) => word.startsWith(beginning));
      if (found) return begun[found];
    }
    return "";
  }

  /* Only where all new sources are of one day, which is then that of the amounts beside them. */
  function dateAmounts() {
    const days = [...document.querySelectorAll("[name$='-new_source_published']")].map((box) => box.value);
    const known = [...new Set(days.filter(Boolean))];
    if (known.length !== 1) return;
    for (const amount of document.querySelectorAll("[name^='funding-'][name$='-amount']")) {
      if (amount.value) fill([[named(amount.name.replace(/amount$/, "date")), known[0]]], texts.day);
    }
  }

  async function askOf(address) {
    const typed = address.value;
    try {
      const answer = await fetch(`${texts.url}?${new URLSearchParams({ url: typed })}`, { redirect: "error" });
      if (!answer.ok) throw new Error(answer.statusText);
      const { fields } = await answer.json();
      if (typed !== address.value) return; // typed on meanwhile; the next answer comes
      if (fields.url && fields.url !== typed.trim()) {
        address.value = fields.url;
        say(address, texts.shortened);
      }
      const beside = (ending) => named(address.name.replace(/address$/, ending));
      fill([[beside("kind"), fields.kind], [beside("published"), fields.published]], texts.address);
    } catch { say(address, texts.failed); }
  }

  document.addEventListener("change", ({ target }) => {
    const name = target.name ?? "";
    if (/-new_(organisation|receiver)$/.test(name)) {
      fill([[named(`${name}_kind`), kindOf(target.value)]], texts.name);
    } else if (name.endsWith("-new_source_address") && target.value) askOf(target);
    else if (/^funding-\d+-amount$/.test(name) || name.endsWith("-new_source_published")) dateAmounts();
  });
}
