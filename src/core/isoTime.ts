const isoTime =
  /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?\s?(?:Z|([+-])(\d\d)(?::?(\d\d))?)?$/iu;
/** Longer than any time, so that the expression runs over short text only. */
const maxLength = 40;

/**
 * Reads an ISO 8601 time as milliseconds since 1970. A time without a zone is UTC, as the API documents. Undefined for
 * anything else, also for a date without a time: `Date.parse` guesses, and takes the zone of this computer.
 */
export function parseIsoTime(text: string | undefined): number | undefined {
  const match = text !== undefined && text.length <= maxLength ? isoTime.exec(text.trim()) : null;
  if (!match) {
    return undefined;
  }
  const number = (group: number): number => Number(match[group] ?? 0);
  const [year, month, day, hour, minute, second] = [1, 2, 3, 4, 5, 6].map(number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const [zoneHours, zoneMinutes] = [number(9), number(10)];
  const time = new Date(0);
  time.setUTCFullYear(year, month - 1, day);
  // Months and days beyond their range roll over.
  const isDate = time.getUTCMonth() === month - 1 && time.getUTCDate() === day;
  if (!isDate || hour > 23 || minute > 59 || second > 59 || zoneHours > 23 || zoneMinutes > 59) {
    return undefined;
  }
  const milliseconds = Math.floor(Number(`0.${match[7] ?? 0}`) * 1000);
  const zoneMs = (zoneHours * 60 + zoneMinutes) * 60_000 * (match[8] === '-' ? -1 : 1);
  return time.setUTCHours(hour, minute, second, milliseconds) - zoneMs;
}
