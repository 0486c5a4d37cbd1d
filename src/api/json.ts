import type { BadResponseReason } from '../core/errors.ts';

export type JsonResult =
  { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly reason: BadResponseReason };

/** Parses a body; where that fails, tells how: `empty`, `truncated` (JSON that just ends) or `notJson`. */
export function parseJson(text: string): JsonResult {
  if (text.trim() === '') {
    return { ok: false, reason: 'empty' };
  }
  try {
    return { ok: true, value: JSON.parse(text) as unknown };
  } catch {
    return { ok: false, reason: isCut(text.trim()) ? 'truncated' : 'notJson' };
  }
}

/** Whether `text` is a web page rather than an answer of the API: a gateway's, a proxy's or a sign-in page. */
export function isMarkup(text: string): boolean {
  return /^\s*</u.test(text);
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Whether `text` begins as JSON and ends inside a string or with brackets open. Looked at here, because the wording of
 * `JSON.parse`'s errors changes between engines.
 */
function isCut(text: string): boolean {
  if (!/^(\{\s*("|$)|\[)/.test(text)) {
    return false;
  }
  const closers: string[] = [];
  let inString = false;
  for (let index = 0; index < text.length; index++) {
    const char = text.charAt(index);
    if (inString) {
      if (char === '\\') {
        index++;
      } else if (char === '"') {
        inString = false;
      }
    } else if (char === '"') {
      inString = true;
    } else if (char === '{') {
      closers.push('}');
    } else if (char === '[') {
      closers.push(']');
    } else if ((char === '}' || char === ']') && closers.pop() !== char) {
      return false;
    }
  }
  return inString || closers.length > 0;
}
