// One file on its way by the tus protocol: it is paused, waits out a lost connection or a session
// that ended, and goes on where it stopped – after closing the browser too, once the same file is
// chosen again. Of that this browser remembers an address and a fingerprint, no name.

// A proxy holds a piece back until it is whole: a piece is what a break may cost, some seconds of
// sending. On a fast line that is all the rest of the file.
const FIRST = 4 * 1024 * 1024;
const SMALLEST = 1024 * 1024;
const SECONDS = 5;
const LONGEST_WAIT = 30_000;
const WEEK = 7 * 24 * 60 * 60 * 1000;
const PREFIX = "upload:";

export class Sending {
  /** `changed(sending)` is called whenever `state`, `part` (0 to 1) or `reason` changed. */
  constructor(file, { endpoint, session, changed }) {
    Object.assign(this, { file, session, changed, state: "queued", part: 0, reason: "", tries: 0 });
    this.upload = new window.tus.Upload(file, {
      endpoint,
      chunkSize: FIRST,
      retryDelays: null, // we wait ourselves, for as long as it takes
      metadata: { filename: file.name },
      fingerprint: () => fingerprint(file, endpoint),
      urlStorage: addresses,
      onBeforeRequest: (request) => request.setHeader("X-CSRFToken", session.token),
      onProgress: (sent, all) => this.moved(sent / all),
      onChunkComplete: (size) => this.measure(size),
      onSuccess: () => this.become("sent"),
      onError: (error) => this.failed(error),
    });
  }

  get id() {
    return this.upload.url?.split("/").at(-2) ?? "";
  }

  get isUnderWay() {
    return ["sending", "offline", "signedOut"].includes(this.state);
  }

  async start() {
    clearTimeout(this.timer);
    this.began = performance.now();
    this.become("sending");
    if (!this.upload.url) {
      const [known] = await this.upload.findPreviousUploads();
      if (known) this.upload.resumeFromPreviousUpload(known);
    }
    if (this.state === "sending") this.upload.start();
  }

  pause() {
    clearTimeout(this.timer);
    this.upload.abort();
    this.become("paused");
  }

  /** Stops, and throws away what has come. */
  async remove() {
    clearTimeout(this.timer);
    this.state = "removed";
    await this.upload.abort(true).catch(() => {}); // after a week it is thrown away anyhow
  }

  /** The next piece is as much as went through in a few seconds. */
  measure(size) {
    const seconds = (performance.now() - this.began) / 1000;
    this.began = performance.now();
    const wanted = Math.round((size / Math.max(seconds, 0.001)) * SECONDS);
    this.upload.options.chunkSize = Math.max(wanted, SMALLEST);
  }

  moved(part) {
    if (this.state !== "sending") return;
    if (part > this.part) this.tries = 0;
    this.part = part;
    this.changed(this);
  }

  async failed(error) {
    if (["paused", "removed"].includes(this.state)) return;
    const answer = error.originalResponse;
    const status = answer?.getStatus() ?? 0;
    this.tries += 1;
    if (status === 403 && (await this.session.renew())) {
      if (this.tries < 3) this.start();
      else this.refuse(answer.getBody());
    } else if (status === 403) {
      this.waitFor("signedOut");
    } else if (status === 404 && this.tries < 3) {
      this.start(); // too old, or thrown away: it begins anew
    } else if (status >= 400 && status < 500 && ![409, 423, 429].includes(status)) {
      this.refuse(answer.getBody());
    } else {
      this.waitFor("offline");
    }
  }

  waitFor(state) {
    if (this.state === "paused" || this.state === "removed") return;
    this.become(state);
    const wait = Math.min(1000 * 2 ** (this.tries - 1), LONGEST_WAIT);
    this.timer = setTimeout(() => this.start(), wait);
  }

  /** The connection or the session is back, as far as the browser knows. */
  wake() {
    if (this.state === "offline" || this.state === "signedOut") this.start();
  }

  refuse(reason) {
    this.reason = reason.startsWith("<") ? "" : reason;
    this.become("failed");
  }

  become(state) {
    this.state = state;
    this.changed(this);
  }
}

async function fingerprint(file, endpoint) {
  const facts = [document.body.dataset.user, endpoint, file.name, file.size, file.lastModified];
  if (!window.crypto?.subtle) return null;
  const bytes = new TextEncoder().encode(facts.join("\n"));
  const digest = await crypto.subtle.digest("SHA-256", bytes);
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

// Where the rest of a file goes, in this browser, for a week (the form tus-js-client asks for).
const addresses = {
  async findAllUploads() {
    return [];
  },
  async findUploadsByFingerprint(print) {
    forgetOld();
    const known = read(PREFIX + print);
    return known ? [{ uploadUrl: known.url, urlStorageKey: PREFIX + print }] : [];
  },
  async removeUpload(key) {
    localStorage.removeItem(key);
  },
  async addUpload(print, { uploadUrl }) {
    try {
      localStorage.setItem(PREFIX + print, JSON.stringify({ url: uploadUrl, at: Date.now() }));
    } catch {
      // the browser's store is full or switched off: sending works without it
    }
    return PREFIX + print;
  },
};

function forgetOld() {
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith(PREFIX) && !(Date.now() - read(key)?.at < WEEK)) localStorage.removeItem(key);
  }
}

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}
