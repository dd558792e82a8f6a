// The visit kit works without a connection: the page is kept by visit-worker.js, what is written on
// it by visit-store.js, and all of it is sent, one by one, once there is a connection again. Without
// this script its forms save with their buttons.

import { Note } from "./visit-note.js";
import { Photos } from "./visit-photos.js";
import { Session } from "./session.js";
import { Store } from "./visit-store.js";

const PAUSE = 1500;
const FIRST_WAIT = 4000;
const LONGEST_WAIT = 60_000;

const kit = document.querySelector("[data-kit]");
const texts = document.getElementById("kit-texts").content;
if (window.isSecureContext && "indexedDB" in window) begin();

async function begin() {
  if (!(await isOnlyTab())) {
    say("elsewhere");
    for (const set of kit.querySelectorAll("fieldset[data-slip]")) set.disabled = true;
    return;
  }
  const { person, visit } = kit.dataset;
  const store = await Store.open({ person, visit });
  const sending = new Sending(store);
  await sending.begin();
  keepPage();
}

/** Two tabs would write over each other: the second one waits until the first is closed. */
function isOnlyTab() {
  if (!navigator.locks) return true;
  const name = `visit-kit:${kit.dataset.person}:${kit.dataset.visit}`;
  return new Promise((resolve) => {
    navigator.locks.request(name, { ifAvailable: true }, (lock) => {
      resolve(Boolean(lock));
      return lock && new Promise(() => {});
    });
  });
}

class Sending {
  constructor(store) {
    const token = document.querySelector('input[name="csrfmiddlewaretoken"]');
    this.session = new Session(token, kit.dataset.session);
    this.given = { store, texts, changed: (how) => this.changed(how) };
    this.store = store;
    this.wait = FIRST_WAIT;
    this.notes = [...kit.querySelectorAll("form[data-note]")].map((form) => this.take(form));
    const photos = kit.querySelector("form[data-photos]");
    this.photos = photos && new Photos(photos, kit.querySelector("[data-photo-list]"), this.given);
  }

  take(form) {
    return new Note(form, this.given);
  }

  async begin() {
    for (const row of await this.store.all("notes")) {
      const note = this.notes.find((one) => one.row.uuid === row.uuid) ?? this.add(row);
      if (note.restore(row)) await this.store.drop("notes", row.uuid);
    }
    await this.photos?.begin();
    const more = kit.querySelector("[data-more]");
    more?.removeAttribute("hidden");
    more?.addEventListener("click", () => this.add().form.elements.text.focus());
    window.addEventListener("online", () => this.send());
    document.addEventListener("visibilitychange", () => this.send());
    this.send();
  }

  /** A slip of paper more; with a row, for a note that the page does not hold. */
  add(row = {}) {
    const blank = document.getElementById("blank-note").content.firstElementChild.cloneNode(true);
    const uuid = row.uuid ?? crypto.randomUUID();
    for (const field of blank.querySelectorAll("[id], [for]")) {
      if (field.id) field.id = `${field.id}-${uuid}`;
      if (field.htmlFor) field.htmlFor = `${field.htmlFor}-${uuid}`;
    }
    const form = blank.querySelector("form");
    const { elements } = form;
    elements.uuid.value = uuid;
    elements.question.value = row.question ?? "";
    elements.criterion.value = row.criterion ?? "";
    blank.querySelector("[data-question]").textContent = row.question ?? "";
    kit.querySelector("[data-slips]").append(blank);
    const note = this.take(form);
    this.notes.push(note);
    return note;
  }

  changed({ now = false } = {}) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), now ? 0 : PAUSE);
  }

  get waits() {
    return this.notes.some((note) => note.waits) || Boolean(this.photos?.waits);
  }

  /** Send all that waits, one after the other; without a connection try again later. */
  async send() {
    clearTimeout(this.timer);
    if (this.isSending || document.hidden) return;
    this.isSending = true;
    try {
      const hadSome = this.waits;
      for (const note of this.notes) {
        if (note.waits) await note.send((...call) => this.post(...call));
      }
      await this.photos?.send((...call) => this.post(...call));
      this.wait = FIRST_WAIT;
      say("online");
      if (hadSome && !this.waits && (await keepPage())) await this.forget();
    } catch (error) {
      say(error instanceof SignedOut ? "signed-out" : "offline");
      this.timer = setTimeout(() => this.send(), this.wait);
      this.wait = Math.min(this.wait * 2, LONGEST_WAIT);
    } finally {
      this.isSending = false;
    }
    if (this.waits && this.wait === FIRST_WAIT) this.changed();
  }

  /** What the program has, and the page kept on the phone shows, need not be held twice. */
  async forget() {
    for (const { row } of this.notes) {
      if (!row.isDirty) await this.store.drop("notes", row.uuid);
    }
  }

  async post(url, body, isSecond = false) {
    body.set("person", kit.dataset.person);
    const headers = { Accept: "application/json", "X-CSRFToken": this.session.token };
    const response = await fetch(url, { method: "POST", body, headers, redirect: "error" });
    if (response.status === 403) {
      if (isSecond || !(await this.session.renew())) throw new SignedOut();
      return this.post(url, body, true);
    }
    if (![200, 409, 413, 422].includes(response.status)) throw new Error(response.status);
    if (response.status === 413) return { state: "refused", message: "413" };
    return response.json();
  }
}

class SignedOut extends Error {}

/** Keep the page and all it is made of on the phone; whether that was done. */
async function keepPage() {
  if (!("serviceWorker" in navigator)) return false;
  try {
    await navigator.serviceWorker.register(kit.dataset.worker);
    const { active } = await navigator.serviceWorker.ready;
    const used = performance.getEntriesByType("resource").map(({ name }) => new URL(name));
    const parts = used.filter(({ pathname }) => pathname.startsWith("/static/"));
    const keep = [location.pathname, ...new Set(parts.map(({ href }) => href))];
    const { port1, port2 } = new MessageChannel();
    const kept = new Promise((resolve) => (port1.onmessage = ({ data }) => resolve(data)));
    active.postMessage({ keep }, [port2]);
    const done = await kept;
    kit.dataset.kept = done;
    if (done) kit.querySelector("[data-kept]").hidden = false;
    navigator.storage?.persist?.();
    return done;
  } catch {
    return false; // the forms work all the same, with a connection
  }
}

function say(name) {
  if (name === "online" && !("open" in kit.dataset)) return; // the page says why it is closed
  const state = kit.querySelector("[data-kit-state]");
  state.dataset.kitState = name;
  state.textContent = texts.querySelector(`[data-text="${name}"]`).textContent;
}
