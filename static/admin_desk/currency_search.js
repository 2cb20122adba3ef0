/* Lets officers search in the list of currencies; without it the list is a plain one. */
"use strict";
{
  const jQuery = window.django?.jQuery;
  const search = (root) => {
    for (const list of root.querySelectorAll("select.desk-currency:not([name*=__prefix__])")) {
      if (!list.classList.contains("select2-hidden-accessible")) {
        jQuery(list).select2();
        /* select2 tells jQuery alone, and the currency is shown beside the amount. */
        jQuery(list).on("select2:select", () => list.dispatchEvent(new Event("change", { bubbles: true })));
      }
    }
  };
  if (jQuery?.fn.select2) {
    search(document);
    document.addEventListener("formset:added", ({ target }) => search(target));
  }
}
