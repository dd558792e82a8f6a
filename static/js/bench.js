// The bench: a rating saves itself, the next criterion comes in place of this one without the page
// being loaded anew, and keys lead through it all. Without this script its buttons and links do.

import { Kept } from "./answer-kept.js";
import { Saving } from "./answer-saving.js";
import { Shown } from "./answer-shown.js";
import { sendUnsent } from "./answer-unsent.js";
import { watch } from "./answer-watching.js";
import { offerKeys } from "./bench-keys.js";
import { Pace } from "./pace.js";
import { Session } from "./session.js";

const texts = document.getElementById("bench-texts");
const { person, keptAs } = texts.dataset;
const work = document.getElementById("praca");
const index = document.getElementById("spis");
const session = new Session(
  document.querySelector('input[name="csrfmiddlewaretoken"]'),
  texts.dataset.session,
);
const kept = await Kept.open({ person, application: keptAs });
const pace = document.querySelector("[data-pace]") && new Pace(`pace:${person}:${keptAs}`);
let saving = begin();

offerKeys(work, document.getElementById("skroty"));
watch(
  () => (saving ? [saving] : []),
  () => saving,
);
sendRest();
window.addEventListener("online", sendRest);

/** What this browser holds of the other criteria. */
function sendRest() {
  sendUnsent({ kept, session, person, texts, but: saving ? [saving.code] : [] });
}

function begin() {
  const form = work.querySelector("form[data-answer]");
  if (!form) return null;
  const shown = new Shown(form, { texts: texts.content, changed: (answer) => told(form, answer) });
  const more = () => (pace ? { seconds: pace.tell() } : {});
  return new Saving(form, { session, kept, person, shown, more });
}

/** The server said how this rating stands, and how far the card is. */
function told(form, { mark, done, total, spent, left }) {
  const link = linkTo(form.dataset.answer);
  if (link) {
    link.dataset.mark = mark;
    link.querySelector("[data-said]").textContent = wordsFor(mark);
    const area = link.closest("[data-area]");
    const links = area.querySelectorAll("[data-code]");
    const rated = area.querySelectorAll('[data-code][data-mark="done"]').length;
    area.querySelector(".count").textContent = `${rated}/${links.length}`;
  }
  if (done === undefined) return;
  pace?.confirm();
  const head = document.querySelector(".bench-head__progress");
  const bar = head.querySelector("progress");
  Object.assign(bar, { value: done, max: total });
  head.querySelector("strong").textContent = wordsFor("progress")
    .replace("[done]", done)
    .replace("[total]", total);
  const submit = head.querySelector("[data-submit]");
  submit?.classList.toggle("btn-primary", done === total);
  submit?.classList.toggle("btn-secondary", done !== total);
  tellPace(spent, left);
}

function tellPace(spent, left) {
  const place = document.querySelector("[data-pace]");
  if (!place || !spent) return;
  place.hidden = false;
  place.querySelector("[data-spent]").textContent = spent;
  place.querySelector("[data-left-of]").hidden = !left;
  place.querySelector("[data-left]").textContent = left;
}

function wordsFor(name) {
  return texts.content.querySelector(`[data-text="${name}"]`).textContent.trim();
}

function linkTo(code) {
  return [...index.querySelectorAll("[data-code]")].find((link) => link.dataset.code === code);
}

// the buttons: what is typed goes first, then one stays or goes on
document.addEventListener(
  "submit",
  async (event) => {
    const wish = event.submitter?.name === "then" && event.submitter.value;
    if (event.target !== saving?.form || !wish) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    await saving.saveAll();
    if (saving.isDirty || saving.isChoosing) return; // its state says why
    if (wish === "stay") return saving.shown.state("all_saved");
    const next = work.querySelector('a[rel="next"]');
    if (next) next.click();
    else location.assign(document.querySelector("[data-submit]").href);
  },
  true,
);

// nobody leaves a criterion without hearing that it could not be saved; the second time one may
document.addEventListener("htmx:confirm", async (event) => {
  if (event.detail.target !== work || !saving) return;
  event.preventDefault();
  const before = saving;
  await before.saveAll();
  const stays = before.isDirty && before.toldOf !== before.fields.joined(before.now);
  before.toldOf = before.fields.joined(before.now);
  if (stays) before.form.querySelector("[data-choice], [data-save-state]").scrollIntoView();
  else event.detail.issueRequest(true);
});

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.target === work) saving?.leave();
});

document.addEventListener("htmx:sendError", ({ detail }) => {
  if (detail.target === work) saving?.shown.state("no_next");
});

document.addEventListener("htmx:afterSwap", ({ detail }) => {
  if (detail.target !== work) return;
  saving = begin();
  index.querySelector("[aria-current]")?.removeAttribute("aria-current");
  const link = linkTo(work.querySelector("[data-here]").dataset.here);
  link?.setAttribute("aria-current", "page");
  if (link) link.closest("[data-area]").open = true;
  link?.scrollIntoView({ block: "nearest" });
  document.querySelector(".bench__case").scrollIntoView({ block: "nearest" });
  work.querySelector("#kryterium").focus({ preventScroll: true });
});
