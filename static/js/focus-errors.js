// After a form came back with errors, or a page part with them was exchanged, the list of errors
// gets the focus, so that it is read out and seen first.

document.querySelector("[data-focus-on-load]:not([data-sample] *)")?.focus();

document.addEventListener("htmx:afterSwap", (event) => {
  event.target.querySelector?.("[data-focus-on-load]")?.focus();
});
