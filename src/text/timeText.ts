import { parseIsoTime } from '../core/isoTime.ts';
import { textLanguage } from './l10n.ts';

/** Formats an ISO 8601 time in the display language. Other text is returned unchanged: guesses would show a wrong time. */
export function timeText(text: string): string {
  const ms = parseIsoTime(text);
  return ms === undefined
    ? text
    : new Date(ms).toLocaleString(textLanguage(), { dateStyle: 'medium', timeStyle: 'short' });
}
