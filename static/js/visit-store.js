// What this browser holds of a visit until the program has it: notes and photos, in IndexedDB.
// Rows of other people who use the same phone are never read.

const NAME = "visits";

function answer(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

export class Store {
  static async open({ person, visit }) {
    const opening = indexedDB.open(NAME, 1);
    opening.onupgradeneeded = () => {
      for (const name of ["notes", "photos"]) {
        opening.result.createObjectStore(name, { keyPath: "uuid" });
      }
    };
    return new Store(await answer(opening), { person, visit });
  }

  constructor(database, { person, visit }) {
    Object.assign(this, { database, person, visit });
  }

  async all(name) {
    const rows = await answer(this.of(name, "readonly").getAll());
    return rows.filter(({ person, visit }) => person === this.person && visit === this.visit);
  }

  put(name, row) {
    const { person, visit } = this;
    return answer(this.of(name, "readwrite").put({ ...row, person, visit }));
  }

  drop(name, uuid) {
    return answer(this.of(name, "readwrite").delete(uuid));
  }

  of(name, mode) {
    return this.database.transaction(name, mode).objectStore(name);
  }
}
