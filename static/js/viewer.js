// A document read page by page. Turning pages is plain links, which htmx exchanges in place; this
// keeps the focus where it was, says the new page aloud, and turns pages with the arrow keys.

const pageOf = (viewer) => viewer.querySelector("[data-viewer-page]");

let control = null; // what had the focus before its page was exchanged

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const active = document.activeElement;
  control = detail.target.contains(active) ? (active.dataset.go ?? active.name) : null;
});

document.addEventListener("htmx:afterSwap", ({ detail }) => {
  const viewer = detail.target.closest(".viewer");
  if (!viewer) return;
  if (detail.target !== viewer) afterTurning(viewer);
  else if (detail.requestConfig.triggeringEvent?.type === "submit") {
    viewer.querySelector("[data-viewer-hits]")?.focus();
  }
  toSpot(viewer);
});

// A place that is marked comes into sight, wherever on the page it is.
function toSpot(within) {
  within.querySelector("[data-spot]")?.scrollIntoView({ block: "center" });
}

toSpot(document);

function afterTurning(viewer) {
  const page = pageOf(viewer);
  const label = page.querySelector("[data-viewer-label]")?.textContent;
  const status = viewer.querySelector("[data-viewer-status]");
  if (status && label) status.textContent = label;
  if (control) {
    page.querySelector(`[data-go="${control}"], [name="${control}"]`)?.focus({ preventScroll: true });
  } else if (page.getBoundingClientRect().top < 0) {
    page.scrollIntoView();
  }
}

document.addEventListener("keydown", (event) => {
  const go = { ArrowLeft: "previous", ArrowRight: "next" }[event.key];
  const viewer = event.target.closest?.(".viewer");
  if (!go || !viewer || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (event.target.closest("input, select, textarea") || scrollsSideways(event.target)) return;
  const link = pageOf(viewer)?.querySelector(`a[data-go="${go}"][href]`);
  if (!link) return;
  event.preventDefault();
  link.click();
});

const scrollsSideways = (element) => element.scrollWidth > element.clientWidth + 1;
