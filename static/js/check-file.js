// Tells how a certificate stands whose PDF is dropped on the page. The file stays in the browser: its SHA-256 is
// looked up in the list of all that were issued, which is fetched once, so that no server learns who checks what.

const LOCALES = { en: "en-GB" }; // day before month, as everywhere else on these pages
const DAY = /^\d{4}-\d{2}-\d{2}$/;

const place = document.querySelector("[data-check-file]");
if (place && crypto.subtle) offer(place); // browsers hash for pages that came by HTTPS, or from this very machine

function offer(place) {
  const list = fetch(place.dataset.checkFile).then((response) => response.json());
  list.catch(() => (place.querySelector("[data-no-list]").hidden = false));
  const take = async (file) => answer(place, file, await list);
  place.querySelector("[data-choose]").addEventListener("change", (event) => {
    if (event.target.files.length) take(event.target.files[0]);
    event.target.value = ""; // the same file may be chosen again
  });
  takeDropped(place.querySelector("[data-drop]"), take);
  place.hidden = false;
}

function takeDropped(zone, take) {
  for (const name of ["dragenter", "dragover", "dragleave", "drop"]) {
    // anywhere on the page: a file dropped beside the zone must not replace the page
    document.addEventListener(name, (event) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      zone.classList.toggle("drop-zone--over", name === "dragenter" || name === "dragover");
      if (name === "drop" && event.dataTransfer.files.length) take(event.dataTransfer.files[0]);
    });
  }
}

async function answer(place, file, { files }) {
  const facts = files[await sha256(file)];
  const template = place.querySelector(`template[data-verdict="${facts?.status ?? "unknown"}"]`);
  const told = template.content.cloneNode(true);
  fill(told, { ...facts, file: file.name });
  const link = told.querySelector("[data-by-number]");
  if (link) link.href += encodeURIComponent(facts.number);
  place.querySelector("[data-file-answer]").replaceChildren(told);
}

async function sha256(file) {
  const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function fill(told, facts) {
  const texts = document.createTreeWalker(told, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    texts.currentNode.data = texts.currentNode.data.replace(/\[(\w+)\]/g, (blank, name) =>
      name in facts ? inWords(facts[name]) : blank,
    );
  }
}

function inWords(fact) {
  if (!DAY.test(fact)) return fact;
  const { lang } = document.documentElement;
  const day = { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" };
  return new Intl.DateTimeFormat(LOCALES[lang] ?? lang, day).format(new Date(fact));
}
