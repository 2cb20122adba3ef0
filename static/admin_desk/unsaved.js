/* Says in the bar of the buttons how many fields are typed and not saved yet. */
"use strict";
{
  const texts = document.currentScript.dataset;
  const { typedForm } = window.desk;
  const PAUSE = 300; // milliseconds after the last key

  function start(form) {
    const bar = form.querySelector(".submit-row");
    if (!bar) return;
    const before = typedForm.read(form).fields;
    const line = document.createElement("span");
    line.className = "desk-unsaved";
    line.setAttribute("role", "status");
    bar.prepend(line);

    function changed() {
      const now = typedForm.read(form).fields;
      return Object.keys(now).filter((name) =>
        JSON.stringify(now[name]) !== JSON.stringify(before[name] ?? [""]) && now[name].some(Boolean) ||
        name in before && JSON.stringify(now[name]) !== JSON.stringify(before[name]));
    }
    const isShownAgain = typedForm.goesOn(form);
    window.desk.isUnsaved = () => isShownAgain || changed().length > 0;

    function count() {
      const names = changed();
      line.textContent = names.length ? texts.unsaved.replace("{count}", names.length) : "";
    }

    let timer;
    const later = () => {
      clearTimeout(timer);
      timer = setTimeout(count, PAUSE);
    };
    for (const event of ["input", "change", "formset:removed"]) document.addEventListener(event, later);
    window.django?.jQuery?.(form).on("change", later); // of lists that complete what is typed
  }

  document.addEventListener("DOMContentLoaded", () => {
    const form = document.querySelector("#content-main form[method='post']:not(.desk-step)");
    if (form && [...form.elements].some(typedForm.isTyped)) start(form);
  });
}
