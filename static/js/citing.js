// The evidence of an answer: htmx exchanges what is cited and what was found, in place. Here: Enter
// in one of its fields does what the field is for instead of saving the answer, and what was just
// cited takes the focus, so that its place can be typed.

import { Session } from "./session.js";

const section = document.querySelector("[data-citing]");
if (window.htmx || document.querySelector('script[src*="htmx"]')) section?.classList.add("is-scripted");

section?.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !event.target.matches("[data-place], [data-picker-words], [name^='place-of-']")) return;
  event.preventDefault();
  const { target } = event;
  if (target.matches("[data-place]")) target.dispatchEvent(new Event("change", { bubbles: true }));
  else if (target.matches("[data-picker-words]")) target.dispatchEvent(new Event("search"));
  else target.parentElement.querySelector("button").click();
});

document.addEventListener("htmx:afterSettle", ({ detail }) => {
  if (detail.target.id === "przywolania") document.querySelector("[data-focus]")?.focus();
  if (detail.target.matches("[data-files]")) takeFiles();
});

// A fold that was opened before htmx was there has missed its cue, and would stay empty.
document.addEventListener(
  "htmx:load",
  () => {
    const open = document.querySelectorAll("details[open][hx-trigger^='toggle']");
    for (const fold of open) window.htmx.trigger(fold, "toggle");
  },
  { once: true },
);

// Files: the place for them comes when it is opened, or when somebody drags one over the page. A
// file dropped before it is there must not replace the page.
const files = section?.querySelector("[data-add-files]");
if (files?.querySelector("[data-sending]")) takeFiles();
else if (files) for (const name of ["dragenter", "dragover", "drop"]) document.addEventListener(name, open);

function open(event) {
  if (!event.dataTransfer?.types.includes("Files")) return;
  event.preventDefault();
  files.open = true;
}

function takeFiles() {
  for (const name of ["dragenter", "dragover", "drop"]) document.removeEventListener(name, open);
  import("./uploads.js");
}

// Nobody hears of a request that never came back: the answer's own saving says so, this must too.
document.addEventListener("htmx:sendError", ({ target }) => {
  const status = target.closest?.("[data-citing]")?.querySelector("[data-no-connection]");
  if (status) status.hidden = false;
});
document.addEventListener("htmx:afterOnLoad", () => {
  for (const status of document.querySelectorAll("[data-no-connection]")) status.hidden = true;
});

// What was to be shown when the session had ended does not take the page away, as htmx would: it is
// asked for once more when its reader comes back from signing in.
const signedOut = section?.querySelector("[data-signed-out]");
let lost = null;

document.addEventListener("htmx:beforeOnLoad", (event) => {
  const { xhr, target, pathInfo } = event.detail;
  if (!signedOut || !xhr.getResponseHeader("HX-Redirect")) return;
  event.preventDefault();
  lost = { path: pathInfo.requestPath, context: { source: event.target, target } };
  signedOut.hidden = false;
});
window.addEventListener("focus", async () => {
  if (!lost) return;
  const token = document.querySelector('input[name="csrfmiddlewaretoken"]');
  const session = new Session(token, document.getElementById("writing-texts").dataset.session);
  if (!(await session.renew()) || !lost) return;
  const { path, context } = lost;
  lost = null;
  signedOut.hidden = true;
  window.htmx.ajax("GET", path, context);
});
