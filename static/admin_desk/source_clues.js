/* Asks what the address of a source tells, fills what is empty and says what it filled. */
"use strict";
{
  const texts = document.currentScript.dataset;
  const address = document.querySelector("#id_url");
  const note = document.createElement("div");
  let asked = address?.value;

  function say(...parts) {
    const line = document.createElement("p");
    line.append(...parts);
    note.append(line);
    note.hidden = false;
  }

  const labelOf = (field) => field.labels[0].textContent.trim().replace(/:$/, "");

  function fill(fields) {
    const empty = Object.entries(fields)
      .map(([name, value]) => [document.querySelector(`#id_${name}`), value])
      .filter(([field, value]) => field && value && !field.value);
    for (const [field, value] of empty) {
      field.value = value;
      field.classList.add("desk-filled");
      for (const event of ["input", "change"]) field.dispatchEvent(new Event(event, { bubbles: true }));
    }
    if (empty.length) say(`${texts.filled} ${empty.map(([field]) => labelOf(field)).join(", ")}.`);
  }

  /* Without what tracks the reader it is still the same address. */
  function shorten(url) {
    if (!url || url === address.value.trim()) return;
    address.value = asked = url;
    address.dispatchEvent(new Event("input", { bubbles: true }));
    say(texts.shortened);
  }

  function warn(stored) {
    for (const source of stored.filter((one) => one.address !== location.pathname)) {
      const link = document.createElement("a");
      Object.assign(link, { href: source.address, textContent: source.title, target: "_blank", rel: "noopener" });
      say(`${texts.stored} `, link);
    }
  }

  async function ask() {
    const typed = address.value;
    if (!typed || typed === asked) return;
    asked = typed;
    note.replaceChildren();
    note.hidden = true;
    try {
      const answer = await fetch(`${texts.url}?${new URLSearchParams({ url: typed })}`, { redirect: "error" });
      if (!answer.ok) throw new Error(answer.statusText);
      const { fields, stored } = await answer.json();
      if (typed !== address.value) return; // typed on meanwhile; the next answer comes
      shorten(fields.url);
      fill(fields);
      warn(stored);
    } catch { say(texts.failed); }
  }

  if (address) {
    note.className = "desk-note";
    note.setAttribute("role", "status");
    address.closest(".form-row").append(note);
    address.addEventListener("change", ask);
    address.addEventListener("paste", () => setTimeout(ask)); // when the text is in the field
  }
}
