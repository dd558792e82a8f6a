// The pages on which answers are written: each form saves itself, has buttons for bold and lists,
// counts its words and shows how it will look. Without this script its buttons save.

import { Kept } from "./answer-kept.js";
import { offerMarks } from "./answer-marks.js";
import { Saving } from "./answer-saving.js";
import { Session } from "./session.js";
import { sendUnsent } from "./answer-unsent.js";
import { Shown } from "./answer-shown.js";
import { watch } from "./answer-watching.js";
import { wordCount } from "./word-count.js";

const texts = document.getElementById("writing-texts");
const { person, application } = texts.dataset;
const token = document.querySelector('input[name="csrfmiddlewaretoken"]');
const session = new Session(token, texts.dataset.session);
const forms = [...document.querySelectorAll("form[data-answer]")];
forms.forEach(offerMarks); // at once: opening the browser's store may take a while
const kept = await Kept.open({ person, application });
const savings = forms.map(begin);

sendUnsent({ kept, session, person, texts, but: savings.map((saving) => saving.code) });

watch(() => savings, current);

function begin(form) {
  const count = form.querySelector("[data-words]");
  const long = count.querySelector("[data-too-long]");
  const field = form.elements.text;
  const show = () => {
    const words = wordCount(field.value);
    count.querySelector("[data-count]").textContent = words;
    long.hidden = words <= Number(count.dataset.limit);
  };
  field.addEventListener("input", show);
  const shown = new Shown(form, { texts: texts.content, changed: show });
  return new Saving(form, { session, kept, person, shown });
}

/** The one being written, or the only one. */
function current() {
  const active = savings.find((saving) => saving.form.contains(document.activeElement));
  return active ?? (savings.length === 1 ? savings[0] : undefined);
}
