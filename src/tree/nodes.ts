import type { AccountId } from '../core/account.ts';
import type { GroupKind } from '../core/grouping.ts';
import type { ServerId } from '../core/server.ts';

/** The rows of the servers view. A row keeps its object and its id (see `nodeId`) across rebuilds. */
export interface AccountNode {
  readonly kind: 'account';
  readonly id: string;
  readonly accountId: AccountId;
  children: readonly Node[];
}

export interface GroupNode {
  readonly kind: 'group';
  readonly id: string;
  readonly accountId: AccountId;
  readonly parent: AccountNode | undefined;
  readonly grouping: GroupKind;
  /** The value that the servers share, e.g. a datacenter code; empty where it is unknown. */
  readonly key: string;
  /** The positions of its first and last server, from 1, where a long group is divided. */
  readonly range: { readonly first: number; readonly last: number } | undefined;
  /** Initially collapsed. VS Code reads this once per id, so the id changes with it. */
  readonly isFolded: boolean;
  children: readonly ServerNode[];
}

export interface ServerNode {
  readonly kind: 'server';
  readonly accountId: AccountId;
  readonly serverId: ServerId;
  /** A row in the group "Pinned". The server has another row in its place, so that the groups are complete. */
  readonly isPinned: boolean;
  parent: AccountNode | GroupNode | undefined;
}

/** A placeholder in an account without server rows. */
export interface HintNode {
  readonly kind: 'hint';
  readonly id: string;
  readonly accountId: AccountId;
  readonly parent: AccountNode | undefined;
  readonly hint: 'loading' | 'empty' | 'noMatch' | 'rejected' | 'unreachable';
}

/** The id of a row for VS Code. That of a server is made only where its row is drawn: an account may have thousands. */
export function nodeId(node: Node): string {
  return node.kind === 'server'
    ? `${node.isPinned ? 'pinned' : 'server'}/${encodeURIComponent(node.accountId)}/${encodeURIComponent(node.serverId)}`
    : node.id;
}

export type Node = AccountNode | GroupNode | ServerNode | HintNode;
