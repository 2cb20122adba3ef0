// Signs of life from an open form, and who else has it open. The page works without it.
(() => {
  "use strict";
  const EVERY = 30000;
  const note = document.getElementById("desk-presence");
  const token = document.querySelector("form[id$='_form'] [name=csrfmiddlewaretoken]");
  if (!note || !token) return;
  let submitting = false;

  function post(more, options) {
    const body = new FormData();
    body.append("csrfmiddlewaretoken", token.value);
    Object.entries(more).forEach(([name, value]) => body.append(name, value));
    return fetch(note.dataset.address, { method: "POST", body, ...options });
  }

  async function sign() {
    if (document.hidden) return;
    try {
      const answer = await post({}, { redirect: "error" });
      if (!answer.ok) return;
      const told = (await answer.json()).note;
      if (note.textContent.trim() !== told) note.textContent = told;
    } catch {
      // Without a connection the form still works; the next sign may come through.
    }
  }

  document.addEventListener("submit", (event) => {
    submitting = event.target.matches("form[id$='_form']");
  });
  window.addEventListener("pagehide", () => {
    if (!submitting) post({ leaving: "1" }, { keepalive: true }).catch(() => {});
  });
  window.addEventListener("pageshow", () => {
    submitting = false;
    sign();
  });
  document.addEventListener("visibilitychange", sign);
  setInterval(sign, EVERY);
})();
