// A form that saves itself: a second after typing stops, when a field is left and when the page is
// hidden. What the server has not confirmed stays in this browser and is sent again. Of an answer the
// server merges what others wrote meanwhile (services/answering.py); else it asks what shall stand.
// The form names in data-saves the fields it is about, the one to write in first.

import { applyEdits, replaceText } from "./answer-edits.js";
import { Fields, fingerprint } from "./answer-fields.js";

const PAUSE = 1000;
const LONGEST = 10_000; // of typing without a pause
const LONGEST_WAIT = 30_000;
const PATIENCE = 20_000;
const SMALL = 48_000; // bytes: a browser lets no more outlive its page
const UNSURE = 50;

export class Saving {
  /** `shown` has the methods state(name, facts), saved(answer), others(names) and choice(html);
      `more()` gives what else is sent, not to be confirmed. */
  constructor(form, { session, kept, person, shown, more = () => ({}) }) {
    Object.assign(this, { form, session, kept, person, shown, more });
    this.code = form.dataset.answer;
    this.url = form.dataset.autosave;
    this.fields = new Fields(form);
    this.names = this.fields.names;
    this.field = this.fields.first;
    this.tries = this.refusals = 0;
    this.inFlight = null; // what was sent and not answered yet, joined
    this.left = []; // of what other tabs left: what has not come back yet
    this.unsure = []; // fingerprints of those that never were: the server may have them
    this.saved = this.fields.given;
    this.begin();
  }

  get now() {
    return this.fields.now;
  }

  get isDirty() {
    return !this.fields.isSame(this.now, this.saved);
  }

  get version() {
    return Number(this.form.elements.version.value);
  }

  set version(number) {
    this.form.elements.version.value = number;
  }

  get isChoosing() {
    return Boolean(this.form.querySelector("[data-choice]"));
  }

  begin() {
    const isOurs = ({ target }) => this.names.includes(target.name);
    const writes = (event) => isOurs(event) && event.target.type !== "radio";
    this.form.addEventListener("input", (event) => isOurs(event) && this.changed());
    this.form.addEventListener("focusout", (event) => writes(event) && this.save());
    this.form.addEventListener("focusin", (event) => writes(event) && this.ask());
    this.form.addEventListener("submit", (event) => this.submitted(event));
    if (this.isChoosing) return;
    this.left = this.kept.left().filter(({ code }) => code === this.code);
    if (this.isDirty) this.changed(); // somebody was quicker than this script
    else this.restoreNext();
  }

  /** What several tabs left comes back one after the other, each merged with those before. */
  restoreNext() {
    const next = this.left.shift();
    if (next) this.restore(next);
  }

  /** Bring back what this browser had not sent; the version says what it started from. */
  restore(kept) {
    if (this.fields.isSame(kept.values, this.now)) {
      this.kept.drop(kept.key);
      this.restoreNext();
      return;
    }
    for (const name of this.names) this.fields.fill(name, kept.values[name]);
    this.version = kept.version;
    this.unsure = kept.unsure;
    this.inFlight = kept.sent;
    this.keep();
    if (kept.key !== this.kept.keyOf(this.code)) this.kept.drop(kept.key);
    this.shown.state("restored");
    this.field.dispatchEvent(new Event("input", { bubbles: true }));
    this.save();
  }

  changed() {
    this.keep();
    if (!this.isDirty) return;
    this.shown.typed();
    const now = performance.now();
    this.since ??= now;
    this.schedule(Math.min(PAUSE, Math.max(0, this.since + LONGEST - now)));
  }

