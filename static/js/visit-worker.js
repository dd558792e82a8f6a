// Keeps the visit kit on the phone: its page and what that is made of, nothing else. With a
// connection the page is always the fresh one. keep-draft.js drops the store at sign-out.

const STORE = "visit-kit";
const KIT = /^\/wizytacje\/\d+\/zestaw\/$/;
const PATIENCE = 4000; // ms; then what is kept is shown, should the network only pretend to work

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("message", (event) => {
  event.waitUntil(keep(event.data.keep).then((done) => event.ports[0].postMessage(done)));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  const isKit = request.mode === "navigate" && KIT.test(url.pathname);
  if (isKit || url.pathname.startsWith("/static/")) event.respondWith(fresh(request, isKit));
});

async function keep(addresses) {
  const store = await caches.open(STORE);
  const done = addresses.map(async (address) => {
    const response = await fetch(address, { credentials: "same-origin" });
    if (!response.ok || response.redirected) throw new Error(address);
    await store.put(address, response);
  });
  const all = await Promise.allSettled(done);
  return all.every(({ status }) => status === "fulfilled");
}

async function fresh(request, isKit) {
  const store = await caches.open(STORE);
  const kept = await store.match(request.url, { ignoreVary: true });
  if (!kept) return fetch(request);
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), PATIENCE);
  try {
    const response = await fetch(request, { signal: controller.signal });
    if (response.status >= 500) return kept;
    if (response.ok) await store.put(request.url, response.clone());
    // closed to this person since (a conflict of interest, another assessor): gone from the phone
    else if (isKit && [403, 404].includes(response.status)) await store.delete(request.url);
    return response;
  } catch {
    return kept;
  } finally {
    clearTimeout(timer);
  }
}
