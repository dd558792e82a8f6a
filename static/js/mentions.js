// Writing “@” and the beginning of a colleague's name offers the names that fit, as buttons below
// the text: the down arrow leads to them, Escape back. A chosen name is written out and its box
// ticked; without this, the boxes alone do the same.

const fold = (text) => text.toLowerCase().replaceAll("ł", "l").normalize("NFD").replace(/\p{M}/gu, "");
const BEGUN = /(?:^|\s)@([\p{L}\p{M}.-]*(?: [\p{L}\p{M}-]*)?)$/u;

for (const place of document.querySelectorAll("[data-mentions]")) watch(place);
document.addEventListener("htmx:afterSettle", ({ target }) => {
  const place = target.querySelector?.("[data-mentions]");
  if (!place || !target.matches("[data-new-comment]")) return;
  watch(place);
  place.querySelector("textarea").focus();
});

function watch(place) {
  const text = place.querySelector("textarea");
  const list = place.querySelector("[data-mention-list]");
  if (!list) return; // nobody to mention
  const status = place.querySelector("[data-mention-status]");
  const hint = place.querySelector("[data-mention-texts]").content.textContent.trim();
  const boxes = [...place.querySelectorAll("[data-colleague]")];

  text.addEventListener("input", offer);
  text.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
    if (event.key !== "ArrowDown" || list.hidden) return;
    event.preventDefault();
    list.querySelector("button").focus();
  });
  list.addEventListener("keydown", (event) => {
    const all = [...list.querySelectorAll("button")];
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (event.key === "Escape") {
      close();
      text.focus();
    } else if (step) {
      event.preventDefault();
      (all[all.indexOf(event.target) + step] ?? text).focus();
    }
  });

  function offer() {
    const begun = BEGUN.exec(text.value.slice(0, text.selectionStart))?.[1];
    const fitting = begun === undefined ? [] : boxes.filter((box) => fits(box.dataset.colleague, begun));
    if (!fitting.length) return close();
    list.replaceChildren(...fitting.map((box) => row(box, begun)));
    list.hidden = false;
    status.textContent = hint;
  }

  function row(box, begun) {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "btn btn-sm btn-secondary" });
    button.textContent = `@${box.dataset.colleague}`;
    button.addEventListener("click", () => {
      const end = text.selectionStart;
      text.setRangeText(`${box.dataset.colleague} `, end - begun.length, end, "end");
      box.checked = true;
      close();
      text.focus();
      text.dispatchEvent(new Event("input", { bubbles: true }));
    });
    const item = document.createElement("li");
    item.append(button);
    return item;
  }

  function close() {
    list.hidden = true;
    status.textContent = "";
  }
}

function fits(name, begun) {
  const wanted = fold(begun);
  const folded = fold(name);
  return folded !== wanted && (folded.startsWith(wanted) || folded.split(" ").some((word) => word.startsWith(wanted)));
}
