import type { AccountId } from '../core/account.ts';
import type { ServerRef } from '../core/refs.ts';
import type { Server, ServerId } from '../core/server.ts';
import type { AccountNode, GroupNode, HintNode, Node, ServerNode } from './nodes.ts';

/** The rows of the servers of one account. The index is made by the first search: the first list of an account needs none. */
class ServerRows {
  readonly #lists: (readonly ServerNode[])[] = [];
  #byId: Map<ServerId, ServerNode> | undefined;

  add(rows: readonly ServerNode[]): void {
    this.#lists.push(rows);
    this.#byId = undefined;
  }

  get(id: ServerId): ServerNode | undefined {
    this.#byId ??= new Map(this.#lists.flat().map((row) => [row.serverId, row]));
    return this.#byId.get(id);
  }
}

/** The rows of the servers of all accounts: those in their places, or those in the group "Pinned". */
class ServerRowCache {
  readonly #isPinned: boolean;
  #before = new Map<AccountId, ServerRows>();
  #now = new Map<AccountId, ServerRows>();

  constructor(isPinned: boolean) {
    this.#isPinned = isPinned;
  }

  take(
    accountId: AccountId,
    servers: readonly Server[],
    parent: AccountNode | GroupNode | undefined,
  ): readonly ServerNode[] {
    const before = this.#before.get(accountId);
    const now = this.#now.get(accountId) ?? new ServerRows();
    this.#now.set(accountId, now);
    const rows = servers.map(({ id }) => {
      const row = before?.get(id) ?? this.#make(accountId, id);
      row.parent = parent;
      return row;
    });
    now.add(rows);
    return rows;
  }

  get({ accountId, serverId }: ServerRef): ServerNode | undefined {
    return this.#before.get(accountId)?.get(serverId);
  }

  sweep(): void {
    this.#before = this.#now;
    this.#now = new Map();
  }

  #make(accountId: AccountId, serverId: ServerId): ServerNode {
    return { kind: 'server', accountId, serverId, isPinned: this.#isPinned, parent: undefined };
  }
}

/** Keeps row objects alive across rebuilds: `sweep` removes those that were not taken since the last sweep. */
export class NodeCache {
  readonly #servers = new ServerRowCache(false);
  readonly #pinned = new ServerRowCache(true);
  #before = new Map<string, Node>();
  #now = new Map<string, Node>();

  /** The row with this id, made where it is new. */
  take<N extends AccountNode | GroupNode | HintNode>(id: string, make: () => N): N {
    const node = (this.#before.get(id) as N | undefined) ?? make();
    this.#now.set(id, node);
    return node;
  }

  /** The rows of servers of an account, made where they are new. */
  takeServers(
    accountId: AccountId,
    servers: readonly Server[],
    parent: AccountNode | GroupNode | undefined,
  ): readonly ServerNode[] {
    const isPinned = parent?.kind === 'group' && parent.grouping === 'pinned';
    return (isPinned ? this.#pinned : this.#servers).take(accountId, servers, parent);
  }

  get(id: string): Node | undefined {
    return this.#now.get(id) ?? this.#before.get(id);
  }

  /** The row of a server in its place. */
  getServer(ref: ServerRef): ServerNode | undefined {
    return this.#servers.get(ref);
  }

  /** All rows of a server. */
  getServerRows(ref: ServerRef): readonly ServerNode[] {
    return [this.#servers.get(ref), this.#pinned.get(ref)].filter((row) => row !== undefined);
  }

  sweep(): void {
    this.#before = this.#now;
    this.#now = new Map();
    this.#servers.sweep();
    this.#pinned.sweep();
  }
}
