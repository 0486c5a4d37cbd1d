const maxMs = 60 * 60 * 1000;

/**
 * The milliseconds that a `Retry-After` header asks to wait, at most an hour. Undefined where it asks for nothing: absent,
 * garbage, negative, or a date that has passed.
 */
export function parseRetryAfter(header: string | null, nowMs: number): number | undefined {
  const value = header?.trim() ?? '';
  const waitMs = /^\d+(\.\d+)?$/.test(value) ? Number(value) * 1000 : parseHttpDate(value) - nowMs;
  return waitMs >= 0 ? Math.min(Math.ceil(waitMs), maxMs) : undefined;
}

/** NaN for what is no HTTP date. `Date.parse` alone takes almost anything: "-5" is a day in May to it. */
function parseHttpDate(value: string): number {
  if (!/^(mon|tue|wed|thu|fri|sat|sun)[a-z]*,? .*\d\d:\d\d:\d\d/i.test(value)) {
    return Number.NaN;
  }
  // The asctime form names no zone and means UTC; without one Date.parse would take it for local time.
  return Date.parse(/ (gmt|utc)$/i.test(value) ? value : `${value} GMT`);
}
