/* The list while it follows its filters: htmx fetches it, this keeps what the reader sees and holds. */
"use strict";
{
  const list = () => document.getElementById("list");
  const groups = () => [...list().querySelectorAll("#filters details")];
  const keyOf = (group) => `${group.closest("fieldset").id} ${group.className}`;
  const isOurs = ({ target }) => Boolean(target.closest?.("#list"));
  const topOf = (element) => element.getBoundingClientRect().top;

  let before = null; // the list is replaced
  let shows = false; // the reader asked to be shown the results

  function remember() {
    const held = document.activeElement;
    const id = held.closest("#list") ? held.id : "";
    before = { id, top: topOf(held), open: new Map(groups().map((one) => [keyOf(one), one.open])) };
  }

  /* The option that is held may have moved, and chips above it come and go: the page moves with it. */
  function restore({ id, top, open }) {
    for (const group of groups()) group.open = open.get(keyOf(group)) ?? group.open;
    const held = id && document.getElementById(id);
    if (!held) return;
    for (let fold = held; (fold = fold.closest("details:not([open])")); ) fold.open = true;
    held.focus({ preventScroll: true });
    window.scrollBy({ top: topOf(held) - top, behavior: "instant" });
  }

  /* As without this script: the panel of a narrow screen is closed, the list begins at its head. */
  function showResults() {
    document.getElementById("show-filters").checked = false;
    document.getElementById("results").focus({ preventScroll: true });
    list().scrollIntoView();
  }

  document.addEventListener("htmx:beforeSwap", (event) => isOurs(event) && remember());
  document.addEventListener("htmx:afterSwap", () => {
    if (before) restore(before);
    if (shows) showResults();
    before = null;
    shows = false;
  });

  /* Whoever presses Enter in a box goes on typing there. */
  document.addEventListener("submit", ({ target, submitter }) => {
    if (target.id !== "filters") return;
    shows = submitter?.id === "filters-show" && !document.activeElement.matches("input");
  });

  const tellBusy = (is) => document.getElementById("results")?.setAttribute("aria-busy", String(is));
  document.addEventListener("htmx:beforeRequest", (event) => isOurs(event) && tellBusy(true));
  document.addEventListener("htmx:afterRequest", () => tellBusy(false));

  /* What went wrong is told by the page itself, or by the browser. */
  for (const name of ["htmx:sendError", "htmx:responseError"]) {
    document.addEventListener(name, (event) => isOurs(event) && document.getElementById("filters").submit());
  }

  /* An address says what was chosen; empty boxes say nothing. */
  document.addEventListener("formdata", ({ target, formData }) => {
    if (target.id !== "filters") return;
    for (const name of new Set(formData.keys())) {
      const all = formData.getAll(name);
      if (!all.includes("")) continue;
      formData.delete(name);
      all.filter(Boolean).forEach((value) => formData.append(name, value));
    }
  });
}
