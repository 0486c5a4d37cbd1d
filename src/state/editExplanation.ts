import { isSameRef } from '../core/refs.ts';
import type { ServerRef } from '../core/refs.ts';
import type { ServerSettings } from '../core/requests.ts';
import type { ActionEntry, ActivityEntry } from './activityEntry.ts';
import { effectiveResults, maxTransitionMs } from './changeExplanation.ts';
import type { ServerEdit } from './serverEdits.ts';

/**
 * What the activity contains about a change: the newest action from this editor, or record of a window, that is about the field, if it
 * leads to its value. `entries` are those about the server, newest first.
 */
export function findEditRecord(
  entries: readonly ActivityEntry[],
  edit: ServerEdit,
): ActivityEntry | undefined {
  for (const entry of entries) {
    const value = valueIn(entry, edit.field);
    if (value !== undefined) {
      return isSameText(value, keyOf(edit)) ? entry : undefined;
    }
  }
  return undefined;
}

/**
 * The creation of a server from this editor, which is known by its name while there is no reply, or the record of a window that it
 * was created elsewhere.
 */
export function findCreationRecord(
  entries: readonly ActivityEntry[],
  ref: ServerRef,
  name: string,
  comparedAt: number,
): ActivityEntry | undefined {
  return entries.find((entry) => {
    if (entry.kind === 'edit') {
      return entry.created !== undefined;
    }
    if (entry.kind !== 'action' || entry.action !== 'create' || !isEffective(entry)) {
      return false;
    }
    return entry.serverId === undefined
      ? entry.accountId === ref.accountId &&
          isSameText(entry.serverName, name) &&
          entry.at >= comparedAt - maxTransitionMs
      : isSameRef({ accountId: entry.accountId, serverId: entry.serverId }, ref);
  });
}

/** What the field is after an entry, in a form that can be compared; undefined where the entry is not about it. */
function valueIn(entry: ActivityEntry, field: ServerEdit['field']): string | undefined {
  if (entry.kind === 'edit') {
    const edit = entry.edits.find((each) => each.field === field);
    return edit && keyOf(edit);
  }
  if (entry.kind !== 'action' || !isEffective(entry)) {
    return undefined;
  }
  const { name, hostname, backupsEnabled }: Partial<ServerSettings> = entry.settings;
  switch (field) {
    case 'name':
      return name;
    case 'hostname':
      return hostname;
    case 'backups':
      return backupsEnabled === undefined ? undefined : String(backupsEnabled);
    default:
      return undefined;
  }
}

function keyOf({ field, after }: ServerEdit): string {
  if (field === 'plan') {
    const { name, vcpus, memoryMiB, storageGB } = after;
    return JSON.stringify([name, vcpus, memoryMiB, storageGB]);
  }
  return String(after);
}

function isEffective({ result }: ActionEntry): boolean {
  return effectiveResults.has(result);
}

/** VPS.org may change the case of a name or hostname. */
function isSameText(a: string, b: string): boolean {
  return a.trim().toLowerCase() === b.trim().toLowerCase();
}
