interface Skip {
  readonly from: number;
  /** The skip ends where the open list or object of this number closes. */
  readonly depth: number;
  /** Whether all of it is replaced by `null`, closing bracket included. */
  readonly isNull: boolean;
}

/** A copy of a text that leaves out or replaces parts of it. Copies no more than necessary. */
export class PartialCopy {
  readonly #text: string;
  #parts: string[] = [];
  #copied: number;
  #skip: Skip | undefined;
  /** UTF-16 units left out since it was last set to 0. */
  leftOut = 0;

  constructor(text: string, from: number) {
    this.#text = text;
    this.#copied = from;
  }

  get skip(): Skip | undefined {
    return this.#skip;
  }

  /** Replaces a part, except inside of one that is left out. */
  replace(from: number, to: number, by: string): void {
    if (this.#skip) {
      return;
    }
    this.#parts.push(this.#text.slice(this.#copied, from), by);
    this.#copied = to;
    this.leftOut += to - from - by.length;
  }

  /** Leaves out everything from here to the end of the list or object `depth`. */
  startSkip(from: number, depth: number, isNull: boolean): void {
    this.#skip = { from, depth, isNull };
  }

  /** At the closing bracket of the list or object `depth`. */
  endSkip(depth: number, at: number): void {
    const skip = this.#skip;
    if (skip?.depth === depth) {
      this.#skip = undefined;
      this.replace(skip.from, skip.isNull ? at + 1 : at, skip.isNull ? 'null' : '');
    }
  }

  /** The copy up to `to`; by default to the end of the text. */
  until(to?: number): string {
    return this.#parts.join('') + this.#text.slice(this.#copied, to);
  }

  /** As `until`; the copy then starts again at `next`. */
  take(to: number, next: number): string {
    const kept = this.until(to);
    this.#parts = [];
    this.#copied = next;
    return kept;
  }
}
