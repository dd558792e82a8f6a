// Shows a form of a name in its sentence while it is typed. The server writes the same sentences
// (institutions/previews.py); this only saves pressing "Save" to see them.

// „ze” before s, z, ś, ź, ż with another consonant behind: ze Stowarzyszeniem, z Samorządowym
const HARD_START = /^[sśzźż][bcćdfghjklłmnńpqrsśtvwxzźż]/i;

const form = document.querySelector("[data-name-forms]");

form?.addEventListener("input", (event) => {
  for (const sentence of form.querySelectorAll("[data-sentence-of]")) {
    const { sentenceOf, preposition } = sentence.dataset;
    if (sentenceOf === event.target.id || preposition === event.target.id) show(sentence);
  }
});

// An abbreviation typed once stands in the other cases too, where nothing else does.
form?.addEventListener("change", (event) => {
  if (!event.target.matches('[data-same-in-every-case] [name$="-nom"]')) return;
  for (const other of event.target.closest("table").querySelectorAll(".name-form")) {
    if (other.value.trim()) continue;
    other.value = event.target.value;
    other.dispatchEvent(new Event("input", { bubbles: true }));
  }
});

function show(sentence) {
  const { sentenceOf, preposition, case: inCase } = sentence.dataset;
  const typed = document.getElementById(sentenceOf).value.trim();
  const before = preposition ? `${document.getElementById(preposition).value} ` : "";
  sentence.querySelector("[data-form]").textContent = typed ? before + typed : "…";
  if (inCase !== "inst") return;
  const start = sentence.querySelector("[data-before]");
  start.textContent = start.textContent.replace(/ ze? $/, HARD_START.test(typed) ? " ze " : " z ");
}
