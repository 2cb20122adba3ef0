/* Asks the browser for a passkey and sends the form with what a device answered. The server makes the
   question and checks the answer; without this the pages say what else there is. */
"use strict";
{
  const box = document.querySelector(".desk-passkey");
  const field = box.querySelector("input");
  const button = box.querySelector("button");
  const said = box.querySelector(".desk-passkey-said");
  const { form } = field;
  const creates = "creates" in box.dataset;
  const ALMOST = 2000; // milliseconds: browsers do not tell whether time ran out

  const say = (name) => { said.textContent = box.dataset[name]; };

  function bytes(text) {
    const base64 = text.replaceAll("-", "+").replaceAll("_", "/");
    return Uint8Array.from(atob(base64), (one) => one.charCodeAt(0));
  }

  function text(buffer) {
    const binary = Array.from(new Uint8Array(buffer), (one) => String.fromCharCode(one)).join("");
    return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
  }

  const known = (list) => (list ?? []).map((one) => ({ ...one, id: bytes(one.id) }));

  async function question() {
    const body = new FormData();
    body.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    body.append("begin_passkey", "1");
    const answer = await fetch(box.dataset.ask, { method: "POST", body, redirect: "error" });
    if (!answer.ok) throw new Error(answer.status);
    const options = await answer.json();
    options.challenge = bytes(options.challenge);
    if (creates) {
      options.user.id = bytes(options.user.id);
      options.excludeCredentials = known(options.excludeCredentials);
    } else {
      options.allowCredentials = known(options.allowCredentials);
    }
    return options;
  }

  function answered({ id, rawId, type, response }) {
    const told = { clientDataJSON: text(response.clientDataJSON) };
    if (creates) {
      told.attestationObject = text(response.attestationObject);
      told.transports = response.getTransports?.() ?? [];
    } else {
      told.authenticatorData = text(response.authenticatorData);
      told.signature = text(response.signature);
    }
    return JSON.stringify({ id, rawId: text(rawId), type, response: told });
  }

  function reason(error, waited, timeout) {
    if (error.name === "InvalidStateError") return "known";
    if (error.name === "SecurityError" || error.name === "NotSupportedError") return "unfit";
    return waited > timeout - ALMOST ? "late" : "stopped";
  }

  function isFilledIn() {
    const boxes = [...form.querySelectorAll("input[required]:not([name=code])")];
    const empty = boxes.find((one) => !one.value);
    empty?.focus();
    return !empty;
  }

  async function ask() {
    if (!isFilledIn()) {
      say("missing");
      return;
    }
    let publicKey;
    try {
      publicKey = await question();
    } catch {
      say("failed");
      return;
    }
    say("waits");
    const began = Date.now();
    try {
      field.value = answered(await navigator.credentials[creates ? "create" : "get"]({ publicKey }));
    } catch (error) {
      say(reason(error, Date.now() - began, publicKey.timeout));
      return;
    }
    field.disabled = false;
    form.requestSubmit(form.querySelector("[type=submit]"));
  }

  if (window.PublicKeyCredential && navigator.credentials) {
    box.querySelector(".desk-passkey-absent").hidden = true;
    button.hidden = false;
    button.addEventListener("click", async () => {
      button.disabled = true;
      try {
        await ask();
      } finally {
        button.disabled = false;
      }
    });
  }
}
