import type { AccountId } from '../core/account.ts';
import { isRecord, objectIn } from '../core/json.ts';
import type { JsonObject } from '../core/json.ts';
import type { Memento } from '../core/memento.ts';

/** What the webviews keep of what a person typed. */

/** Workspace memento key of the draft of the create form. */
export const draftKey = 'vpsOrg.createDraft';
/** Global memento keys of the ids with which servers were created, by account. */
export const sshKeyIdsKey = 'vpsOrg.sshKeyIds';
export const systemsKey = 'vpsOrg.operatingSystems';

/** Workspace memento key of unsaved server settings, by account and server. */
export const settingsDraftsKey = 'vpsOrg.settingsDrafts';

/** The stored object; empty where something else is stored, or nothing. */
export function storedObject(memory: Memento, key: string): JsonObject {
  const value = memory.get(key);
  return isRecord(value) ? value : {};
}

/** Whether there are unsaved settings of a server of this account, in this workspace. */
export function hasSettingsDrafts(workspace: Memento, accountId: AccountId): boolean {
  const drafts = objectIn(storedObject(workspace, settingsDraftsKey), accountId);
  return Object.values(drafts).some((draft) => draft !== undefined);
}

/**
 * Deletes the drafts and the used ids of accounts that are not signed in. Every sign-in and sign-out runs this, so it must not
 * load the code of the panels.
 */
export async function forgetInput(
  workspace: Memento,
  global: Memento,
  accountIds: readonly AccountId[],
): Promise<void> {
  const updates: PromiseLike<void>[] = [];
  const forget = (memory: Memento, key: string): void => {
    const stored = Object.entries(storedObject(memory, key));
    const remaining = stored.filter(([id]) => accountIds.includes(id));
    if (remaining.length < stored.length) {
      updates.push(memory.update(key, Object.fromEntries(remaining)));
    }
  };
  forget(global, sshKeyIdsKey);
  forget(global, systemsKey);
  forget(workspace, settingsDraftsKey);
  const { accountId } = objectIn(storedObject(workspace, draftKey), 'values');
  if (typeof accountId === 'string' && !accountIds.includes(accountId)) {
    updates.push(workspace.update(draftKey, undefined));
  }
  await Promise.all(updates);
}
