import type { ReportOdd } from './fields.ts';
import type { Entries } from './pages.ts';

export interface MappedList<T> {
  /** In the order of the API, each id once. */
  readonly items: readonly T[];
  /** How many there are: what the API says where that makes sense, otherwise what came, the unusable ones included; each once. */
  readonly total: number;
  /** See `ServerList`. */
  readonly isDoubtful: boolean;
}

/** So many elements are mapped in one turn of the event loop. Of thousands, others in the extension host need not wait for the last. */
const portion = 1_000;

/** Maps the elements of a list. Unusable ones are left out; of those with the same id the first one is kept. */
export async function mapEntries<T extends { readonly id: string }>(
  list: Entries,
  toItem: (raw: unknown, path: string, reportOdd: ReportOdd) => T | undefined,
  reportOdd: ReportOdd,
): Promise<MappedList<T>> {
  list.odd.forEach(reportOdd);
  const items: T[] = [];
  const ids = new Set<string>();
  let duplicates = 0;
  let at = 0;
  // Nearly always nothing is odd: the place in the list is put into words only then.
  const reportHere = (path: string): void => reportOdd(path === '' ? `results[${at}]` : `results[${at}].${path}`);
  for (const raw of list.entries) {
    const item = toItem(raw, '', reportHere);
    if (item !== undefined && ids.has(item.id)) {
      duplicates++;
      reportHere('id');
    } else if (item !== undefined) {
      ids.add(item.id);
      items.push(item);
    }
    at++;
    if (at % portion === 0) {
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
  const arrived = list.entries.length;
  const count = list.count ?? arrived;
  // One that comes on two pages has moved, and another one with it.
  const hasGaps = list.hasGaps || (list.isPaged && duplicates > 0);
  return {
    items,
    total: count - duplicates,
    isDoubtful: count === arrived && (hasGaps || items.length + duplicates < arrived),
  };
}
