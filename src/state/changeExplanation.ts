import { groupBy } from '../core/grouping.ts';
import { refKey } from '../core/refs.ts';
import type { ServerRef } from '../core/refs.ts';
import { knownStatuses, targetStatus } from '../core/server.ts';
import type { ServerStatus } from '../core/server.ts';
import type { ActionEntry, ActivityEntry, ChangeEntry } from './activityEntry.ts';

/** A change that follows from nothing done from this editor. */
export interface ChangeElsewhere {
  readonly ref: ServerRef;
  readonly name: string;
  readonly before: ServerStatus;
  /** Undefined after a confirmed deletion. */
  readonly after: ServerStatus | undefined;
  /** When `before` was last confirmed, in milliseconds since 1970; undefined where that is not known. */
  readonly comparedAt: number | undefined;
}

/** How long before the last list an action may have been sent whose result shows only now. */
export const maxTransitionMs = 15 * 60_000;

/** The results of actions that may have taken effect, or that revealed a deletion to the person. */
export const effectiveResults = new Set<ActionEntry['result']>(['sent', 'done', 'unclear', 'gone']);

/**
 * The newest action from this editor that a change may follow from. `entries` are those about the server, newest first. Those sent up to
 * `after` have explained another change.
 */
export function findExplanation(
  entries: readonly ActivityEntry[],
  change: ChangeElsewhere,
  { after, now }: { readonly after: number; readonly now: number },
): ActionEntry | undefined {
  const earliest = Math.max(after + 1, (change.comparedAt ?? now) - maxTransitionMs);
  for (const entry of entries) {
    if (entry.at < earliest) {
      return undefined;
    }
    if (entry.kind === 'action' && effectiveResults.has(entry.result)) {
      if (canExplain(entry, change)) {
        return entry;
      }
      // It led to the status before, so the older ones had taken effect.
      if (entry.at <= (change.comparedAt ?? -Infinity) && leadsTo(entry.action, change.before)) {
        return undefined;
      }
    }
  }
  return undefined;
}

/**
 * What another window recorded about a change, which may be that it showed a message. `entries` are those about the server,
 * newest first.
 */
export function findRecorded(
  entries: readonly ActivityEntry[],
  change: ChangeElsewhere,
  windowId: string,
): ChangeEntry | undefined {
  const recorded = entries.filter(
    (entry): entry is ChangeEntry =>
      entry.kind === 'change' &&
      entry.windowId !== windowId &&
      entry.after === change.after &&
      entry.at >= (change.comparedAt ?? -Infinity),
  );
  return recorded.find(({ isAnnounced }) => isAnnounced) ?? recorded[0];
}

/** The entries about each server, by `refKey`, in their order. */
export function groupByServer(
  entries: readonly ActivityEntry[],
): ReadonlyMap<string, readonly ActivityEntry[]> {
  const isAboutServer = (entry: ActivityEntry): entry is ActivityEntry & ServerRef =>
    entry.serverId !== undefined;
  return groupBy(entries.filter(isAboutServer), refKey);
}

function canExplain(
  { action, result }: ActionEntry,
  { before, after }: Pick<ChangeElsewhere, 'before' | 'after'>,
): boolean {
  if (after === undefined) {
    return action === 'delete' || result === 'gone';
  }
  if (action === 'rename' || action === 'setBackups') {
    return false;
  }
  // A status that the API does not document may be a step of any action. A server that is as before failed to change or rebooted.
  return isUndocumented(after) || after === before || leadsTo(action, after);
}

function leadsTo(action: ActionEntry['action'], status: ServerStatus): boolean {
  switch (action) {
    case 'start':
    case 'stop':
    case 'reboot':
      return status === targetStatus(action);
    case 'create':
      return status === 'active';
    default:
      return false;
  }
}

function isUndocumented(status: ServerStatus): boolean {
  return !knownStatuses.some((each) => each === status);
}
