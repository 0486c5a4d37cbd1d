/** More different ones than an account has. The API could fill the memory otherwise. */
const maxObjects = 200;

/**
 * Gives equal objects the same identity. A list of thousands of servers has few plans and systems: one object for each takes less
 * memory, and what was found out about it once need not be found out again.
 */
export class SharedObjects<T extends { readonly id: string | undefined }> {
  readonly #byId = new Map<string | undefined, T>();

  /** An equal object from before, or this one. The fields of `T` must be texts, numbers or undefined. */
  share(object: T): T {
    const known = this.#byId.get(object.id);
    if (known && isEqual(known, object)) {
      return known;
    }
    if (this.#byId.size >= maxObjects) {
      this.#byId.clear();
    }
    this.#byId.set(object.id, object);
    return object;
  }
}

function isEqual<T extends object>(a: T, b: T): boolean {
  for (const key in a) {
    if (a[key] !== b[key]) {
      return false;
    }
  }
  return true;
}
