/** Divides work that is asked for all at once into portions, each in a turn of the event loop of its own. */
export class Portions {
  readonly #size: number;
  /** Pieces that were asked for since nothing was waiting any more. */
  #asked = 0;
  #last: Promise<void> = Promise.resolve();

  constructor(size: number) {
    this.#size = size;
  }

  /** When the next piece may be done; undefined: at once. */
  next(): Promise<void> | undefined {
    if (this.#asked % this.#size === 0) {
      this.#wait();
    }
    this.#asked++;
    return this.#asked <= this.#size ? undefined : this.#last;
  }

  #wait(): void {
    const last = this.#last.then(() => new Promise<void>((resolve) => setImmediate(resolve)));
    this.#last = last;
    void last.then(() => {
      if (this.#last === last) {
        this.#asked = 0;
      }
    });
  }
}
