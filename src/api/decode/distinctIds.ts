/**
 * Finds ids that occur twice. Most lists are sorted by id or by creation: as long as one is, it is enough to compare
 * neighbours, and no index of thousands of ids is needed.
 */
export class DistinctIds {
  readonly #sorted: string[] = [];
  /** -1 or 1, as `compareIds` for neighbours; 0 up to the second id. */
  #order = 0;
  /** All ids, once they turn out not to be sorted. */
  #index: Set<string> | undefined;

  /** Adds an id. False where it was added before. */
  add(id: string): boolean {
    if (this.#index === undefined) {
      const last = this.#sorted.at(-1);
      const order = last === undefined ? 0 : compareIds(last, id);
      if (last === undefined || (order !== 0 && order === (this.#order || order))) {
        this.#order = order;
        this.#sorted.push(id);
        return true;
      }
      this.#index = new Set(this.#sorted);
    }
    const isNew = !this.#index.has(id);
    this.#index.add(id);
    return isNew;
  }
}

/** -1, 0 or 1. Sorts decimal numbers by their value. */
function compareIds(a: string, b: string): number {
  return Math.sign(a.length - b.length) || (a === b ? 0 : a < b ? -1 : 1);
}
