import type { AccountId } from './account.ts';
import type { ServerId } from './server.ts';

/** Names one server: ids are unique within an account only. Holds nothing that could be stale. */
export interface ServerRef {
  readonly accountId: AccountId;
  readonly serverId: ServerId;
}

/** Text that is the same for the same server and differs otherwise; for map keys. */
export function refKey(ref: ServerRef): string {
  return JSON.stringify([ref.accountId, ref.serverId]);
}

export function isSameRef(a: ServerRef, b: ServerRef): boolean {
  return a.accountId === b.accountId && a.serverId === b.serverId;
}

function stringProperty(value: unknown, key: string): string | undefined {
  if (typeof value !== 'object' || value === null) {
    return undefined;
  }
  const found: unknown = Reflect.get(value, key);
  return typeof found === 'string' && found !== '' ? found : undefined;
}

/**
 * Reads a server reference out of a command argument, which anybody may pass (keybindings, other extensions, tree rows).
 * It names a server only; whether that server exists is looked up by the caller.
 */
export function toServerRef(value: unknown): ServerRef | undefined {
  const accountId = stringProperty(value, 'accountId');
  const serverId = stringProperty(value, 'serverId');
  return accountId !== undefined && serverId !== undefined ? { accountId, serverId } : undefined;
}

/**
 * As `toServerRef`, for an argument that may stand for several servers: the row of a group brings its own rows along as
 * `children`.
 */
export function toServerRefs(value: unknown): readonly ServerRef[] {
  const ref = toServerRef(value);
  if (ref) {
    return [ref];
  }
  const children: unknown = isGroup(value) ? Reflect.get(value, 'children') : undefined;
  return Array.isArray(children) ? children.flatMap((child: unknown) => toServerRef(child) ?? []) : [];
}

/** Whether an argument is the row of a group. */
export function isGroup(value: unknown): value is object {
  return typeof value === 'object' && value !== null && Reflect.get(value, 'kind') === 'group';
}

/** Reads an account id out of a command argument. */
export function toAccountId(value: unknown): AccountId | undefined {
  return stringProperty(value, 'accountId');
}
