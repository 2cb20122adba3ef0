/* The menu of the account closes as menus do: by Escape, and when one goes elsewhere. */
"use strict";
{
  const menu = document.querySelector(".desk-account");

  function leave(event) {
    if (!menu.contains(event.target)) menu.open = false;
  }

  function pressed(event) {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  }

  if (menu) {
    document.addEventListener("click", leave);
    document.addEventListener("focusin", leave);
    menu.addEventListener("keydown", pressed);
  }
}
