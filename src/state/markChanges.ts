import type { AccountId } from '../core/account.ts';
import { isRecord, objectIn } from '../core/json.ts';
import type { JsonObject } from '../core/json.ts';
import type { ServerRef } from '../core/refs.ts';
import type { ServerMarks } from '../core/serverMarks.ts';

// Changes to the stored marks, which a start does not need. They keep what is stored about other servers as it is, readable or not.

/** Marks to set. A false or undefined one is removed; missing ones stay. */
export type MarkChanges = { readonly [K in keyof ServerMarks]?: ServerMarks[K] | undefined };

export function withMarks(
  all: JsonObject,
  refs: readonly ServerRef[],
  changes: MarkChanges,
): JsonObject {
  const accountIds = new Set(refs.map(({ accountId }) => accountId));
  return [...accountIds].reduce((marked, accountId) => {
    const servers = new Map(Object.entries(objectIn(marked, accountId)));
    for (const { serverId } of refs.filter((ref) => ref.accountId === accountId)) {
      const marks = Object.entries({ ...toObject(servers.get(serverId)), ...changes }).filter(
        ([, mark]) => mark !== false && mark !== undefined,
      );
      if (marks.length > 0) {
        servers.set(serverId, Object.fromEntries(marks));
      } else {
        servers.delete(serverId);
      }
    }
    return withEntry(marked, accountId, Object.fromEntries(servers));
  }, all);
}

function toObject(value: unknown): JsonObject {
  return isRecord(value) ? value : {};
}

export function withoutServer(all: JsonObject, { accountId, serverId }: ServerRef): JsonObject {
  return withEntry(all, accountId, withEntry(objectIn(all, accountId), serverId, {}));
}

export function withoutAccount(all: JsonObject, accountId: AccountId): JsonObject {
  return withEntry(all, accountId, {});
}

/** The servers whose marks differ. */
export function changedRefs(before: JsonObject, after: JsonObject): readonly ServerRef[] {
  return keysOf(before, after).flatMap((accountId) => {
    const [old, now] = [objectIn(before, accountId), objectIn(after, accountId)];
    return keysOf(old, now)
      .filter((id) => JSON.stringify(objectIn(old, id)) !== JSON.stringify(objectIn(now, id)))
      .map((serverId) => ({ accountId, serverId }));
  });
}

/** `object` with another value of `key`, or without it where `value` is empty. */
function withEntry(object: JsonObject, key: string, value: JsonObject): JsonObject {
  const others = Object.entries(object).filter(([other]) => other !== key);
  return Object.fromEntries(Object.keys(value).length > 0 ? [...others, [key, value]] : others);
}

function keysOf(...objects: readonly JsonObject[]): readonly string[] {
  return [...new Set(objects.flatMap((each) => Object.keys(each)))];
}
