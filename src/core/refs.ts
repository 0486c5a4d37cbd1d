import type { AccountId } from './account.ts';
import { isRecord } from './json.ts';
import type { JsonObject } from './json.ts';
import type { ServerId } from './server.ts';
import { readText } from './storedValues.ts';

/** Identifies one server: server ids are unique only within an account. */
export interface ServerRef {
  readonly accountId: AccountId;
  readonly serverId: ServerId;
}

/** Map key of a reference: equal for equal references only. */
export function refKey(ref: ServerRef): string {
  return JSON.stringify([ref.accountId, ref.serverId]);
}

export function isSameRef(a: ServerRef, b: ServerRef): boolean {
  return a.accountId === b.accountId && a.serverId === b.serverId;
}

function stringProperty(value: unknown, key: string): string | undefined {
  return isRecord(value) ? readText(value[key]) : undefined;
}

/**
 * Reads a server reference from a command argument, which may come from a tree row, a keybinding or another extension.
 * The caller must look up whether that server exists.
 */
export function toServerRef(value: unknown): ServerRef | undefined {
  const accountId = stringProperty(value, 'accountId');
  const serverId = stringProperty(value, 'serverId');
  return accountId !== undefined && serverId !== undefined ? { accountId, serverId } : undefined;
}

/** Reads all server references from a command argument: one for a server row, those of its `children` for a group row. */
export function toServerRefs(value: unknown): readonly ServerRef[] {
  const ref = toServerRef(value);
  if (ref) {
    return [ref];
  }
  const children = isGroup(value) ? value.children : undefined;
  return Array.isArray(children)
    ? children.flatMap((child: unknown) => toServerRef(child) ?? [])
    : [];
}

/** Whether a command argument is a group row. */
export function isGroup(value: unknown): value is JsonObject {
  return isRecord(value) && value.kind === 'group';
}

/** Reads an account id from a command argument. */
export function toAccountId(value: unknown): AccountId | undefined {
  return stringProperty(value, 'accountId');
}
