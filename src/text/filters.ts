import type { ServerFilter } from '../core/filter.ts';

/** The filter in words: `"web", stopped, us-east`. */
export function filterText({ text, statuses, locations }: ServerFilter): string {
  const quoted = text.trim() === '' ? [] : [`"${text.trim()}"`];
  return [...quoted, ...statuses, ...locations].join(', ');
}
