/* Reads what stands in a form and puts it back, rows of “Add another” included.
   Tokens, passwords and files are never read. */
"use strict";
{
  const NEVER = ["hidden", "password", "file", "submit", "button", "reset", "image"];
  const TICKED = ["checkbox", "radio"];

  const isTyped = (control) =>
    control.name && control.matches("input, select, textarea") && !NEVER.includes(control.type) &&
    !/password|__prefix__|^overwrite$/i.test(control.name);
  const typed = (form) => [...form.elements].filter(isTyped);
  /* The version that was seen travels with what was typed, so that a conflict is still noticed. */
  const versions = (form) => [...form.elements].filter((control) => /(^|-)seen$/.test(control.name));

  function valuesOf(control) {
    if (TICKED.includes(control.type)) return control.checked ? [control.value] : [];
    if (control.tagName === "SELECT") return [...control.selectedOptions].map((option) => option.value);
    return [control.value];
  }

  /* A list that completes what is typed holds only the chosen options: their words are kept too. */
  const wordsOf = (control) =>
    Object.fromEntries([...control.selectedOptions].map((option) => [option.value, option.text]));

  /* The rows of each kind, as the keys of their records; a new row has an empty one. */
  function rowsOf(form) {
    const rows = {};
    for (const total of form.querySelectorAll("[name$='-TOTAL_FORMS']")) {
      const prefix = total.name.replace(/-TOTAL_FORMS$/, "");
      rows[prefix] = Array.from({ length: Number(total.value) },
        (_, index) => form.elements[`${prefix}-${index}-id`]?.value ?? "");
    }
    return rows;
  }

  function read(form) {
    const fields = {};
    const words = {};
    const seen = {};
    for (const control of typed(form)) {
      (fields[control.name] ??= []).push(...valuesOf(control));
      if (control.matches("select.admin-autocomplete")) words[control.name] = wordsOf(control);
    }
    for (const control of versions(form)) seen[control.name] = control.value;
    return { fields, words, seen, rows: rowsOf(form) };
  }

  /* The index of one more row, or none where no more are allowed. */
  function addedRow(form, prefix) {
    const before = rowsOf(form)[prefix].length;
    document.querySelector(`#${prefix}-group .add-row a`)?.click();
    return rowsOf(form)[prefix].length > before ? before : undefined;
  }

  /* Where each row of the draft stands now: found by its record, not by its place. */
  function places(form, prefix, kept) {
    const now = rowsOf(form)[prefix];
    if (!now) return [];
    const free = [...now.keys()].filter((index) => !now[index]);
    return kept.map((key) => {
      if (!key) return free.shift() ?? addedRow(form, prefix);
      return now.includes(key) ? now.indexOf(key) : undefined;
    });
  }

  /* A function from a name in the draft to the name now; nothing for a row that is gone. */
  function renaming(form, rows) {
    const moved = Object.entries(rows).map(([prefix, kept]) => [prefix, places(form, prefix, kept)]);
    return (name) => {
      for (const [prefix, now] of moved) {
        const [, index, field] = name.startsWith(`${prefix}-`)
          ? name.slice(prefix.length).match(/^-(\d+)-(.+)$/) ?? [] : [];
        if (field) return now[index] === undefined ? undefined : `${prefix}-${now[index]}-${field}`;
      }
      return name;
    };
  }

  function choose(select, values, words = {}) {
    const known = [...select.options].map((option) => option.value);
    for (const value of values.filter((one) => one in words && !known.includes(one))) {
      select.add(new Option(words[value], value));
    }
    for (const option of select.options) option.selected = values.includes(option.value);
  }

  function fill(control, values, words) {
    const before = JSON.stringify(valuesOf(control));
    if (TICKED.includes(control.type)) control.checked = values.includes(control.value);
    else if (control.tagName === "SELECT") choose(control, values, words);
    else control.value = values[0] ?? "";
    if (JSON.stringify(valuesOf(control)) === before) return;
    for (const event of ["input", "change"]) control.dispatchEvent(new Event(event, { bubbles: true }));
  }

  /* True if all of the draft found a place. */
  function restore(form, draft) {
    const renamed = renaming(form, draft.rows);
    const left = Object.keys(draft.fields).filter((name) => !renamed(name));
    for (const [name, values] of Object.entries(draft.fields)) {
      for (const control of typed(form).filter((one) => one.name === renamed(name))) {
        fill(control, values, draft.words[name]);
      }
    }
    for (const control of versions(form)) control.value = draft.seen[control.name] ?? control.value;
    return left.length === 0;
  }

  /* What was sent, was not saved and is shown again: refused, in another language, or on its way to the last page. */
  const goesOn = (form) =>
    "goesOn" in form.dataset || document.querySelector(".errornote, #content-main .errorlist") !== null;

  window.desk = { ...window.desk, typedForm: { read, restore, isTyped, goesOn } };
}
