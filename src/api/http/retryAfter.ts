const maxWaitMs = 60 * 60 * 1000;
/** A header is a line; a longer one is garbage. */
const maxLength = 1000;
/** Numbers from here on are times: as a wait they would be decades. */
const minEpochSeconds = 1e9;
const minEpochMs = 1e12;

const unitMs: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/**
 * The milliseconds that a `Retry-After` header requests to wait, at most an hour. Undefined for a header that is absent,
 * negative, in the past or not understood. Accepts seconds, HTTP dates, and what servers really send: units ("30s", "2
 * minutes"), seconds and milliseconds of the epoch, ISO times, and lists of these, of which the longest wait counts.
 *
 * @param nowMs time of the reply, by the clock that its dates are from
 */
export function parseRetryAfter(header: string | null, nowMs: number): number | undefined {
  const value = (header ?? '').slice(0, maxLength).trim();
  const wholeMs = parseHttpDate(value) - nowMs;
  // Dates contain a comma themselves. Joined headers are split before a weekday as well.
  const parts = Number.isNaN(wholeMs) ? value.split(/[,;](?!\s*\d{1,2}[ -][a-z])/i) : [];
  const waits = [wholeMs, ...parts.map((part) => parseWait(part, nowMs))].filter(
    (waitMs) => waitMs >= 0,
  );
  return waits.length > 0 ? Math.min(Math.ceil(Math.max(...waits)), maxWaitMs) : undefined;
}

function parseWait(part: string, nowMs: number): number {
  const text = part
    .trim()
    .replace(/^"(.*)"$/, '$1')
    .trim();
  const match =
    /^(\d+(?:\.\d+)?|\.\d+)\s*(ms|millis(?:econds?)?|s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?)?\.?$/i.exec(
      text,
    );
  if (match === null) {
    return parseHttpDate(text) - nowMs;
  }
  const amount = Number(match[1]);
  const unit = match[2]?.toLowerCase();
  if (unit !== undefined) {
    return amount * (unitMs[/^m(?:s|illi)/.test(unit) ? 'ms' : unit.charAt(0)] ?? Number.NaN);
  }
  if (amount >= minEpochMs * 1000 || amount < minEpochSeconds) {
    return amount * 1000;
  }
  return (amount >= minEpochMs ? amount : amount * 1000) - nowMs;
}

/**
 * Milliseconds of the epoch of an HTTP date or an ISO time; NaN for anything else. `Date.parse` alone accepts almost
 * anything: "-5" as a day in May.
 */
export function parseHttpDate(value: string): number {
  const text = value.trim();
  if (/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?$/i.test(text)) {
    return Date.parse(/(?:Z|[+-]\d\d:?\d\d)$/i.test(text) ? text : `${text}Z`);
  }
  if (!/^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,? [^:]{1,40}\d\d:\d\d:\d\d/i.test(text)) {
    return Number.NaN;
  }
  // The asctime form has no zone and means UTC; Date.parse would take it for local time.
  return Date.parse(/ (?:gmt|utc|[a-z]{3}|[+-]\d{4})$/i.test(text) ? text : `${text} GMT`);
}
