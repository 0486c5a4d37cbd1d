/** Divides many calls into chunks, each in its own turn of the event loop. */
export class Yielder {
  readonly #chunkSize: number;
  /** Calls since the queue was last empty. */
  #count = 0;
  #last: Promise<void> = Promise.resolve();

  constructor(chunkSize: number) {
    this.#chunkSize = chunkSize;
  }

  /** Resolves when the call may go ahead; undefined where it may at once. */
  next(): Promise<void> | undefined {
    if (this.#count % this.#chunkSize === 0) {
      this.#startChunk();
    }
    this.#count++;
    return this.#count <= this.#chunkSize ? undefined : this.#last;
  }

  #startChunk(): void {
    const last = this.#last.then(() => new Promise<void>((resolve) => setImmediate(resolve)));
    this.#last = last;
    void last.then(() => {
      if (this.#last === last) {
        this.#count = 0;
      }
    });
  }
}
