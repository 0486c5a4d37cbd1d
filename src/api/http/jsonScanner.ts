import * as char from './jsonChars.ts';
import { jsonLimits } from './jsonLimits.ts';
import type { JsonSlice, ScannedList } from './jsonLimits.ts';
import {
  indexOf,
  isValueOf,
  nonBlank,
  readString,
  startsAsJson,
  wordEnd,
  wordReplacement,
} from './jsonTokens.ts';
import { PartialCopy } from './partialCopy.ts';

/** Levels of nesting beyond which the whole text is refused. */
const maxOpen = 1_000;
/** UTF-16 units and entries of a slice: `JSON.parse` needs a few milliseconds for it. */
const sliceUnits = 64 * 1024;
const sliceEntries = 500;
/** UTF-16 units of a number. */
const maxNumber = 200;
/** White space in one place. */
const maxBlanks = 100;
/** Fields of the object around a list. */
const maxListFields = 64;

/** `tooLarge`: nested far beyond `jsonLimits.depth`. `complete` does not mean that the syntax is right. */
export type ScanState = 'complete' | 'truncated' | 'notJson' | 'tooLarge';

/**
 * Reads a JSON text once, in portions, and prepares it for `JSON.parse`:
 *
 * - leaves out what exceeds `jsonLimits`
 * - replaces `NaN` and `Infinity`, which Python sends, by null
 * - turns integers that a JavaScript number cannot hold into texts, so that ids keep all their digits
 * - splits the list (the top-level array, or `results`) into slices that can be parsed one by one
 *
 * Does not check the syntax beyond strings and brackets: `JSON.parse` does that for all that is kept.
 */
export class JsonScanner {
  readonly #text: string;
  /** Undefined for a text that is no list. */
  readonly #maxEntries: number | undefined;
  /** Brackets of the open lists and objects, and the commas so far in each. */
  readonly #open: number[] = [];
  readonly #commas: number[] = [];
  #at = 0;
  #isInvalid = false;
  #isTooDeep = false;
  /** Where a string that the text does not close can be closed; -1 where there is none. */
  #openString = -1;

  /** What is kept of the text, and not yet in `#head` or a slice. */
  readonly #copy: PartialCopy;

  /** The entry, or the field of a list's object, that is being read. */
  #values = 0;
  #entryFrom = 0;
  #stringFrom = 0;

  readonly #head: string[] = [];
  readonly #slices: JsonSlice[] = [];
  /** Number of open brackets inside the list; -1 before it, 0 after it. */
  #listDepth: number;
  #isMap = false;
  #entries = 0;
  #sliceEntries = 0;
  #sliceFrom = 0;

