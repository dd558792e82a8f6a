// Files dropped or chosen on [data-sending], a form or a part of one: each gets a row, is sent while its fields
// are filled in, and one button adds them all. On [data-single] one file is taken, and goes where that form goes. The
// plain form beside it is for when this does not run. What the rows and sentences look like is in the form's templates (institutions/_sending.html).

import { Session } from "./session.js";
import { Sending } from "./upload-sending.js";

const place = document.querySelector("[data-sending]");
const isSingle = "single" in place.dataset;
const form = place.closest("form"); // itself, or a larger one around it
const plain = document.querySelector("form[data-plain-sending]");
const part = (name) => place.querySelector(`[data-${name}]`);
const rows = part("rows");
const texts = part("texts").content;
const say = (key) => texts.querySelector(`[data-text="${key}"]`).textContent.trim();
const language = document.documentElement.lang;
const percent = new Intl.NumberFormat(language, { style: "percent" });
const session = new Session(form.elements.csrfmiddlewaretoken, place.dataset.session);
const sendings = new Map(); // row → Sending
let room = Number(place.dataset.room);
let count = 0;
let isWaiting = false; // the button was pressed before all had come
let isLeaving = false;

if (window.tus?.isSupported) begin();

function begin() {
  replacePlain();
  place.hidden = false;
  const zone = part("drop");
  for (const input of place.querySelectorAll("[data-choose]")) {
    input.addEventListener("change", () => {
      take(input.files);
      input.value = "";
    });
  }
  for (const name of ["dragenter", "dragover", "dragleave", "drop"]) {
    // anywhere on the page: a file dropped beside the zone must not replace the page
    document.addEventListener(name, (event) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      zone.classList.toggle("drop-zone--over", name === "dragenter" || name === "dragover");
      if (name === "drop") take(event.dataTransfer.files);
    });
  }
  for (const hint of rows.querySelectorAll("[data-typed-kept]")) hint.hidden = false;
  rows.addEventListener("click", pressed);
  form.addEventListener("submit", submitted);
  form.elements.type_for_all?.addEventListener("change", () => rowsOf("type").forEach(giveKind));
  for (const name of ["online", "focus"]) {
    window.addEventListener(name, () => sendings.forEach((sending) => sending.wake()));
  }
  window.addEventListener("beforeunload", (event) => {
    if (!isLeaving && unfinished().length) event.preventDefault();
  });
  refresh();
}

/** The plain form would be read out, and found, twice; a summary of errors leads to its field. */
function replacePlain() {
  if (!plain) return;
  const { id } = plain.querySelector('input[type="file"]');
  plain.remove();
  part("choose").id = id;
}

function take(files) {
  for (const file of files) add(file);
  refresh();
  if (part("drop").hidden) rows.querySelector("[data-row]:has([data-fields]) button:not([hidden])")?.focus();
  startNext();
}

function add(file) {
  count += 1;
  const markup = part("row-template").innerHTML.replaceAll("__row__", `r${count}`);
  rows.insertAdjacentHTML("beforeend", markup);
  const row = rows.lastElementChild;
  row.querySelector("[data-name]").textContent = file.name;
  row.querySelector("[data-size]").textContent = bytes(file.size);
  for (const label of row.querySelectorAll("[data-of]")) label.textContent = ` – ${file.name}`;
  const against = objection(file);
  if (against) {
    refuse(row, say(against));
    return;
  }
  room -= file.size;
  if (!isSingle) suggest(row, file);
  const { endpoint } = place.dataset;
  const sending = new Sending(file, { endpoint, session, changed: () => show(row) });
  sendings.set(row, sending);
  show(row);
}

function suggest(row, file) {
  row.querySelector('[name$="-title"]').value = titleFrom(file.name);
  giveKind(row.querySelector('[name$="-type"]'));
  takeOver(row, file);
}

/** A file that was refused comes mended, maybe as a PDF: what was typed about it is there already. */
function takeOver(row, file) {
  const same = (one) => titleFrom(one.closest("[data-row]").querySelector("[data-name]").textContent) === titleFrom(file.name);
  const typed = [...rows.querySelectorAll("[data-typed]")].find(same);
  for (const field of typed?.content.querySelectorAll("select, textarea, input:not([type=hidden])") ?? []) {
    const own = row.querySelector(`[name$="-${field.name.split("-").at(-1)}"]`);
    if (own) own.value = field.value;
  }
  typed?.closest("[data-row]").remove();
}

/** What speaks against sending it at all: a key of the texts. */
function objection(file) {
  if (isSingle && rows.querySelectorAll("[data-fields]").length > 1) return "second";
  const ending = /\.[^.]+$/.exec(file.name.toLowerCase())?.[0];
  if (!place.dataset.accept.split(",").includes(ending)) return "kind";
  if (!file.size) return "empty";
  if (file.size > Number(place.dataset.maxBytes)) return "large";
  return file.size > room ? "full" : "";
}

