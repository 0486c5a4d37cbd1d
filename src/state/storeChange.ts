import type { Server, ServerId } from '../core/server.ts';

export interface ServerChange {
  readonly before: Server;
  readonly after: Server;
}

/** What one update of a `ServerStore` changed. */
export interface StoreChange {
  readonly changed: ReadonlyMap<ServerId, ServerChange>;
  readonly added: readonly Server[];
  /** With their last state. */
  readonly removed: ReadonlyMap<ServerId, Server>;
  /** Whether `ServerStore.load` changed. */
  readonly loadState: boolean;
  /** When the list arrived that `before` and `removed` compare with, in milliseconds since 1970; undefined without one. */
  readonly comparedAt: number | undefined;
}

/** The servers of a `StoreChange` while they are collected. */
export interface ServerChanges {
  readonly changed: Map<ServerId, ServerChange>;
  readonly added: Server[];
  readonly removed: Map<ServerId, Server>;
}

export function noServerChanges(): ServerChanges {
  return { changed: new Map(), added: [], removed: new Map() };
}

/** Whether servers were changed, added or removed, as opposed to the load state alone. */
export function hasServerChanges({
  changed,
  added,
  removed,
}: Pick<StoreChange, 'changed' | 'added' | 'removed'>): boolean {
  return changed.size + added.length + removed.size > 0;
}
