// A form marked data-keep-draft keeps what is typed in this browser, for this person and address,
// until it was sent with success (the next page says so in a success message), until they sign
// out, or for a week. After a crash or a lost session it offers the text again.

const PREFIX = "draft:";
const SENT = "draft-sent";
const WEEK = 7 * 24 * 60 * 60 * 1000;

const user = document.body.dataset.user;

forgetOld();
forgetSent();
if (user) document.querySelectorAll("form[data-keep-draft]").forEach(keep);

document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-forget-drafts]")) return;
  forget(() => true);
  forget(() => true, "answer:"); // of answer-kept.js
  window.caches?.delete("visit-kit"); // of visit-worker.js
});

function keep(form, index) {
  const key = `${PREFIX}${user}:${location.pathname}:${form.id || index}`;
  const draft = read(key);
  const typed = contents(form);
  if (draft && JSON.stringify(draft.fields) === typed) localStorage.removeItem(key);
  else if (draft) offer(form, key, draft);

  let timer;
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => save(key, form), 400);
  });
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    save(key, form);
    sessionStorage.setItem(SENT, key);
  });
}

function offer(form, key, draft) {
  const template = document.getElementById("draft-offer");
  const box = template.content.firstElementChild.cloneNode(true);
  const time = new Date(draft.at).toLocaleString(document.documentElement.lang, {
    dateStyle: "medium",
    timeStyle: "short",
  });
  box.querySelector("[data-draft-time]").textContent = `(${time})`;
  box.querySelector("[data-draft-restore]").addEventListener("click", () => {
    restore(form, draft.fields);
    box.remove();
  });
  box.querySelector("[data-draft-discard]").addEventListener("click", () => {
    localStorage.removeItem(key);
    box.remove();
  });
  form.before(box);
}

function fieldsOf(form) {
  return [...form.elements].filter(
    (field) =>
      field.name &&
      !field.closest("[data-no-draft]") &&
      !["hidden", "password", "file", "submit", "button", "reset"].includes(field.type),
  );
}

function valueOf(field) {
  if (field.type === "checkbox" || field.type === "radio") return field.checked;
  if (field.multiple && field.options) return [...field.selectedOptions].map((one) => one.value);
  return field.value;
}

function contents(form) {
  return JSON.stringify(fieldsOf(form).map((field) => [field.name, valueOf(field)]));
}

function restore(form, saved) {
  const fields = fieldsOf(form);
  saved.forEach(([name, value], index) => {
    const field = fields[index];
    if (!field || field.name !== name) return; // the form has changed since
    if (typeof value === "boolean") field.checked = value;
    else if (Array.isArray(value)) for (const one of field.options) one.selected = value.includes(one.value);
    else field.value = value;
  });
  form.dispatchEvent(new Event("input", { bubbles: true }));
  fields[0]?.focus();
}

function save(key, form) {
  try {
    localStorage.setItem(key, JSON.stringify({ at: Date.now(), fields: JSON.parse(contents(form)) }));
  } catch {
    // the browser's store is full or switched off: the form works without it
  }
}

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

function forget(condition, prefix = PREFIX) {
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith(prefix) && condition(read(key))) localStorage.removeItem(key);
  }
}

function forgetOld() {
  forget((draft) => !draft || Date.now() - draft.at > WEEK);
}

function forgetSent() {
  const key = sessionStorage.getItem(SENT);
  if (key && document.querySelector('.message[data-level="success"]')) {
    localStorage.removeItem(key);
    sessionStorage.removeItem(SENT);
  }
}
