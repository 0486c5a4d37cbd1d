import type { BadResponseReason } from '../../core/errors.ts';
import { JsonScanner } from './jsonScanner.ts';
import type { JsonSlice, ScannedList } from './jsonLimits.ts';
import type { LongText } from './longText.ts';
import { readPlainList } from './plainList.ts';

interface Failure {
  readonly ok: false;
  readonly reason: BadResponseReason;
}
export type JsonResult = { readonly ok: true; readonly value: unknown } | Failure;

/** A reply with a list, whose entries are still to be parsed. */
export type ListResult =
  | {
      readonly ok: true;
      /** The reply without the entries of the list. */
      readonly value: unknown;
      /** Undefined where the reply has no list. */
      readonly list: ScannedList | undefined;
    }
  | Failure;

/** UTF-16 units that are scanned in one turn of the event loop. */
const portion = 512 * 1024;

/**
 * Parses a short body, within `jsonLimits`. The reasons for a failure are `empty`, `truncated` (JSON that ends too early),
 * `tooLarge` (absurdly deep) and `notJson`.
 */
export function parseJson(text: string): JsonResult {
  const scanner = new JsonScanner(text);
  while (scanner.run(portion));
  return parseRest(scanner);
}

/** As `parseJson`, for a body of any length: lets other work run in between. */
export async function readJson(text: string): Promise<JsonResult> {
  return parseRest(await scan(new JsonScanner(text)));
}

/** As `readJson`, for a list of which the first `maxEntries` are kept. */
export async function readJsonList(text: LongText, maxEntries: number): Promise<ListResult> {
  const plain = await readPlainList(text, maxEntries, nextTurn);
  if (plain) {
    return { ok: true, ...plain };
  }
  const scanner = await scan(new JsonScanner(text.toString(), maxEntries));
  const parsed = parseRest(scanner);
  return parsed.ok ? { ...parsed, list: scanner.list } : parsed;
}

/** The entries of a slice, by id where the list is a map. Undefined for a slice that is no JSON. */
export function readSlice(slice: JsonSlice): unknown {
  return 'entries' in slice ? slice.entries : parse(slice.text);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Lets other work run. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** The beginning of a longer text as JSON of its own, where possible: for replies that are not read to their end. */
export function closeJson(text: string): string {
  const scanner = new JsonScanner(text);
  while (scanner.run(portion));
  return scanner.state === 'truncated' ? scanner.closed : text;
}

/** Whether `text` is a web page, as gateways, proxies and sign-in pages send it, instead of an API reply. */
export function isMarkup(text: string): boolean {
  return /^\s*</u.test(text);
}

async function scan(scanner: JsonScanner): Promise<JsonScanner> {
  while (scanner.run(portion)) {
    await nextTurn();
  }
  return scanner;
}

function parseRest(scanner: JsonScanner): JsonResult {
  const { state } = scanner;
  if (state !== 'complete') {
    return { ok: false, reason: state };
  }
  const text = scanner.rest;
  const value = parse(text);
  if (value !== undefined) {
    return { ok: true, value };
  }
  return { ok: false, reason: text.trim() === '' ? 'empty' : 'notJson' };
}
