// Places in the evidence that a rating cites. Each piece of evidence has a bar ([data-cite]) in the
// same element: words that are selected, a part of a page or picture (marks-frame.js), a time. The
// number of what was kept goes into the text that is being written. A link to a place opens it in
// its evidence, where that is on the page; elsewhere it is a link.

import { drawFrame } from "./marks-frame.js";

const CONTEXT = 60; // characters kept around a passage
const SOURCES = ".paper__layer, .reading, .preview__note";
const BLOCKS = "text, p, li, td, th, h1, h2, h3, h4, h5, h6, .reading-plain";
const PLACE = "[data-go='sheet'], video, audio, .preview__note, .preview__picture";

let written = null; // the text that was written in last, and where in it
let caret = [0, 0];
let lost = null; // a selection that went away just now, as it does under a finger
const frames = new WeakMap(); // of bars
const begun = new WeakMap(); // seconds, of bars

const evidenceOf = (bar) => bar.parentElement;
const barOf = (revision) => document.querySelector(`[data-cite][data-revision="${revision}"]`);
const textOf = (bar, name) => bar.querySelector(`[data-text="${name}"]`).textContent;
const pageOf = (bar) => evidenceOf(bar).querySelector("[data-viewer-number]")?.value;
const playerOf = (bar) => evidenceOf(bar).querySelector("video, audio");
const token = () => document.querySelector('input[name="csrfmiddlewaretoken"]')?.value ?? "";

function say(bar, words) {
  bar.querySelector("[data-cite-status]").textContent = words;
}

function field() {
  const fields = [...document.querySelectorAll(".rating-form textarea")];
  return fields.includes(written) ? written : fields[0];
}

function reveal() {
  for (const button of document.querySelectorAll("[data-cite] button:not([data-cite-drawn])")) button.hidden = false;
  for (const button of document.querySelectorAll("[data-mark-insert]")) button.hidden = !field();
  for (const bar of document.querySelectorAll("[data-cite]")) {
    if (frames.has(bar) && !frames.get(bar).isThere()) leaveFrame(bar); // its page was turned
    const typed = document.querySelector("[data-mark-form] [name='page']");
    if (typed && pageOf(bar)) typed.value = pageOf(bar);
  }
}

reveal();
document.addEventListener("htmx:afterSettle", reveal);
// Kept here, since selecting words elsewhere may take the place in a text away.
for (const name of ["focusin", "keyup", "click", "input"]) {
  document.addEventListener(name, ({ target }) => {
    if (!target.matches?.(".rating-form textarea")) return;
    written = target;
    caret = [target.selectionStart, target.selectionEnd];
  });
}

// --- what is sent, and what comes back ----------------------------------------------------------

async function send(url, fields) {
  const body = new URLSearchParams({ csrfmiddlewaretoken: token(), ...fields });
  try {
    const answer = await fetch(url, { method: "POST", body, headers: { "HX-Request": "true" } });
    const text = await answer.text();
    if (answer.status === 422) return { refusal: text };
    const isList = answer.ok && !answer.redirected && !answer.headers.get("HX-Redirect");
    return isList ? { list: text } : {};
  } catch {
    return {};
  }
}

function showList(html) {
  document.getElementById("miejsca").outerHTML = html;
  reveal();
  return document.getElementById("miejsca");
}

async function cite(bar, fields) {
  const page = pageOf(bar);
  const { list, refusal } = await send(bar.dataset.cite, page ? { page, ...fields } : fields);
  if (!list) return say(bar, refusal ?? textOf(bar, "failed"));
  const shown = showList(list);
  leaveFrame(bar);
  begun.delete(bar);
  bar.querySelector("[data-cite-from]")?.setAttribute("aria-pressed", "false");
  const isInserted = insert(shown.dataset.new);
  say(bar, isInserted ? `${textOf(bar, "inserted")} [${shown.dataset.new}].` : shown.dataset.said);
}

function insert(number) {
  const into = field();
  if (!into || !number) return false;
  const [start, end] = into === written ? caret : [into.value.length, into.value.length];
  const gap = /\S$/.test(into.value.slice(0, start)) ? " " : "";
  into.setRangeText(`${gap}[${number}]`, start, end, "end");
  into.dispatchEvent(new Event("input", { bubbles: true }));
  into.focus();
  return true;
}

// --- words --------------------------------------------------------------------------------------

function passage(bar) {
  const selection = getSelection();
  const live = selection.rangeCount && !selection.isCollapsed ? selection.getRangeAt(0) : null;
  const range = live ?? (lost && Date.now() - lost.at < 1000 ? lost.range : null);
  if (!range) return null;
  const sources = [...evidenceOf(bar).querySelectorAll(SOURCES)];
  return sources.map((source) => within(source, range)).find(Boolean) ?? null;
}

