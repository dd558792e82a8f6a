// The fields of a form that saves itself: the names in its data-saves, the one to write in first.

import { replaceText } from "./answer-edits.js";

const BETWEEN = "\u001f"; // two fields in what a fingerprint is of; the server joins them alike

export class Fields {
  constructor(form) {
    this.form = form;
    this.names = form.dataset.saves.split(" ");
    this.first = form.elements[this.names[0]];
  }

  get now() {
    return Object.fromEntries(this.names.map((name) => [name, this.form.elements[name].value]));
  }

  /** As the page came, whatever was typed since. */
  get given() {
    return Object.fromEntries(this.names.map((name) => [name, given(this.form.elements[name])]));
  }

  joined(values) {
    return this.names.map((name) => values[name]).join(BETWEEN);
  }

  isSame(one, other) {
    return this.joined(one) === this.joined(other);
  }

  fill(name, value) {
    const field = this.form.elements[name];
    if (field instanceof RadioNodeList) {
      for (const choice of field) choice.checked = choice.value === value;
    } else if (field.value !== value) {
      replaceText(field, value);
    }
  }
}

function given(field) {
  if (!(field instanceof RadioNodeList)) return field.defaultValue;
  return [...field].find((choice) => choice.defaultChecked)?.value ?? "";
}

export async function fingerprint(text) {
  if (!window.crypto?.subtle) return null;
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
