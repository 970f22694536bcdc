// Asks the browser for a passkey and sends its answer with the form. Without a script: the code.
const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (one) => one.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const PATHS = { "sign-in": "/api/v1/sign-in/passkey-options", add: "/api/v1/account/sign-in-keys/options" };

async function options(kind) {
  const answer = await fetch(PATHS[kind], { method: "POST" });
  if (!answer.ok) throw new Error("no options");
  const asked = await answer.json();
  asked.challenge = bytes(asked.challenge);
  if (asked.user) asked.user.id = bytes(asked.user.id);
  return asked;
}

function said(credential) {
  const response = { clientDataJSON: text(credential.response.clientDataJSON) };
  for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[name]) response[name] = text(credential.response[name]);
  }
  return JSON.stringify({ id: credential.id, rawId: text(credential.rawId), type: credential.type, response });
}

async function answer(kind) {
  const publicKey = await options(kind);
  return said(await (kind === "add" ? navigator.credentials.create({ publicKey }) : navigator.credentials.get({ publicKey })));
}

function begin(part) {
  const kind = part.dataset.passkey;
  const form = kind === "add" ? part.querySelector("form") : document.querySelector('form[action^="/sign-in"]');
  const hidden = form.querySelector('[name$="passkey"]');
  const ask = async (event) => {
    if (hidden.value) return;
    event.preventDefault();
    try {
      hidden.value = await answer(kind);
      form.requestSubmit();
    } catch {
      part.querySelector("[data-said]").textContent = "No passkey answered. Try again, or use the six-digit code.";
    }
  };
  hidden.value = "";
  part.hidden = false;
  if (kind === "add") form.addEventListener("submit", ask);
  else part.querySelector("button").addEventListener("click", ask);
}

// At a number no browser has one: the page of your own sign-in says where to go instead.
const isNumber = /^[\d.]+$/.test(location.hostname);
if (window.PublicKeyCredential && !isNumber) for (const part of document.querySelectorAll("[data-passkey]")) begin(part);
