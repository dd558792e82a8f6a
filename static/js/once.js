// A form marked data-once is sent once: a second click while the first is on its way does nothing.
// The button is not disabled before the browser has read it, so its own name and value are sent.

const sending = new WeakSet();

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented) return; // the page itself holds it back, and will send it later
  if (!form.matches("[data-once]") || event.submitter?.formTarget === "_blank") return;
  if (sending.has(form)) {
    event.preventDefault();
    return;
  }
  sending.add(form);
  setTimeout(() => {
    if (event.defaultPrevented) {
      sending.delete(form);
      return;
    }
    for (const button of buttonsOf(form)) button.setAttribute("aria-disabled", "true");
  });
});

// The page came back from the browser's memory (the Back button): it may be sent again.
window.addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const form of document.querySelectorAll("form[data-once]")) {
    sending.delete(form);
    for (const button of buttonsOf(form)) button.removeAttribute("aria-disabled");
  }
});

function buttonsOf(form) {
  return [...form.elements].filter((element) => element.type === "submit");
}
