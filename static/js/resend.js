// A form held by the "your session has ended" page. Signing in elsewhere changes the CSRF token;
// this fetches the new one when the person comes back to the tab, and again before sending.
// Without it the form still works: the answer is the same page once more, with a fresh token.

const form = document.querySelector("form[data-resend]");
const ready = form.querySelector("[data-resend-ready]");

document.addEventListener("visibilitychange", () => {
  if (!document.hidden) refresh();
});
window.addEventListener("focus", refresh);

let fresh = false;

form.addEventListener("submit", async (event) => {
  if (fresh) return;
  event.preventDefault();
  const { submitter } = event;
  await refresh();
  fresh = true;
  form.requestSubmit(submitter);
});

async function refresh() {
  try {
    const answer = await fetch(form.dataset.resend, { headers: { Accept: "application/json" } });
    const { token, signed_in: signedIn } = await answer.json();
    for (const field of document.querySelectorAll('input[name="csrfmiddlewaretoken"]')) {
      field.value = token;
    }
    if (signedIn) tell();
  } catch {
    // no connection: sending will say so
  }
}

function tell() {
  ready.textContent = ready.dataset.text;
  ready.classList.remove("visually-hidden");
}
