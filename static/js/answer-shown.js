// What a person sees of an answer that saves itself: its state, who else writes, the choice of texts.

const SLOW = 1000; // a save that takes no longer is not worth saying

export class Shown {
  /** `changed(answer)` is called when the server told how it stands. */
  constructor(form, { texts, changed }) {
    Object.assign(this, { form, texts, changed });
    this.place = form.querySelector("[data-save-state]");
  }

  say(name, facts = {}) {
    const text = this.texts.querySelector(`[data-text="${name}"]`).textContent.trim();
    return text.replace(/\[(\w+)\]/g, (slot, fact) => facts[fact] ?? slot);
  }

  state(name, facts) {
    clearTimeout(this.timer);
    if (name === "saving") {
      this.timer = setTimeout(() => this.write(name, facts), SLOW);
    } else {
      this.write(name, facts);
    }
  }

  /** What was said of the saved text is not true of what is being typed; it stays, but fades. */
  typed() {
    const { dataset } = this.place;
    if (["saved", "merged", "brought", "restored"].includes(dataset.state)) dataset.state = "changed";
  }

  write(name, facts) {
    const sentence = this.say(name, facts);
    this.place.dataset.state = name;
    if (this.place.textContent === sentence) return; // said already: not twice to who listens
    this.place.textContent = sentence;
    if (name !== "signed_out") return;
    const link = this.texts.querySelector('[data-text="sign_in"]').cloneNode(true);
    this.place.append(". ", link);
  }

  saved(answer) {
    const preview = this.form.querySelector("[data-preview]");
    if (preview) preview.innerHTML = answer.html; // escaped by the server
    this.changed(answer);
  }

  others(people) {
    const line = this.form.querySelector("[data-others]");
    line.hidden = !people.length;
    line.textContent = people.length ? this.say("others", { people: people.join(", ") }) : "";
  }

  /** Show the choice the server drew, or take it away; its buttons are the answer to it. */
  choice(answer, saving) {
    const place = this.form.querySelector("[data-choice-place]");
    place.innerHTML = answer?.html ?? "";
    for (const button of place.querySelectorAll('[name="take"]')) {
      button.addEventListener("click", (event) => {
        event.preventDefault();
        saving.take(button.value, answer);
      });
    }
    place.querySelector("[data-choice]")?.focus();
  }
}
