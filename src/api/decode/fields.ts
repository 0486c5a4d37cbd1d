import { isRecord } from '../../core/json.ts';
import type { JsonObject } from '../../core/json.ts';
import { clamp, plainText } from '../../core/text.ts';
import { isPathSafe } from '../http/request.ts';

/** Receives the path of a field that cannot be used, e.g. `results[2].plan.memory`. Never receives its value. */
export type ReportIssue = (path: string) => void;

/*
 * Each field is read on its own: one that cannot be used is reported, comes out undefined and affects no other field. A
 * missing or null field comes out undefined and is no issue, unless the function says otherwise. Nothing here throws.
 */

/**
 * Turns an entry of a reply into a model. Undefined where the entry has no usable id: it could neither be shown nor used.
 * Issues are reported below `path`, the place of `raw` in the reply.
 */
export type ToItem<T> = (raw: unknown, path: string, reportIssue: ReportIssue) => T | undefined;

/** UTF-16 units of a text or an id. */
const maxTextLength = 200;
/** Items of a list inside an entry. */
const maxItems = 500;

/** The path of a field of the object at `path`. The empty path stands for the whole reply. */
function fieldPath(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}

/** A JSON object whose fields are read, and its place in the reply. */
export interface Source {
  readonly json: JsonObject;
  readonly path: string;
  readonly reportIssue: ReportIssue;
}

/** An object with a usable id. */
export interface Entry extends Source {
  readonly id: string;
}

/** Undefined, and an issue, for anything but an object with a usable id. */
export function entryOf(raw: unknown, path: string, reportIssue: ReportIssue): Entry | undefined {
  if (!isRecord(raw)) {
    reportIssue(path);
    return undefined;
  }
  const id = toId(raw.id);
  if (id === undefined) {
    reportIssue(fieldPath(path, 'id'));
    return undefined;
  }
  return { json: raw, path, reportIssue, id };
}

/** One line of plain text; an empty text counts as missing. */
export function readText(source: Source, name: string): string | undefined {
  return withoutEmpty(optional(source, name, toText));
}

/** As `readText`, but a missing, null or empty text is an issue. */
export function readRequiredText(source: Source, name: string): string | undefined {
  return usable(source, name, withoutEmpty(toText(source.json[name])));
}

/** A text; null and an empty text come out as null: the API says that there is none. */
export function readAddress(source: Source, name: string): string | null | undefined {
  if (source.json[name] === null) {
    return null;
  }
  const text = optional(source, name, toText);
  return text === '' ? null : text;
}

/** Zero or more, sent as a number or as decimal digits. */
export function readAmount(source: Source, name: string): number | undefined {
  return optional(source, name, toAmount);
}

/** An amount of at most 100. Larger readings, which happen, come out as 100. */
export function readPercent(source: Source, name: string): number | undefined {
  const amount = readAmount(source, name);
  return amount === undefined ? undefined : Math.min(amount, 100);
}

/** An amount that is a whole number. */
export function readCount(source: Source, name: string): number | undefined {
  return optional(source, name, toCount);
}

/** An id as text, see `toId`. */
export function readId(source: Source, name: string): string | undefined {
  return optional(source, name, toId);
}

export function readFlag(source: Source, name: string): boolean | undefined {
  return optional(source, name, toFlag);
}

/** A nested object, whose fields can be read in turn. */
export function readObject(source: Source, name: string): Source | undefined {
  const json = optional(source, name, toObject);
  return json && { json, path: fieldPath(source.path, name), reportIssue: source.reportIssue };
}

/** A string as sent, for programs rather than people. */
export function readString(source: Source, name: string): string | undefined {
  return optional(source, name, toString);
}

/** The distinct items of a list, of the first `maxItems`. `toItem` returns undefined for an item that cannot be used, which is reported. */
export function readItems<T>(
  source: Source,
  name: string,
  toItem: (value: unknown) => T | undefined,
): T[] {
  const items = new Set<T>();
  const list = optional(source, name, toList) ?? [];
  for (const [index, value] of list.slice(0, maxItems).entries()) {
    const item = usable(source, `${name}[${index}]`, toItem(value));
    if (item !== undefined) {
      items.add(item);
    }
  }
  return [...items];
}

function optional<T>(
  source: Source,
  name: string,
  convert: (value: unknown) => T | undefined,
): T | undefined {
  const value = source.json[name];
  return value === undefined || value === null ? undefined : usable(source, name, convert(value));
}

function usable<T>(
  { path, reportIssue }: Source,
  name: string,
  value: T | undefined,
): T | undefined {
  if (value === undefined) {
    reportIssue(fieldPath(path, name));
  }
  return value;
}

/** One line of plain text, which can be empty; undefined for anything but a string. */
export function toText(value: unknown): string | undefined {
  return typeof value === 'string' ? clamp(plainText(value), maxTextLength) : undefined;
}

function withoutEmpty(text: string | undefined): string | undefined {
  return text === '' ? undefined : text;
}

/**
 * An integer or a string, as text. Accepts only ids that come back unchanged in a path: past 2^53 a number has the digits of
 * another server (`JsonScanner` turns such integers into texts), and invisible characters would make two ids look alike.
 */
function toId(value: unknown): string | undefined {
  if (typeof value === 'number') {
    return Number.isSafeInteger(value) ? String(value) : undefined;
  }
  return typeof value === 'string' &&
    value.length <= maxTextLength &&
    isPathSafe(value) &&
    plainText(value) === value
    ? value
    : undefined;
}

function toAmount(value: unknown): number | undefined {
  const amount =
    typeof value === 'string' && value.length <= maxTextLength && /^\d+(\.\d+)?$/.test(value.trim())
      ? Number(value)
      : value;
  return typeof amount === 'number' && amount >= 0 && amount < Infinity ? amount : undefined;
}

function toCount(value: unknown): number | undefined {
  const amount = toAmount(value);
  return Number.isSafeInteger(amount) ? amount : undefined;
}

function toFlag(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}

function toObject(value: unknown): JsonObject | undefined {
  return isRecord(value) ? value : undefined;
}

function toList(value: unknown): readonly unknown[] | undefined {
  return Array.isArray(value) ? value : undefined;
}

function toString(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
