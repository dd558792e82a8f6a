// Buttons and keys that write the marks of bold, italics and lists into a textarea. Everything goes
// through the browser's own editing, so that Ctrl+Z takes it back.

const STRESS = { bold: "**", italic: "*" };
const ITEM = /^([ \t]*)([-*+]|[0-9]{1,9}[.)])([ \t]+)/;

export function offerMarks(form) {
  const bar = form.querySelector("[data-marks]");
  const field = form.elements.text;
  field.before(bar);
  bar.hidden = false;
  const buttons = [...bar.querySelectorAll("[data-mark]")];
  for (const button of buttons) {
    button.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps its focus
    button.addEventListener("click", () => {
      field.focus();
      mark(field, button.dataset.mark);
    });
  }
  bar.addEventListener("keydown", (event) => move(event, buttons));
  field.addEventListener("keydown", (event) => pressed(event, field));
}

/** A toolbar is one stop of the Tab key; arrows go from button to button in it. */
function move(event, buttons) {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const next = (buttons.indexOf(event.target) + step + buttons.length) % buttons.length;
  for (const button of buttons) button.tabIndex = -1;
  buttons[next].tabIndex = 0;
  buttons[next].focus();
}

function pressed(event, field) {
  if (event.isComposing || event.altKey || event.shiftKey) return;
  const stress = { b: "bold", i: "italic" }[event.key.toLowerCase()];
  if ((event.ctrlKey || event.metaKey) && stress) {
    event.preventDefault();
    mark(field, stress);
  } else if (event.key === "Enter" && !event.ctrlKey && !event.metaKey && continueList(field)) {
    event.preventDefault();
  }
}

function mark(field, name) {
  if (STRESS[name]) stress(field, STRESS[name]);
  else list(field, name === "numbers");
}

function stress(field, sign) {
  const { selectionStart: start, selectionEnd: end, value } = field;
  const chosen = value.slice(start, end);
  const words = chosen.trim();
  const from = start + chosen.indexOf(words);
  const to = from + words.length;
  const isOn = value.slice(from - sign.length, from) === sign && value.slice(to).startsWith(sign);
  if (isOn && (sign === "**" || value.slice(from - 2, from) !== "**")) {
    write(field, from - sign.length, to + sign.length, words);
    field.setSelectionRange(from - sign.length, to - sign.length);
  } else {
    write(field, from, to, sign + words + sign);
    field.setSelectionRange(from + sign.length, to + sign.length);
  }
}

/** Makes items of the chosen lines, or plain lines of items. */
function list(field, isNumbered) {
  const { value } = field;
  const start = value.lastIndexOf("\n", field.selectionStart - 1) + 1;
  const next = value.indexOf("\n", Math.max(field.selectionEnd - 1, start));
  const end = next < 0 ? value.length : next;
  const lines = value.slice(start, end).split("\n");
  const isOn = lines.every((line) => !line.trim() || ITEM.test(line));
  let number = 0;
  const marked = lines.map((line) => {
    const plain = line.replace(ITEM, "$1");
    if ((isOn && line.trim()) || (!line.trim() && lines.length > 1)) return plain;
    number += 1;
    return (isNumbered ? `${number}. ` : "- ") + plain.trimStart();
  });
  write(field, start, end, marked.join("\n"));
}

/** Enter after an item begins the next one; after an empty item it ends the list. */
function continueList(field) {
  const { selectionStart: at, selectionEnd, value } = field;
  const start = value.lastIndexOf("\n", at - 1) + 1;
  const item = ITEM.exec(value.slice(start, at));
  if (!item || at !== selectionEnd) return false;
  const [whole, indent, sign, space] = item;
  if (value.slice(start, at) === whole) {
    write(field, start, at, "\n"); // what follows is a paragraph of its own
    return true;
  }
  const number = Number.parseInt(sign, 10);
  const next = Number.isNaN(number) ? sign : `${number + 1}${sign.at(-1)}`;
  write(field, at, at, `\n${indent}${next}${space}`);
  return true;
}

function write(field, start, end, text) {
  field.setSelectionRange(start, end);
  const isDone = text
    ? document.execCommand("insertText", false, text)
    : document.execCommand("delete");
  if (isDone || (!text && start === end)) return;
  field.setRangeText(text, start, end, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}
