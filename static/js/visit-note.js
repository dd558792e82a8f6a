// One note of the visit kit. Each letter typed is kept in this browser at once and sent when there
// is a connection. `change` marks each state; `earlier` are those that were sent without an answer,
// so that the program tells our own words from those of another device (services/kit.py).

const MOST_EARLIER = 50;

export class Note {
  constructor(form, { store, texts, changed }) {
    Object.assign(this, { form, store, texts, changed });
    const { elements } = form;
    this.row = {
      uuid: elements.uuid.value,
      question: elements.question.value,
      criterion: elements.criterion.value,
      version: Number(elements.version.value) || 0,
      earlier: [],
      isDirty: false,
    };
    this.read();
    form.addEventListener("input", () => this.typed());
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.changed({ now: true });
    });
  }

  get isEmpty() {
    return !this.row.version && !this.row.text.trim();
  }

  get waits() {
    return this.row.isDirty && !this.isEmpty && !this.isStuck;
  }

  read() {
    const { text, for_protocol: forProtocol } = this.form.elements;
    Object.assign(this.row, { text: text.value, forProtocol: forProtocol.checked });
  }

  async typed() {
    this.read();
    this.isStuck = false;
    const change = crypto.randomUUID();
    const writtenAt = this.row.writtenAt ?? new Date().toISOString();
    Object.assign(this.row, { change, writtenAt, isDirty: true });
    await this.keep();
    this.changed();
  }

  async keep() {
    await this.store.put("notes", this.row);
    if (this.row.isDirty) this.say("kept");
  }

  /** Bring back what this browser held; true where the page says the same or more already. */
  restore(row) {
    if (!row.isDirty && row.version <= this.row.version) return true;
    this.row = row;
    const { text, for_protocol: forProtocol, version } = this.form.elements;
    text.value = row.text;
    forProtocol.checked = row.forProtocol;
    version.value = row.version;
    this.say(row.isDirty ? "kept" : "saved");
    return false;
  }

  /** Send it; whether the program has it now. Throws where there is no connection. */
  async send(post) {
    const sent = { ...this.row };
    this.row.earlier = [...sent.earlier, sent.change].slice(-MOST_EARLIER);
    await this.keep();
    const body = new FormData();
    for (const name of ["uuid", "question", "criterion", "version", "change", "text"]) {
      body.append(name, sent[name]);
    }
    body.append("written_at", sent.writtenAt);
    if (sent.forProtocol) body.append("for_protocol", "on");
    for (const mark of sent.earlier) body.append("earlier", mark);
    const answer = await post(this.form.action, body);
    if (answer.state === "saved") await this.saved(answer, sent);
    else await this.refused(answer);
    return answer.state === "saved";
  }

  async saved({ version }, sent) {
    Object.assign(this.row, { version, earlier: [] });
    this.form.elements.version.value = version;
    if (this.row.change === sent.change) this.row.isDirty = false;
    await this.keep();
    if (!this.row.isDirty) this.say("saved");
  }

  async refused(answer) {
    this.isStuck = true;
    if (answer.state !== "conflict") {
      this.say("refused", answer.message);
      return;
    }
    this.say("conflict");
    this.offer(answer);
  }

  /** Another device of mine saved something else: both texts, and the choice is mine. */
  offer(theirs) {
    const box = this.texts.querySelector("[data-choice]").cloneNode(true);
    box.querySelector("[data-theirs]").textContent = theirs.text;
    const choose = (text, forProtocol) => {
      box.remove();
      this.row.version = theirs.version;
      this.row.earlier = [];
      this.form.elements.text.value = text;
      this.form.elements.for_protocol.checked = forProtocol;
      this.typed();
    };
    box.querySelector("[data-take]").addEventListener("click", () => {
      choose(theirs.text, theirs.for_protocol);
    });
    box.querySelector("[data-mine]").addEventListener("click", () => {
      choose(this.row.text, this.row.forProtocol);
    });
    this.form.querySelector("[data-choice]")?.remove();
    this.form.append(box);
  }

  say(name, message = "") {
    const state = this.form.querySelector("[data-state]");
    state.dataset.state = name;
    const words = this.texts.querySelector(`[data-text="${name}"]`).textContent;
    state.textContent = message ? `${words} ${message}` : words;
  }
}
