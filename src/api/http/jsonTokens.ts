import { backslash, colon, isDelimiter, letterU } from './jsonChars.ts';

/** For `indexOf`. */
export const nonBlank = /[^\0-\x20]/g;

/** `NaN` and `Infinity` as the common programming languages print them. */
const notANumber = /^[+-]?(?:nan|inf|infinity)$/i;

/** A string of a JSON text. */
export interface StringToken {
  /** After the closing quote; the end of the text for a string that is not closed. */
  readonly end: number;
  readonly isClosed: boolean;
  /** Where the string can be cut, at most `maxLength` after its start and never inside an escape. */
  readonly cutAt: number;
  readonly isTooLong: boolean;
}

/** Reads the string that starts with the quote at `from`. */
export function readString(text: string, from: number, maxLength: number): StringToken {
  let end = text.indexOf('"', from + 1);
  while (end >= 0 && isEscaped(text, end)) {
    end = text.indexOf('"', end + 1);
  }
  const isClosed = end >= 0;
  const to = isClosed ? end : text.length;
  let cutAt = from + 1;
  let next = cutAt;
  while (next <= to && next - from <= maxLength) {
    cutAt = next;
    next += text.charCodeAt(next) !== backslash ? 1 : text.charCodeAt(next + 1) === letterU ? 6 : 2;
  }
  return { end: isClosed ? end + 1 : to, isClosed, cutAt, isTooLong: next <= to };
}

const delimiter = /[\s",:[\]{}]/g;

/** The end of a number or literal that goes on at `from`. The first `usual` characters are looked at one by one, which is faster. */
export function wordEnd(text: string, from: number, usual: number): number {
  const limit = Math.min(text.length, from + usual);
  let at = from;
  while (at < limit && !isDelimiter(text.charCodeAt(at))) {
    at++;
  }
  return at < limit ? at : indexOf(delimiter, text, at);
}

/** What a number or literal is replaced by; undefined where it stays: an integer that a number cannot hold becomes a text. */
export function wordReplacement(word: string): string | undefined {
  if (word.length >= 16) {
    return /^-?\d+$/.test(word) && !Number.isSafeInteger(Number(word)) ? `"${word}"` : undefined;
  }
  return notANumber.test(word) ? 'null' : undefined;
}

/** Whether the string at `keyFrom` is the key `name`, and the value at `at` belongs to it. */
export function isValueOf(name: string, text: string, keyFrom: number, at: number): boolean {
  const key = JSON.stringify(name);
  if (!text.startsWith(key, keyFrom)) {
    return false;
  }
  const colonAt = indexOf(nonBlank, text, keyFrom + key.length);
  return text.charCodeAt(colonAt) === colon && indexOf(nonBlank, text, colonAt + 1) === at;
}

/** Whether an odd number of backslashes is before `at`. */
function isEscaped(text: string, at: number): boolean {
  let start = at;
  while (text.charCodeAt(start - 1) === backslash) {
    start--;
  }
  return (at - start) % 2 === 1;
}

/** The first match of a pattern of one character, which does not backtrack; the end of the text where there is none. */
export function indexOf(pattern: RegExp, text: string, from: number): number {
  pattern.lastIndex = from;
  return pattern.exec(text)?.index ?? text.length;
}

/** Whether a text starts as a list or object of JSON, for one that ends too early. */
export function startsAsJson(text: string): boolean {
  return /^[\s\ufeff]*(?:\{\s*(?:"|$)|\[)/.test(text);
}
