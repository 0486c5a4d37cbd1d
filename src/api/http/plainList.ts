import type { ScannedList } from './jsonLimits.ts';
import type { LongText } from './longText.ts';

/** UTF-16 units of a whole text, and of what surrounds its entries. */
const maxUnits = 8 * 1024 * 1024;
const maxFrameUnits = 16 * 1024;
/**
 * UTF-16 units that are parsed at once. Objects with thousands of distinct keys take `JSON.parse` a microsecond per key, and
 * V8 allocates strings above 128 KB one by one, which takes longer than parsing them.
 */
const sliceUnits = 64 * 1024;
const maxSliceUnits = 1.5 * sliceUnits;
/** An id of more than 15 digits, which may be more than a number holds. Other numbers may be rounded. */
const longId = /id"\s{0,99}:\s{0,99}-?\d{16}/;
/** UTF-16 units in one turn of the event loop. */
const turnUnits = 512 * 1024;

interface PlainList {
  /** The reply without the entries of the list. */
  readonly value: unknown;
  readonly list: ScannedList;
}

/**
 * Reads an ordinary list of objects several times faster than `JsonScanner`: parses it slice by slice, cut where one object
 * ends and the next begins. Undefined for anything that needs the scanner: other shapes, broken or unusually long texts, more
 * than `maxEntries` entries, and ids of more than 15 digits.
 *
 * A cut inside a string or a nested list leaves a slice that `JSON.parse` refuses, because something in it stays open. So
 * slices that all parse are the list as `JSON.parse` would return it.
 */
export async function readPlainList(
  text: LongText,
  maxEntries: number,
  nextTurn: () => Promise<void>,
): Promise<PlainList | undefined> {
  const frame = text.length <= maxUnits ? frameOf(text) : undefined;
  if (!frame) {
    return undefined;
  }
  const slices: { readonly entries: readonly unknown[] }[] = [];
  let length = 0;
  let turnStart = frame.start;
  for (let from = frame.start; from < frame.end;) {
    if (from - turnStart >= turnUnits) {
      await nextTurn();
      turnStart = from;
    }
    const { slice, next } = sliceAt(text, from, frame.end);
    const entries = slice === undefined ? undefined : parseEntries(slice);
    length += entries?.length ?? 0;
    if (entries === undefined || length > maxEntries) {
      return undefined;
    }
    slices.push({ entries });
    from = next;
  }
  return { value: frame.value, list: { isMap: false, slices, length } };
}

/** Where the entries of a list start and end in a text, and the rest of the text parsed. */
function frameOf(
  text: LongText,
): { readonly start: number; readonly end: number; readonly value: unknown } | undefined {
  const start = startOf(text);
  const end = text.lastIndexOf(']');
  if (start < 0 || end < start || start + text.length - end > maxFrameUnits) {
    return undefined;
  }
  const value = parse(text.slice(0, start) + text.slice(end));
  const list = Array.isArray(value) ? value : (value as { results?: unknown } | undefined)?.results;
  // No bracket closes after `end`, so an empty list here is the one that was emptied.
  return Array.isArray(list) && list.length === 0 ? { start, end, value } : undefined;
}

/** The position after the bracket that opens the list; -1 where there is none. */
function startOf(text: LongText): number {
  if (text.slice(0, 1) === '[') {
    return 1;
  }
  const key = text.indexOf('"results"');
  const opening = /^"results"\s{0,99}:\s{0,99}\[/.exec(text.slice(Math.max(0, key), key + 256));
  return opening ? key + opening[0].length : -1;
}

/** The text up to the end of an object, or of the list; undefined where it is too long. `next`: the start of the next object. */
function sliceAt(
  text: LongText,
  from: number,
  end: number,
): { readonly slice: string | undefined; readonly next: number } {
  const part = text.slice(from, Math.min(from + maxSliceUnits, end));
  const between = /\}\s{0,99},\s{0,99}(?=\{)/g;
  between.lastIndex = sliceUnits;
  const match = between.exec(part);
  return match
    ? { slice: part.slice(0, match.index + 1), next: from + between.lastIndex }
    : { slice: from + part.length < end ? undefined : part, next: end };
}

function parseEntries(text: string): readonly unknown[] | undefined {
  if (longId.test(text)) {
    return undefined;
  }
  const entries = parse(`[${text}]`);
  return Array.isArray(entries) ? entries : undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