function within(source, range) {
  let text = "", start = -1, end = -1, block = null;
  const walker = document.createTreeWalker(source, NodeFilter.SHOW_TEXT);
  for (let node; (node = walker.nextNode()); ) {
    const own = node.parentElement.closest(BLOCKS);
    if (text && own !== block) text += "\n";
    block = own;
    if (range.intersectsNode(node)) {
      const from = node === range.startContainer ? range.startOffset : 0;
      const to = node === range.endContainer ? range.endOffset : node.length;
      if (to > from && start < 0) start = text.length + from;
      if (to > from) end = text.length + to;
    }
    text += node.data;
  }
  if (start < 0 || !text.slice(start, end).trim()) return null;
  const before = text.slice(Math.max(start - CONTEXT, 0), start);
  return { quote: text.slice(start, end), before, after: text.slice(end, end + CONTEXT) };
}

let selected = null;
document.addEventListener("selectionchange", () => {
  const selection = getSelection();
  if (selection.rangeCount && !selection.isCollapsed) selected = selection.getRangeAt(0).cloneRange();
  else if (selected) [lost, selected] = [{ range: selected, at: Date.now() }, null];
});
document.addEventListener("mousedown", (event) => {
  if (event.target.closest("[data-cite-words]")) event.preventDefault(); // the selection stays
});

// --- a part of a page ----------------------------------------------------------------------------

function leaveFrame(bar) {
  frames.get(bar)?.leave();
  frames.delete(bar);
  const drawn = bar.querySelector("[data-cite-drawn]");
  if (drawn) drawn.hidden = true;
  bar.querySelector("[data-cite-region]")?.setAttribute("aria-pressed", "false");
}

function region(bar, button) {
  if (frames.has(bar)) return leaveFrame(bar);
  const paper = evidenceOf(bar).querySelector(".paper");
  if (!paper) return;
  const frame = drawFrame(paper, textOf(bar, "frame"), {
    done: () => cite(bar, frame.sides()),
    left: () => { leaveFrame(bar); button.focus(); },
  });
  frames.set(bar, frame);
  button.setAttribute("aria-pressed", "true");
  bar.querySelector("[data-cite-drawn]").hidden = false;
  say(bar, textOf(bar, "region"));
}

// --- a time --------------------------------------------------------------------------------------

function clock(seconds) {
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, Math.floor(seconds) % 60];
  const two = (number) => String(number).padStart(2, "0");
  return hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

function moment(bar) {
  const now = playerOf(bar).currentTime;
  const since = begun.get(bar);
  if (since === undefined || Math.floor(since) >= Math.floor(now)) return cite(bar, { start: clock(now) });
  return cite(bar, { start: clock(since), end: clock(now) });
}

function from(bar, button) {
  if (begun.has(bar)) begun.delete(bar);
  else begun.set(bar, playerOf(bar).currentTime);
  button.setAttribute("aria-pressed", String(begun.has(bar)));
  say(bar, begun.has(bar) ? `${clock(begun.get(bar))} – ${textOf(bar, "from")}` : "");
}

// --- who asks ------------------------------------------------------------------------------------

const ACTS = {
  "[data-cite-words]": (bar) => {
    const found = passage(bar);
    return found ? cite(bar, found) : say(bar, textOf(bar, "none"));
  },
  "[data-cite-page]": (bar) => cite(bar, {}),
  "[data-cite-region]": region,
  "[data-cite-drawn]": (bar) => cite(bar, frames.get(bar).sides()),
  "[data-cite-moment]": moment,
  "[data-cite-from]": from,
};

document.addEventListener("click", (event) => {
  const bar = event.target.closest("[data-cite]");
  for (const [name, act] of Object.entries(ACTS)) {
    const button = bar && event.target.closest(name);
    if (button) return act(bar, button);
  }
  const again = event.target.closest("[data-mark-insert]");
  if (again) return insert(again.dataset.markInsert);
  const link = event.target.closest("[data-mark-link]");
  if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) openPlace(event, link);
});

document.addEventListener("submit", async (event) => {
  if (!event.target.matches("[data-mark-remove]")) return;
  event.preventDefault();
  const status = document.querySelector("[data-marks-status]");
  const { list, refusal } = await send(event.target.action, {});
  if (list) {
    const shown = showList(list).querySelector("[data-marks-status]");
    shown.tabIndex = -1;
    shown.focus(); // the button that had it is gone
  } else status.textContent = refusal ?? status.dataset.failed;
});

// --- a place is opened in its evidence --------------------------------------------------------------

async function openPlace(event, link) {
  const evidence = barOf(link.dataset.markLink)?.parentElement;
  const target = evidence?.querySelector(".viewer, .preview");
  if (!target || !window.htmx) return;
  event.preventDefault();
  const fold = evidence.closest("details");
  if (fold) fold.open = true;
  if (target.querySelector(".viewer__wait")) await loaded(target);
  const swap = target.matches(".viewer") ? "innerHTML" : "outerHTML";
  await window.htmx.ajax("GET", link.href, { source: target, target, swap });
  const place = evidence.querySelector(PLACE);
  if (place && !place.hasAttribute("tabindex") && !place.matches("video, audio, a")) place.tabIndex = -1;
  place?.focus({ preventScroll: true });
  (evidence.querySelector("[data-spot]") ?? place)?.scrollIntoView({ block: "center" });
}

// A document loads when it comes into sight: then, and not before, another page of it can be asked for.
function loaded(viewer) {
  viewer.scrollIntoView({ block: "center" });
  return new Promise((done) => viewer.addEventListener("htmx:afterSwap", done, { once: true }));
}
