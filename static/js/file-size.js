// Says at once that a file is too large, instead of after minutes of sending.
// <input type="file" data-max-bytes="209715200">; the sentence is in <template id="file-too-large">.

document.addEventListener("change", (event) => {
  const input = event.target;
  if (!input.matches?.('input[type="file"][data-max-bytes]')) return;
  const limit = Number(input.dataset.maxBytes);
  const tooLarge = [...input.files].find((file) => file.size > limit);
  input.setCustomValidity(tooLarge ? sentence(tooLarge, limit) : "");
  if (tooLarge) input.reportValidity();
});

function sentence(file, limit) {
  return document
    .getElementById("file-too-large")
    .content.textContent.trim()
    .replace("[name]", file.name)
    .replace("[size]", megabytes(file.size))
    .replace("[limit]", megabytes(limit));
}

function megabytes(bytes) {
  const number = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 1 });
  return `${number.format(bytes / 1024 / 1024)} MB`;
}
