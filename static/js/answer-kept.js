// What was typed into answers and is not saved yet, kept in this browser for this person: through a
// lost connection, a crash and a reload. keep-draft.js forgets it all when they sign out. Each page
// keeps its own, so that two tabs with one answer lose nothing of each other; what a page left that
// is not open any more is taken over by the next.

const PREFIX = "answer:";

export class Kept {
  /** Of this page. Resolves once it is known which other pages are open. */
  static async open({ person, application }) {
    const page = `${Date.now()}-${Math.random().toString(36).slice(2)}`;
    const kept = new Kept(`${PREFIX}${person}:${application}:`, page);
    if (!navigator.locks) return kept; // no secure connection: the texts of all are taken over
    const name = (one) => kept.prefix + one;
    await new Promise((isHeld) => {
      navigator.locks.request(name(page), () => (isHeld(), new Promise(() => {})));
    });
    const { held } = await navigator.locks.query();
    kept.isOpen = (one) => held.some((lock) => lock.name === name(one));
    return kept;
  }

  constructor(prefix, page) {
    Object.assign(this, { prefix, page, isOpen: () => false });
  }

  /** `kept`: { url, page, values, version, sent, unsure } */
  keep(code, kept) {
    try {
      localStorage.setItem(this.keyOf(code), JSON.stringify({ ...kept, at: Date.now() }));
    } catch {
      // the browser's store is full or switched off: saving works without it
    }
  }

  forget(code) {
    this.drop(this.keyOf(code));
  }

  /** What pages left that are closed now, and what this one left behind, the oldest first:
      { key, code, … }, as it was kept. */
  left() {
    return Object.keys(localStorage)
      .filter((key) => key.startsWith(this.prefix))
      .map((key) => {
        const [code, page] = key.slice(this.prefix.length).split(":");
        const isLeft = page === this.page || !this.isOpen(page);
        return isLeft && { ...this.read(key), key, code };
      })
      .filter((one) => one?.url)
      .sort((one, other) => one.at - other.at);
  }

  drop(key) {
    localStorage.removeItem(key);
  }

  keyOf(code) {
    return `${this.prefix}${code}:${this.page}`;
  }

  read(key) {
    try {
      return JSON.parse(localStorage.getItem(key));
    } catch {
      return null;
    }
  }
}
