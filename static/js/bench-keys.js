// Single keys on the bench, while nobody types: they lead on, choose a level and open their own list.
// They can be switched off, for those whose programs type (WCAG 2.1.4).

const OFF = "bench-keys-off";
const TYPING = "textarea, select, [contenteditable], input:not([type=radio], [type=checkbox])";
const PLACES = { e: '[name="strengths"]', d: "#dowody" };
const WAYS = { j: 'a[rel="next"]', k: 'a[rel="prev"]' };

/** Offer the keys for what stands in `work`, and the list of them in `dialog`. */
export function offerKeys(work, dialog) {
  const isOn = dialog.querySelector("[data-keys-on]");
  isOn.checked = !localStorage.getItem(OFF);
  isOn.addEventListener("change", () => {
    if (isOn.checked) localStorage.removeItem(OFF);
    else localStorage.setItem(OFF, "1");
  });
  for (const button of document.querySelectorAll("[data-open-keys]")) {
    button.hidden = false;
    button.addEventListener("click", () => dialog.showModal());
  }
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || dialog.open) return;
    const isTyping = event.target.closest?.(TYPING);
    const isOurs = isTyping ? typed(event, work) : isOn.checked && pressed(event, work, dialog);
    if (isOurs) event.preventDefault();
  });
}

/** In a field: how to leave it, and how to go on. */
function typed(event, work) {
  if (!work.contains(event.target)) return false;
  if (event.key === "Escape" && event.target.matches("textarea")) {
    work.querySelector("#kryterium").focus({ preventScroll: true });
    return true;
  }
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return false;
  return click(event.target.form?.querySelector('[name="then"][value="next"]'));
}

function pressed(event, work, dialog) {
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  const key = event.key.toLowerCase();
  if (key === "?") return dialog.showModal() ?? true;
  if (WAYS[key]) return click(work.querySelector(WAYS[key]));
  if (PLACES[key]) return lead(work.querySelector(PLACES[key]));
  return /^[0-9n]$/.test(key) && choose(work.querySelector(`[name="level"][data-key="${key}"]`));
}

function click(element) {
  element?.click();
  return Boolean(element);
}

function lead(element) {
  element?.focus();
  return Boolean(element);
}

function choose(level) {
  if (!level) return false;
  level.focus();
  level.checked = true;
  level.dispatchEvent(new Event("input", { bubbles: true }));
  return true;
}
