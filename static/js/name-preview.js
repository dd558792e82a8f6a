// Shows a form of a name in its sentence while it is typed. The server writes the same sentences
// (institutions/previews.py); this only saves pressing "Save" to see them.

// „ze” before s, z, ś, ź, ż with another consonant behind: ze Stowarzyszeniem, z Samorządowym
const HARD_START = /^[sśzźż][bcćdfghjklłmnńpqrsśtvwxzźż]/i;

document.querySelector("[data-name-forms]")?.addEventListener("input", (event) => {
  const sentence = document.querySelector(`[data-sentence-of="${CSS.escape(event.target.id)}"]`);
  if (!sentence) return;
  const typed = event.target.value.trim();
  sentence.querySelector("[data-form]").textContent = typed || "…";
  if (sentence.dataset.case === "inst") {
    const before = sentence.querySelector("[data-before]");
    before.textContent = before.textContent.replace(/ ze? $/, HARD_START.test(typed) ? " ze " : " z ");
  }
});