function refuse(row, reason) {
  row.querySelector("[data-fields]")?.remove();
  row.querySelector("[data-progress]").hidden = true;
  row.querySelector("[data-refusal]").hidden = false;
  row.querySelector("[data-reason]").textContent = reason;
  row.querySelector("[data-state]").textContent = "";
  tell(row, reason);
}

/** Let a row say how its file stands. */
function show(row) {
  const sending = sendings.get(row);
  const { state } = sending;
  const bar = row.querySelector("[data-progress]");
  bar.hidden = state === "sent" || state === "failed";
  bar.value = sending.part * 100;
  row.querySelector("[data-pause]").hidden = !sending.isUnderWay;
  row.querySelector("[data-continue]").hidden = state !== "paused";
  if (state !== row.dataset.state) changedState(row, sending);
  const done = state === "sending" ? ` – ${percent.format(Math.floor(sending.part * 100) / 100)}` : "";
  if (state !== "failed") row.querySelector("[data-state]").textContent = say(state) + done;
}

function changedState(row, sending) {
  row.dataset.state = sending.state;
  if (sending.state === "failed") {
    room += sending.file.size;
    sendings.delete(row);
    refuse(row, sending.reason || say("failed"));
  } else if (["sent", "offline", "signedOut", "paused"].includes(sending.state)) {
    tell(row, say(sending.state));
  }
  if (sending.state === "sent") row.querySelector('[name$="upload"]').value = sending.id;
  if (["sent", "failed", "paused"].includes(sending.state)) startNext();
  refresh();
  if (isWaiting && !unfinished().length) form.requestSubmit(part("finish").querySelector("button"));
}

function startNext() {
  const all = [...sendings.values()];
  if (all.some((sending) => sending.isUnderWay)) return;
  all.find((sending) => sending.state === "queued")?.start();
}

function unfinished() {
  return [...sendings.values()].filter((sending) => sending.state !== "sent");
}

function pressed(event) {
  const button = event.target.closest("button");
  const row = button?.closest("[data-row]");
  if (!row) return;
  if (button.matches("[data-pause]")) sendings.get(row).pause();
  if (button.matches("[data-continue]")) sendings.get(row).start();
  if (button.matches("[data-pause], [data-continue]")) {
    row.querySelector("[data-pause]:not([hidden]), [data-continue]:not([hidden])")?.focus();
  }
  if (button.matches("[data-remove]")) {
    event.preventDefault();
    remove(row, button);
  }
}

async function remove(row, button) {
  const sending = sendings.get(row);
  sendings.delete(row);
  tell(row, say("removed"));
  const next = row.nextElementSibling ?? row.previousElementSibling;
  row.remove();
  refresh();
  (next?.querySelector("[data-remove]") ?? part("choose")).focus();
  if (sending) {
    room += sending.file.size;
    await sending.remove();
  } else if (row.dataset.upload) {
    const address = button.formAction.replace(/usun\/$/, "");
    const headers = { "Tus-Resumable": "1.0.0", "X-CSRFToken": session.token };
    await fetch(address, { method: "DELETE", headers }).catch(() => {});
  }
  startNext();
}

function submitted(event) {
  if (event.submitter && !part("finish").contains(event.submitter)) return; // another button of the form
  const left = unfinished();
  isWaiting = left.length > 0;
  isLeaving = !isWaiting;
  part("wait").hidden = !isWaiting;
  if (!isWaiting) return;
  event.preventDefault();
  for (const sending of left) if (sending.state === "paused") sending.start();
  part("live").textContent = part("wait").textContent;
}

function refresh() {
  const described = rows.querySelectorAll("[data-fields]").length;
  part("finish").hidden = !described;
  part("drop").hidden = isSingle && described > 0;
  if (!isSingle) part("shared").hidden = described < 2;
  if (!unfinished().length) part("wait").hidden = true;
}

function tell(row, text) {
  part("live").textContent = `${row.querySelector("[data-name]").textContent}: ${text}`;
}

function rowsOf(field) {
  return rows.querySelectorAll(`[name$="-${field}"]`);
}

/** The kind of all files, where this one was not given its own. */
function giveKind(select) {
  const { value } = form.elements.type_for_all;
  if (select.value && select.value !== select.dataset.given) return;
  select.value = value;
  select.dataset.given = value;
}

/** As title_from() in institutions/views/several.py. */
function titleFrom(name) {
  const stem = name.replace(/\.[^.]*$/, "") || name;
  const title = stem.replace(/_|(?<!\d)-|-(?!\d)/g, " ").trim().replace(/\s+/g, " ").slice(0, 200);
  return title.charAt(0).toUpperCase() + title.slice(1);
}

function bytes(number) {
  const units = ["B", "KB", "MB", "GB"];
  const step = Math.min(Math.floor(Math.log2(Math.max(number, 1)) / 10), 3);
  const format = new Intl.NumberFormat(language, { maximumFractionDigits: step ? 1 : 0 });
  return `${format.format(number / 1024 ** step)}\u00a0${units[step]}`;
}
