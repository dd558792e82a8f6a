// Suggests tags one after another in a field of words with commas between them: the list beside
// <input data-tags> holds single tags, and what stands before the last comma is kept.

document.querySelectorAll("input[data-tags]").forEach((field) => {
  const list = document.getElementById(`${field.id}-suggested`);
  if (!list) return;
  const all = [...list.options].map((option) => option.value);
  field.setAttribute("list", list.id);
  const suggest = () => {
    const before = field.value.slice(0, field.value.lastIndexOf(",") + 1).trim();
    const taken = before.toLowerCase().split(/\s*,\s*/);
    const free = all.filter((tag) => !taken.includes(tag.toLowerCase()));
    list.replaceChildren(...free.map((tag) => new Option("", before ? `${before} ${tag}` : tag)));
  };
  field.addEventListener("input", suggest);
  suggest();
});
