import type { AccountId } from '../core/account.ts';
import type { Grouping } from '../core/grouping.ts';
import type { ServerId } from '../core/server.ts';

/** Rows of the servers view. The same row keeps the same object and id for as long as it lives. */
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
  readonly grouping: Grouping;
  /** What the servers have in common, e.g. a datacenter code; empty where it is not known. */
  readonly key: string;
  /** Shown closed at first. VS Code asks this once for each id: when it changes, so does the id. */
  readonly isFolded: boolean;
  children: readonly ServerNode[];
}

export interface ServerNode {
  readonly kind: 'server';
  readonly id: string;
  readonly accountId: AccountId;
  readonly serverId: ServerId;
  parent: AccountNode | GroupNode | undefined;
}

/** What stands in for rows within an account when there are none. */
export interface HintNode {
  readonly kind: 'hint';
  readonly id: string;
  readonly accountId: AccountId;
  readonly parent: AccountNode | undefined;
  readonly hint: 'loading' | 'empty' | 'noMatch' | 'rejected' | 'unreachable';
}

export type Node = AccountNode | GroupNode | ServerNode | HintNode;
