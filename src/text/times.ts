import * as l10n from '@vscode/l10n';
import { plural, textLanguage } from './l10n.ts';

/** Formats a time in milliseconds since 1970, with the day unless it is today. */
export function formatTime(ms: number, now = Date.now()): string {
  const [time, today] = [new Date(ms), new Date(now)];
  const isToday = time.toDateString() === today.toDateString();
  return time.toLocaleString(textLanguage(), {
    timeStyle: 'short',
    ...(isToday ? {} : { dateStyle: 'medium' }),
  });
}

/** Formats a duration, rounded up: "2 seconds", and from one minute "3 minutes". */
export function durationText(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  return seconds < 60
    ? plural(l10n.t('{0, plural, one {# second} other {# seconds}}'), seconds)
    : plural(l10n.t('{0, plural, one {# minute} other {# minutes}}'), Math.ceil(seconds / 60));
}
