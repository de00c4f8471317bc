/* Passkeys as a second factor: the only script of this site, on the pages that offer them and nowhere
   else. It hands the browser's answer to a form of the page; without it, people type a number. */
"use strict";
(() => {
  const bytes = (text) =>
    Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (one) => one.charCodeAt(0));
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
  const listed = (known) => (known || []).map((one) => ({ ...one, id: bytes(one.id) }));

  const create = async (asked) => {
    const publicKey = {
      ...asked,
      challenge: bytes(asked.challenge),
      user: { ...asked.user, id: bytes(asked.user.id) },
      excludeCredentials: listed(asked.excludeCredentials),
    };
    const made = await navigator.credentials.create({ publicKey });
    return answer(made, { attestationObject: text(made.response.attestationObject) });
  };

  const get = async (asked) => {
    const publicKey = {
      ...asked,
      challenge: bytes(asked.challenge),
      allowCredentials: listed(asked.allowCredentials),
    };
    const used = await navigator.credentials.get({ publicKey });
    const { authenticatorData, signature } = used.response;
    return answer(used, { authenticatorData: text(authenticatorData), signature: text(signature) });
  };

  const answer = (credential, response) =>
    JSON.stringify({
      id: credential.id,
      rawId: text(credential.rawId),
      type: credential.type,
      response: { ...response, clientDataJSON: text(credential.response.clientDataJSON) },
    });

  const prepare = (form) => {
    const failed = form.querySelector("[data-passkey-failed]");
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      failed.hidden = true;
      const ask = form.dataset.passkey === "create" ? create : get;
      try {
        form.elements.credential.value = await ask(JSON.parse(form.dataset.options));
      } catch {
        failed.hidden = false;
        return;
      }
      form.submit();
    });
    form.hidden = false;
  };

  if (window.PublicKeyCredential) {
    document.querySelectorAll("form[data-passkey]").forEach(prepare);
    document.querySelectorAll("[data-without-passkey]").forEach((one) => { one.hidden = true; });
  }
})();
