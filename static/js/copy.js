// A text that people take elsewhere gets a button that copies it:
// <code data-copy="Copy" data-copied="Copied">…</code>. Without the script one click selects it.

if (navigator.clipboard) document.querySelectorAll("[data-copy]").forEach(offer);

function offer(text) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy-button";
  button.textContent = text.dataset.copy;
  button.setAttribute("aria-live", "polite");
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(text.textContent.trim());
    button.textContent = text.dataset.copied;
    setTimeout(() => (button.textContent = text.dataset.copy), 3000);
  });
  text.after(" ", button);
}
