// When the forms of a page that save themselves are saved and asked about, besides what is typed in
// them: the page is left or comes back, the connection returns, somebody signs out.

const POLL = 20_000;

/** `savings()` gives those of the page, `current()` the one being written, if any. */
export function watch(savings, current) {
  const all = (verb) => Promise.all(savings().map((saving) => saving[verb]()));
  for (const name of ["online", "focus"]) window.addEventListener(name, () => all("wake"));
  document.addEventListener("visibilitychange", () => {
    all(document.hidden ? "save" : "wake");
    if (!document.hidden) current()?.ask();
  });
  window.addEventListener("pagehide", () => all("save"));
  window.addEventListener("pageshow", (event) => event.persisted && all("ask"));
  setInterval(() => document.hidden || current()?.ask(), POLL);

  // who signs out has everything saved first: the browser forgets what it kept
  let isSigningOut = false;
  document.addEventListener(
    "submit",
    async (event) => {
      const waits = savings().some((saving) => saving.isDirty || saving.running);
      if (!event.target.matches("[data-forget-drafts]") || isSigningOut || !waits) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      await all("save");
      if (savings().some((saving) => saving.isDirty)) return; // its state says why
      isSigningOut = true;
      event.target.requestSubmit(event.submitter);
    },
    true,
  );
}
