// Moves the paragraphs of a letter by buttons or by dragging; what counts is the place number of each, which stands
// in the form and can be typed without this script.

const rows = document.querySelector("[data-letter-rows]");
if (rows) arrange(rows);

function arrange(rows) {
  const texts = document.querySelector("[data-letter-texts]").dataset;
  for (const row of movable(rows)) {
    row.querySelector("[data-letter-ways]").append(way(row, -1, texts.up), way(row, 1, texts.down));
    row.draggable = false;
    const handle = row.querySelector("legend");
    handle.addEventListener("pointerdown", () => (row.draggable = true));
    row.addEventListener("dragstart", (event) => {
      event.dataTransfer.effectAllowed = "move";
      row.classList.add("letter-row--dragged");
    });
    row.addEventListener("dragend", () => {
      row.draggable = false;
      row.classList.remove("letter-row--dragged");
      number(rows);
    });
  }
  rows.addEventListener("dragover", (event) => {
    const dragged = rows.querySelector(".letter-row--dragged");
    const over = event.target.closest("[data-letter-row]");
    if (!dragged || !over) return;
    event.preventDefault();
    if (over === dragged) return;
    const { top, height } = over.getBoundingClientRect();
    if (event.clientY < top + height / 2) over.before(dragged);
    else over.after(dragged);
  });
}

function way(row, by, label) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn-sm btn-secondary";
  button.textContent = by < 0 ? "↑" : "↓";
  const name = row.querySelector("legend").textContent.trim();
  button.setAttribute("aria-label", `${label}: ${name}`);
  button.addEventListener("click", () => move(row, by, button));
  return button;
}

function move(row, by, button) {
  const rows = row.parentElement;
  const all = movable(rows);
  const other = all[all.indexOf(row) + by];
  if (!other) return;
  if (by < 0) other.before(row);
  else other.after(row);
  number(rows);
  button.focus();
}

function movable(rows) {
  return [...rows.querySelectorAll("[data-letter-row]")];
}

function number(rows) {
  movable(rows).forEach((row, index) => {
    const place = row.querySelector("input[name$='-ORDER']");
    place.value = index + 1;
    place.dispatchEvent(new Event("input", { bubbles: true })); // what is typed is kept: see keep-draft.js
  });
}
