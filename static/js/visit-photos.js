// Photos of the visit kit: kept in this browser with who agreed to them, sent when there is a
// connection, each under a number made here, so that one sent twice is kept once.

const PREVIEW = 96; // px

export class Photos {
  constructor(form, list, { store, texts, changed }) {
    Object.assign(this, { form, list, store, texts, changed, rows: [] });
    form.removeAttribute("novalidate");
    form.addEventListener("change", () => this.askConsent());
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.add();
    });
    this.askConsent();
  }

  get waits() {
    return this.rows.some((row) => !row.isStuck);
  }

  /** People on a photo must have agreed: the field is asked for then, and only then. */
  askConsent() {
    const { people, consent } = this.form.elements;
    consent.required = people.value === "consented";
    consent.closest("[data-consent]").hidden = !consent.required;
  }

  async begin() {
    for (const row of await this.store.all("photos")) this.show(row);
  }

  async add() {
    const { file, caption, people, consent, for_protocol: forProtocol } = this.form.elements;
    const row = {
      uuid: crypto.randomUUID(),
      file: file.files[0],
      name: file.files[0].name,
      caption: caption.value,
      people: people.value,
      consent: consent.required ? consent.value : "",
      forProtocol: forProtocol.checked,
      takenAt: new Date().toISOString(),
    };
    await this.store.put("photos", row);
    this.show(row);
    this.form.reset();
    this.askConsent();
    this.changed({ now: true });
  }

  show(row) {
    const item = this.texts.querySelector("[data-photo]").cloneNode(true);
    item.querySelector("[data-caption]").textContent = row.caption;
    item.querySelector("[data-discard]").addEventListener("click", () => this.discard(row));
    this.list.append(item);
    row.item = item;
    this.rows.push(row);
    this.say(row, "kept");
    draw(item.querySelector("canvas"), row.file);
  }

  say(row, name, message = "") {
    const state = row.item.querySelector("[data-state]");
    const words = this.texts.querySelector(`[data-text="${name}"]`).textContent;
    state.dataset.state = name;
    state.textContent = message ? `${words} ${message}` : words;
  }

  async discard(row) {
    if (row.isOnItsWay) return;
    await this.drop(row);
    row.item.remove();
  }

  async drop(row) {
    await this.store.drop("photos", row.uuid);
    this.rows = this.rows.filter((one) => one !== row);
  }

  /** Send those that wait; throws where there is no connection. */
  async send(post) {
    for (const row of this.rows.filter(({ isStuck }) => !isStuck)) {
      row.isOnItsWay = true;
      try {
        const answer = await post(this.form.action, bodyOf(row));
        if (answer.state === "saved") await this.saved(row, answer);
        else {
          row.isStuck = true;
          this.say(row, "refused", answer.message);
        }
      } finally {
        row.isOnItsWay = false;
      }
    }
  }

  async saved(row, { url }) {
    await this.drop(row);
    const link = document.createElement("a");
    link.href = url;
    link.textContent = row.caption;
    row.item.querySelector("[data-caption]").replaceChildren(link);
    row.item.querySelector("[data-discard]").remove();
    this.say(row, "saved");
  }
}

function bodyOf(row) {
  const body = new FormData();
  body.append("key", row.uuid);
  body.append("file", row.file, row.name);
  body.append("caption", row.caption);
  body.append("people", row.people);
  body.append("consent", row.consent);
  body.append("taken_at", row.takenAt);
  if (row.forProtocol) body.append("for_protocol", "on");
  return body;
}

/** A small picture of it, drawn here: our policy lets no page load a picture from the device. */
async function draw(canvas, file) {
  try {
    const picture = await createImageBitmap(file);
    const scale = PREVIEW / Math.max(picture.width, picture.height);
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  } catch {
    canvas.remove(); // no picture; the program will say so
  }
}
