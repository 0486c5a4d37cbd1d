/**
 * What one reply may contain. Everything beyond is left out before `JSON.parse` sees it, so that no reply of any shape keeps
 * the extension host busy or fills its memory. The values are a hundred times those of real replies.
 */
export const jsonLimits = {
  /** UTF-16 units of a text, escapes included. */
  text: 10_000,
  /** Items of a list, and properties of an object. */
  items: 1_000,
  /** Levels of nested values, which become null below. */
  depth: 32,
  /** Values and UTF-16 units of an entry of a list, or of a reply that is no list. */
  values: 5_000,
  units: 256 * 1024,
} as const;

/**
 * Some consecutive entries of a list: parsed, or as a JSON text (an array, or an object for a map), which is parsed when its
 * entries are read.
 */
export type JsonSlice = { readonly entries: readonly unknown[] } | { readonly text: string };

/** A list in a text, cut into pieces. */
export interface ScannedList {
  /** The list is an object of entries by id. */
  readonly isMap: boolean;
  readonly slices: readonly JsonSlice[];
  /** Number of entries in the text, which can be more than those in the slices. */
  readonly length: number;
}
