// How many words a Pole would count, as certification/markup.py counts them: what stands between
// spaces and holds a letter or a digit. Numbers of list items do not count.

const MARKER = /(^|\n)[ \t]*(?:[-*+]|[0-9]{1,9}[.)])[ \t]+/g;
const SPACE = /(?:[^\S\ufeff]|[\x1c-\x1f\x85])+/; // what Python takes for space

export function wordCount(markdown) {
  const words = markdown.replace(MARKER, "$1").split(SPACE);
  return words.filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}
