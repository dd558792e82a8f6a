// The time somebody is at it: from one sign of life to the next, while the page is seen. What the server
// has not been told yet outlives a reload.

const LIFE = ["keydown", "pointerdown", "pointermove", "wheel", "scroll", "input"];
const READING = 120_000; // milliseconds: longer without a sign of life is a break

export class Pace {
  constructor(key) {
    this.key = key;
    this.spent = Number(sessionStorage.getItem(key)) || 0; // milliseconds
    this.told = 0;
    this.last = performance.now();
    for (const name of LIFE) document.addEventListener(name, () => this.live(), { passive: true });
    document.addEventListener("visibilitychange", () => this.live(document.hidden));
  }

  /** After a time unseen, counting begins anew. */
  live(isSeen = !document.hidden) {
    const now = performance.now();
    const passed = now - this.last;
    if (passed < 1000 && isSeen) return;
    this.last = now;
    if (isSeen && passed < READING) this.spent += passed;
    sessionStorage.setItem(this.key, this.spent);
  }

  /** Whole seconds to tell; `confirm` when they have arrived. */
  tell() {
    this.live();
    this.told = Math.floor(this.spent / 1000);
    return this.told;
  }

  confirm() {
    this.spent = Math.max(0, this.spent - this.told * 1000);
    this.told = 0;
    sessionStorage.setItem(this.key, this.spent);
  }
}
