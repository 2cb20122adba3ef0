/* What is pressed beside the form of a record acts on the record as it is typed: that is saved first. */
"use strict";
{
  const { said } = document.currentScript.dataset;
  const isElsewhere = (event) => event.ctrlKey || event.metaKey || event.shiftKey;

  function start(buttons, form) {
    buttons.nextElementSibling.textContent = said;

    function saveFirst(event, address) {
      if (isElsewhere(event) || !window.desk.isUnsaved?.()) return;
      event.preventDefault();
      const then = document.createElement("input");
      then.type = "hidden";
      then.name = "_then";
      then.value = new URL(address).pathname.split("/").at(-2);
      form.append(then);
      form.requestSubmit(form.querySelector("[name=_continue]"));
      then.remove(); // it is on its way; a page that the browser gives back shall save, and no more
    }

    for (const link of buttons.querySelectorAll("a")) link.addEventListener("click", (event) => saveFirst(event, link.href));
    for (const step of buttons.querySelectorAll("form")) step.addEventListener("submit", (event) => saveFirst(event, step.action));
  }

  const buttons = document.querySelector(".desk-panel .desk-buttons");
  const form = document.getElementById("initiative_form");
  if (buttons && form?.querySelector("[name=_continue]")) start(buttons, form);
}