  schedule(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), wait);
  }

  keep(sent = this.inFlight) {
    const { version, unsure, url } = this;
    const page = this.form.action;
    this.kept.keep(this.code, { values: this.now, version, unsure, sent, url, page });
  }

  /** Save now, if anything is to be saved; resolves when this save has been answered. */
  save(choice = {}) {
    clearTimeout(this.timer);
    if (this.isLeft) return Promise.resolve();
    if (this.running) {
      this.again = true;
      return this.running;
    }
    if (!this.isDirty && !choice.take) return Promise.resolve();
    if (this.isChoosing && !choice.take) return Promise.resolve();
    this.running = this.send(choice).finally(() => {
      this.running = null;
      if (this.again && !this.wait) this.save();
      this.again = false;
    });
    return this.running;
  }

  /** Save all of it, also what was typed while a save was under way. */
  async saveAll() {
    do await this.save(); while (this.running);
  }

  async send(choice) {
    const sent = this.now;
    this.since = this.wait = null;
    if (this.inFlight != null) await this.doubt(this.inFlight);
    this.inFlight = this.fields.joined(sent);
    this.keep();
    this.shown.state("saving");
    let answer;
    try {
      answer = await this.post(sent, choice);
    } catch {
      this.later("offline");
      return;
    }
    await this.answered(answer, sent, choice);
  }

  post(sent, choice) {
    const body = new FormData();
    const all = { ...sent, ...this.more() };
    for (const [name, value] of Object.entries(all)) body.append(name, value);
    body.append("version", this.version);
    body.append("person", this.person);
    if (choice.take) body.append("take", choice.take);
    for (const print of this.unsure) body.append("unsure", print);
    return fetch(this.url, {
      method: "POST",
      body,
      headers: { Accept: "application/json", "X-CSRFToken": this.session.token },
      keepalive: this.fields.joined(sent).length * 2 < SMALL,
      signal: AbortSignal.timeout(PATIENCE),
    });
  }

  async answered(response, sent, choice) {
    const isOurs = response.headers.get("Content-Type")?.startsWith("application/json");
    const answer = isOurs ? await response.json().catch(() => null) : null;
    if (answer?.state === "saved") this.took(answer, sent, choice);
    else if (answer?.state === "conflict") this.choose(answer);
    else if (answer?.state === "refused") this.stop("refused", answer);
    else if (answer?.state === "somebody_else") this.stop("somebody_else");
    else if (response.status === 403 && (await this.session.renew())) this.forbidden();
    else if (response.status === 403 || response.redirected) this.later("signed_out");
    else if (response.status === 404) this.stop("no_access");
    else this.later("offline");
  }

  took(answer, sent, choice) {
    this.tries = this.refusals = 0;
    const { edits = [] } = answer;
    if (!applyEdits(this.field, sent[this.field.name], edits)) {
      this.inFlight = null; // typed into what others changed: merged from where we were, next time
      this.schedule(0);
      return;
    }
    this.settle(answer, sent);
    const isMerged = edits.length > 0 && !choice.take;
    this.shown.state(isMerged ? "merged" : "saved", {
      time: answer.at,
      person: answer.others?.join(", ") || "…",
    });
    if (this.isDirty) {
      this.shown.typed(); // while this was under way
      this.schedule(PAUSE);
    } else this.restoreNext();
  }

  /** The server has `answer`: what differs from it now is what was typed since. */
  settle(answer, sent) {
    const { now } = this;
    for (const name of this.names) {
      if (now[name] === sent[name]) this.fields.fill(name, answer.values[name]);
    }
    this.version = answer.version;
    this.saved = answer.values;
    this.unsure = [];
    this.inFlight = null;
    if (this.isDirty) this.keep();
    else this.kept.forget(this.code);
    this.shown.saved(answer);
    if (answer.others) this.shown.others(answer.others);
  }

  choose(answer) {
    this.inFlight = null;
    this.shown.choice(answer, this);
    this.shown.state("conflict", { person: answer.by });
  }

  /** The person chose: their own text, the saved one, or both together. */
  async take(what, { version, joined }) {
    this.version = version;
    this.shown.choice(null, this);
    if (what === "both") replaceText(this.field, joined);
    await this.save({ take: what === "theirs" ? "theirs" : "mine" });
    this.field.focus();
  }

  /** Somebody is signed in and it was refused: with the token of before, or for good. */
  forbidden() {
    this.refusals += 1;
    if (this.refusals < 3) this.later("saving", 0);
    else this.stop("no_access");
  }

  later(state, wait = Math.min(1000 * 2 ** this.tries, LONGEST_WAIT)) {
    this.tries += 1;
    this.wait = state;
    this.shown.state(state);
    this.schedule(wait);
    const text = this.inFlight;
    this.doubt(text).then(() => {
      if (this.inFlight === text) this.inFlight = null;
      this.keep();
    });
  }

  stop(state, facts) {
    this.keep();
    this.shown.state(state, facts);
  }

  /** A button saves the whole form: what is on its way by itself goes first. */
  async submitted(event) {
    if (this.isLetGo || !(this.isDirty || this.running || this.unsure.length)) return;
    event.preventDefault();
    await this.save();
    if (this.isChoosing || (this.wait && !navigator.onLine)) return;
    this.isLetGo = true;
    this.form.requestSubmit(event.submitter);
    setTimeout(() => (this.isLetGo = false));
  }

  /** The page goes on without this form: a last save, and then what is kept waits. */
  async leave() {
    await this.saveAll();
    this.isLeft = true;
    clearTimeout(this.timer);
  }

  /** The connection or the session is back, as far as the browser knows. */
  async wake() {
    if (!this.wait) return;
    if (this.wait === "signed_out" && !(await this.session.renew())) return;
    this.save();
  }

  /** Whether others wrote meanwhile; their text comes in while ours is saved. */
  async ask() {
    if (this.isDirty || this.running || this.isChoosing) return;
    const before = this.now;
    const answer = await fetch(this.url, { headers: { Accept: "application/json" } })
      .then((response) => response.json())
      .catch(() => null);
    if (answer?.state !== "current") return;
    if (answer.others) this.shown.others(answer.others);
    const isOld = answer.version <= this.version || this.running || this.isDirty;
    if (isOld || !this.fields.isSame(this.now, before)) return;
    this.settle(answer, before);
    if (!this.fields.isSame(answer.values, before)) this.shown.state("brought", { person: answer.by });
  }

  /** Remember that the server may have this, though it did not say so. */
  async doubt(text) {
    const print = await fingerprint(text);
    if (print && !this.unsure.includes(print)) this.unsure.push(print);
    this.unsure = this.unsure.slice(-UNSURE);
  }
}
