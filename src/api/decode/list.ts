import { isRecord } from '../../core/json.ts';
import { nextTurn, readSlice } from '../http/body.ts';
import { DistinctIds } from './distinctIds.ts';
import type { ToItem } from './fields.ts';
import type { Issues } from './issueLog.ts';
import type { Entries } from './pages.ts';

export interface MappedList<T> {
  /** In the order of the API, each id once. */
  readonly items: readonly T[];
  /** The API's count where it makes sense, otherwise the number of received entries, unusable ones included; each id once. */
  readonly total: number;
  /** See `ServerList`. */
  readonly mayBeIncomplete: boolean;
}

/** Entries and UTF-16 units in one turn of the event loop, so that a long list does not block the extension host. */
const maxTurn = { entries: 1_000, units: 512 * 1024 };

/**
 * Maps the entries of a list. Skips unusable entries, and all but the first of those with the same id. Undefined for a list
 * that is no JSON.
 */
export async function mapEntries<T extends { readonly id: string }>(
  list: Entries,
  toItem: ToItem<T>,
  issues: Issues,
): Promise<MappedList<T> | undefined> {
  list.issues.forEach(issues.add);
  const items: T[] = [];
  const ids = new DistinctIds();
  let duplicates = 0;
  let index = 0;
  // Issues are rare, so the place in the list is formatted only for them, and only as long as it is written.
  const reportHere = (path: string): void =>
    issues.add(issues.isFull ? '' : `results[${index}]${path === '' ? '' : `.${path}`}`);
  // Not in the async function itself, which the compiler optimizes less well.
  const mapAll = (entries: readonly unknown[]): void => {
    for (const entry of entries) {
      const item = toItem(entry, '', reportHere);
      if (item !== undefined && ids.add(item.id)) {
        items.push(item);
      } else if (item !== undefined) {
        duplicates++;
        reportHere('id');
      }
      index++;
    }
  };
  let turn = { entries: 0, units: 0 };
  for (const slice of list.slices) {
    if (turn.entries >= maxTurn.entries || turn.units >= maxTurn.units) {
      await nextTurn();
      turn = { entries: 0, units: 0 };
    }
    const entries = entriesOf(readSlice(slice));
    if (entries === undefined) {
      return undefined;
    }
    mapAll(entries);
    turn.entries += entries.length;
    turn.units += 'text' in slice ? slice.text.length : 0;
  }
  const mapped = index;
  const count = list.count ?? list.received;
  // An entry on two pages has moved between them, and so may have another one that was missed.
  const hasGaps = list.hasGaps || (list.isPaged && duplicates > 0);
  return {
    items,
    total: count - duplicates,
    mayBeIncomplete: count === mapped && (hasGaps || items.length + duplicates < mapped),
  };
}

/** An entry of a map without an id has its key as id. */
function entriesOf(slice: unknown): readonly unknown[] | undefined {
  if (!isRecord(slice)) {
    return Array.isArray(slice) ? slice : undefined;
  }
  return Object.entries(slice).map(([key, entry]) =>
    isRecord(entry) ? { id: key, ...entry } : entry,
  );
}
