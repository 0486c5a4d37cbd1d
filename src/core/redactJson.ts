import { isRecord } from './json.ts';
import type { RedactText } from './redact.ts';

/**
 * A copy of a JSON value with `redactText` applied to every text in it, keys included.
 *
 * @throws RangeError for a value that is nested too deeply for `JSON`
 */
export function redactJson(json: unknown, redactText: RedactText): unknown {
  return JSON.parse(JSON.stringify(json), (_key, value: unknown) => {
    if (typeof value === 'string') {
      return redactText(value);
    }
    return isRecord(value)
      ? Object.fromEntries(Object.entries(value).map(([key, item]) => [redactText(key), item]))
      : value;
  }) as unknown;
}