  /** @param maxEntries entries to keep of the list in the text; undefined for a text that is no list */
  constructor(text: string, maxEntries?: number) {
    this.#text = text;
    this.#maxEntries = maxEntries;
    this.#listDepth = maxEntries === undefined ? 0 : -1;
    while (text.charCodeAt(this.#at) === char.byteOrderMark) {
      this.#at++;
    }
    this.#copy = new PartialCopy(text, this.#at);
  }

  /** Reads about `units` UTF-16 units. Returns whether there are more. */
  run(units: number): boolean {
    const text = this.#text;
    const end = Math.min(this.#at + units, text.length);
    let at = this.#at;
    while (at < end) {
      const from = at;
      const code = text.charCodeAt(at);
      at++;
      if (code === char.quote) {
        // Nearly all strings end at the next quote, which is found faster than by looking at each character.
        const next = text.indexOf('"', at);
        const isPlain = next >= 0 && text.charCodeAt(next - 1) !== char.backslash;
        at = isPlain && next - from <= jsonLimits.text ? next + 1 : this.#readString(from);
        this.#stringFrom = from;
      } else if (code > char.space && code !== char.colon) {
        if (code === char.comma) {
          this.#readComma(from);
        } else if (code === char.openList || code === char.openObject) {
          this.#readOpen(code, from);
        } else if (code === char.closeList || code === char.closeObject) {
          this.#readClose(code, from);
        } else {
          at = wordEnd(text, at, maxNumber);
          if (at - from >= 16 || !char.isDigit(code)) {
            this.#readWord(from, at);
          }
        }
        if (this.#isInvalid) {
          break;
        }
      } else if (code <= char.space && text.charCodeAt(at) <= char.space) {
        at = indexOf(nonBlank, text, at);
        if (at - from > maxBlanks) {
          this.#copy.replace(from, at, '');
        }
      }
    }
    this.#at = at;
    return at < text.length && !this.#isInvalid;
  }

  get state(): ScanState {
    if (this.#isTooDeep) {
      return 'tooLarge';
    }
    const isOpen = this.#open.length > 0 || this.#openString >= 0;
    if (this.#isInvalid || (isOpen && !startsAsJson(this.#text))) {
      return 'notJson';
    }
    return isOpen ? 'truncated' : 'complete';
  }

  /** The text without the entries of its list. */
  get rest(): string {
    return this.#head.join('') + this.#copy.until();
  }

  /** Undefined where the text has no list. */
  get list(): ScannedList | undefined {
    return this.#head.length === 0
      ? undefined
      : { slices: this.#slices, length: this.#entries, isMap: this.#isMap };
  }

  /** A text that ends too early, with its open string, lists and objects closed. */
  get closed(): string {
    const { skip } = this.#copy;
    const isInString = !skip && this.#openString >= 0;
    const depth = skip ? skip.depth - (skip.isNull ? 1 : 0) : this.#open.length;
    const closers = this.#open.slice(0, depth).map((code) => (code === char.openList ? ']' : '}'));
    const end = skip ? skip.from : isInString ? this.#openString : this.#at;
    const ending = isInString ? '"' : skip?.isNull ? 'null' : '';
    return this.#copy.until(end) + ending + closers.reverse().join('');
  }

  /** Reads a string with escapes, a long one or an open one. Returns its end. */
  #readString(from: number): number {
    const { end, isClosed, cutAt, isTooLong } = readString(this.#text, from, jsonLimits.text);
    if (!isClosed) {
      this.#openString = cutAt;
    } else if (isTooLong) {
      this.#copy.replace(cutAt, end - 1, '');
    }
    return end;
  }

  /** A number, `true`, `false` or `null`, or anything that is no JSON. */
  #readWord(from: number, to: number): void {
    const length = to - from;
    const first = this.#text.charCodeAt(from);
    if (this.#open.length === 0 && (!char.isWordStart(first) || length > maxNumber)) {
      // A page or a long text, which need not be read to its end.
      this.#isInvalid = true;
    } else if (length > maxNumber) {
      this.#copy.replace(from, to, 'null');
    } else if (length >= 16 || (this.#open.length > 0 && !char.isLiteral(first))) {
      const replacement = wordReplacement(this.#text.slice(from, to));
      if (replacement !== undefined) {
        this.#copy.replace(from, to, replacement);
      }
    }
  }

  #readComma(at: number): void {
    const depth = this.#open.length;
    if (depth > 0 && depth === this.#listDepth) {
      this.#endEntry(at);
    } else if (depth > 0) {
      const commas = (this.#commas[depth - 1] ?? 0) + 1;
      this.#commas[depth - 1] = commas;
      this.#values++;
      const isFieldOfList = depth === 1 && this.#maxEntries !== undefined;
      const isOver = isFieldOfList ? commas >= maxListFields : commas >= jsonLimits.items;
      if (!this.#copy.skip && (isOver || (!isFieldOfList && this.#isEntryFull(at)))) {
        this.#copy.startSkip(at, depth, false);
      }
      if (isFieldOfList) {
        this.#startEntry(at);
      }
    }
  }

  #isEntryFull(at: number): boolean {
    // The fields around a list are few and short.
    const share = this.#maxEntries !== undefined && this.#listDepth <= 0 ? 16 : 1;
    return (
      this.#values * share >= jsonLimits.values ||
      (at - this.#entryFrom - this.#copy.leftOut) * share >= jsonLimits.units
    );
  }

  #startEntry(at: number): void {
    this.#values = 0;
    this.#copy.leftOut = 0;
    this.#entryFrom = at + 1;
  }

  #readOpen(code: number, at: number): void {
    const depth = this.#open.length;
    const isList =
      this.#listDepth < 0 &&
      (depth === 0
        ? code === char.openList
        : depth === 1 && isValueOf('results', this.#text, this.#stringFrom, at));
    if (depth >= jsonLimits.depth && !this.#copy.skip) {
      this.#copy.startSkip(at, depth + 1, true);
    }
    if (depth >= maxOpen) {
      this.#isInvalid = true;
      this.#isTooDeep = true;
    }
    this.#open.push(code);
    this.#commas.push(0);
    if (isList && !this.#copy.skip) {
      this.#head.push(this.#copy.take(at + 1, at + 1));
      this.#sliceFrom = at + 1;
      this.#listDepth = depth + 1;
      this.#isMap = code === char.openObject;
      this.#startEntry(at);
    }
  }

  #readClose(code: number, at: number): void {
    const depth = this.#open.length;
    // The closing brackets follow the opening ones by two in ASCII.
    if (depth === 0 || this.#open[depth - 1] !== code - 2) {
      this.#isInvalid = true;
      return;
    }
    this.#copy.endSkip(depth, at);
    if (depth === this.#listDepth) {
      const isEmpty = this.#entries === 0 && this.#text.slice(this.#sliceFrom, at).trim() === '';
      if (!isEmpty) {
        this.#entries++;
        this.#sliceEntries++;
        this.#endSlice(at);
      }
      this.#listDepth = 0;
      this.#copy.take(at, at);
      this.#startEntry(at);
    }
    this.#open.pop();
    this.#commas.pop();
  }

  /** At the comma after an entry. */
  #endEntry(at: number): void {
    this.#entries++;
    this.#startEntry(at);
    const maxEntries = this.#maxEntries ?? 0;
    if (this.#entries > maxEntries) {
      return;
    }
    this.#sliceEntries++;
    const isLast = this.#entries === maxEntries;
    if (isLast || this.#sliceEntries >= sliceEntries || at - this.#sliceFrom >= sliceUnits) {
      this.#endSlice(at);
    }
    if (isLast) {
      this.#copy.startSkip(at, this.#open.length, false);
    }
  }

  /** Turns everything since the last slice into one. */
  #endSlice(at: number): void {
    const kept = this.#copy.take(at, at + 1);
    if (this.#entries <= (this.#maxEntries ?? 0)) {
      const [start, end] = this.#isMap ? (['{', '}'] as const) : (['[', ']'] as const);
      this.#slices.push({ text: start + kept + end });
    }
    this.#sliceEntries = 0;
    this.#sliceFrom = at + 1;
  }
}
