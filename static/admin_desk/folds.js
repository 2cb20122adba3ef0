/* What was put back into a fold, and where a link of the page leads, is opened. */
"use strict";
{
  function open(element) {
    for (let fold = element?.closest?.("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  }

  const target = () => location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));

  for (const event of ["input", "change"]) document.addEventListener(event, ({ target: box }) => open(box));
  window.addEventListener("hashchange", () => open(target()));
  document.addEventListener("DOMContentLoaded", () => open(target()));
}
