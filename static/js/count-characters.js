// Says how long a text is: <p data-count-of="id-of-textarea" hidden><span data-count></span> …</p>.

for (const line of document.querySelectorAll("[data-count-of]")) {
  const field = document.getElementById(line.dataset.countOf);
  const number = line.querySelector("[data-count]");
  const format = new Intl.NumberFormat(document.documentElement.lang, { useGrouping: true });
  const show = () => {
    number.textContent = format.format(field.value.length);
  };
  field.addEventListener("input", show);
  show();
  line.hidden = false;
}
