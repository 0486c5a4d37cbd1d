/**
 * A text of up to some megabytes, of which parts are read. A string is one. V8 takes about as long to make a string of megabytes
 * as to parse it, so the body of a reply becomes strings piece by piece.
 */
export interface LongText {
  /** UTF-16 units. */
  readonly length: number;
  slice(from: number, to?: number): string;
  /** -1 where it is not found. */
  indexOf(search: string): number;
  lastIndexOf(search: string): number;
  /** The whole text. */
  toString(): string;
}

/** Bytes below 128 as text. */
export class AsciiText implements LongText {
  readonly #bytes: Buffer;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get length(): number {
    return this.#bytes.length;
  }

  slice(from: number, to?: number): string {
    return this.#bytes.toString('latin1', from, to);
  }

  indexOf(search: string): number {
    return this.#bytes.indexOf(search, 0, 'latin1');
  }

  lastIndexOf(search: string): number {
    return this.#bytes.lastIndexOf(search, undefined, 'latin1');
  }

  toString(): string {
    return this.#bytes.toString('latin1');
  }
}
