/* Lists that complete what is typed (select2) are called by the label of their field: by itself select2
   leaves them, and the boxes in which one searches, without a name. */
"use strict";
{
  const jQuery = window.django?.jQuery;

  const labelOf = (list) => list.labels?.[0] ?? null;

  function nameChosen(box, list, label) {
    const shown = box.querySelector(".select2-selection__rendered");
    shown.removeAttribute("role"); // a box of text without a name, inside of one that has its name
    shown.removeAttribute("aria-readonly");
    label.id ||= `${list.id}-label`;
    box.setAttribute("aria-labelledby", `${label.id} ${shown.id}`);
  }

  function name(list) {
    const box = list.nextElementSibling?.querySelector(".select2-selection");
    const label = labelOf(list);
    if (!box || !label) return;
    if (list.multiple) box.querySelector(".select2-search__field").setAttribute("aria-label", label.textContent.trim());
    else nameChosen(box, list, label);
  }

  const nameAll = (root) => root.querySelectorAll("select.select2-hidden-accessible").forEach(name);

  if (jQuery?.fn.select2) {
    jQuery(() => nameAll(document)); // after the scripts above have made them
    document.addEventListener("formset:added", ({ target }) => nameAll(target));
    jQuery(document).on("select2:open", ({ target }) => {
      const search = document.querySelector(".select2-container--open .select2-dropdown .select2-search__field");
      const label = labelOf(target);
      if (search && label) search.setAttribute("aria-label", label.textContent.trim());
    });
  }
}
