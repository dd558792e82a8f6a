// Changes that others made, brought into a field in which somebody may be typing.

/** Puts `edits` of the text `sent` into the field; false where the typing of since then is there too. */
export function applyEdits(field, sent, edits) {
  const shifted = edits.map(pastTyping(sent, field.value));
  if (shifted.includes(null)) return false;
  for (const [start, end, text] of shifted.reverse()) {
    field.setRangeText(text, start, end, "preserve");
  }
  return true;
}

/** Puts the whole new text there, touching no more of the field than differs. */
export function replaceText(field, text) {
  const [head, tail] = common(field.value, text);
  const part = text.slice(head, text.length - tail);
  field.setRangeText(part, head, field.value.length - tail, "preserve");
}

function pastTyping(sent, now) {
  const [head, tail] = common(sent, now);
  const last = sent.length - tail;
  return ([start, end, text]) => {
    if (sent === now || end < head) return [start, end, text];
    if (start <= last) return null;
    return [start + now.length - sent.length, end + now.length - sent.length, text];
  };
}

/** How many characters both begin with, and how many of the rest both end with. */
function common(one, other) {
  const shorter = Math.min(one.length, other.length);
  let head = 0;
  while (head < shorter && one[head] === other[head]) head += 1;
  let tail = 0;
  while (tail < shorter - head && one.at(-1 - tail) === other.at(-1 - tail)) tail += 1;
  return [head, tail];
}
