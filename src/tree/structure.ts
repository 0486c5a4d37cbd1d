import type { ServerFilter } from '../core/filter.ts';
import { isFiltering, matcher } from '../core/filter.ts';
import { groupServers } from '../core/grouping.ts';
import type { Grouping, ServerGroup } from '../core/grouping.ts';
import type { Server } from '../core/server.ts';
import type { Screen } from '../ids.ts';
import type { Session } from '../state/session.ts';
import type { AccountNode, GroupNode, HintNode, Node, ServerNode } from './nodes.ts';

/** Which rows there are, in which order; nothing about how they look. */
export interface Structure {
  readonly roots: readonly Node[];
  readonly screen: Screen;
  /** Servers that the filter lets through, and all that are known. */
  readonly shown: number;
  readonly known: number;
}

/** With more groups or servers than this a person wants to see the groups first, and VS Code need not ask for every row. */
const unfolded = { groups: 20, servers: 1_000 };

/** Keeps row objects alive across rebuilds, by id. */
export class NodeCache {
  #before = new Map<string, Node>();
  #now = new Map<string, Node>();

  /** To be asked once for each row of a build. Everything that is not asked for until `sweep` is forgotten. */
  take<N extends Node>(id: string, make: () => N): N {
    const kept = (this.#before.get(id) as N | undefined) ?? make();
    this.#now.set(id, kept);
    return kept;
  }

  get(id: string): Node | undefined {
    return this.#now.get(id) ?? this.#before.get(id);
  }

  sweep(): void {
    this.#before = this.#now;
    this.#now = new Map();
  }
}

export function serverNodeId(accountId: string, serverId: string): string {
  return `server/${encodeURIComponent(accountId)}/${encodeURIComponent(serverId)}`;
}

export function accountNodeId(accountId: string): string {
  return `account/${encodeURIComponent(accountId)}`;
}

/** What to say instead of rows: the same for an account among several and for the whole view. */
function hintFor(session: Session, filtered: boolean): HintNode['hint'] {
  const { load, servers } = session.servers;
  if (servers.length > 0 && filtered) {
    return 'noMatch';
  }
  if (session.isRejected) {
    return 'rejected';
  }
  if (load.loadedAt !== undefined) {
    return 'empty';
  }
  return load.error && !load.isLoading ? 'unreachable' : 'loading';
}

/**
 * Builds the rows: locations (or what they are grouped by) with servers; with several accounts, those come first. A single
 * account gets a row of its own only when its token was rejected, above the servers that are still known.
 */
export function buildStructure(
  sessions: readonly Session[],
  grouping: Grouping,
  filter: ServerFilter,
  cache: NodeCache,
): Structure {
  const filtered = isFiltering(filter);
  const matches = matcher(filter);
  const isMany = sessions.length > 1;
  const accounts = sessions.map((session) => {
    const all = session.servers.servers;
    const visible = filtered ? all.filter(matches) : all;
    return { session, known: all.length, shown: visible.length, groups: groupServers(visible, grouping) };
  });
  const sum = (count: (account: (typeof accounts)[number]) => number): number =>
    accounts.reduce((total, account) => total + count(account), 0);
  const shown = sum((account) => account.shown);
  const isFolded = shown > unfolded.servers || sum(({ groups }) => groups.length) > unfolded.groups;
  let roots: readonly Node[] = [];
  let screen: Screen = sessions.length === 0 ? 'signedOut' : 'list';
  for (const { session, groups } of accounts) {
    const account = isMany || session.isRejected ? takeAccount(session, cache) : undefined;
    const parent = isMany ? account : undefined;
    const rows = buildRows({ accountId: session.account.id, groups, grouping, isFolded, parent }, cache);
    if (isMany && account) {
      account.children = rows.length > 0 ? rows : [takeHint(session, filtered, account, cache)];
      roots = [...roots, account];
    } else if (rows.length > 0) {
      roots = account ? [account, ...rows] : rows;
      if (account) {
        account.children = [];
      }
    } else {
      screen = hintFor(session, filtered);
    }
  }
  cache.sweep();
  return { roots, screen, shown, known: sum((account) => account.known) };
}

function takeAccount(session: Session, cache: NodeCache): AccountNode {
  const accountId = session.account.id;
  const id = accountNodeId(accountId);
  return cache.take(id, () => ({ kind: 'account', id, accountId, children: [] }));
}

function takeHint(session: Session, filtered: boolean, parent: AccountNode, cache: NodeCache): HintNode {
  const accountId = session.account.id;
  const hint = hintFor(session, filtered);
  const id = `hint/${encodeURIComponent(accountId)}/${hint}`;
  return cache.take(id, () => ({ kind: 'hint', id, accountId, parent, hint }));
}

interface RowsOptions {
  readonly accountId: string;
  readonly groups: readonly ServerGroup[];
  readonly grouping: Grouping;
  readonly isFolded: boolean;
  readonly parent: AccountNode | undefined;
}

function buildRows({ accountId, groups, grouping, isFolded, parent }: RowsOptions, cache: NodeCache): readonly Node[] {
  if (grouping === 'none') {
    return groups.flatMap(({ servers }) => servers.map((server) => takeServer(accountId, server, parent, cache)));
  }
  return groups.map((group) => {
    const place = `${parent ? 'nested' : 'top'}${isFolded ? '-folded' : ''}`;
    const id = `group/${place}/${encodeURIComponent(accountId)}/${grouping}/${encodeURIComponent(group.key)}`;
    const node = cache.take<GroupNode>(id, () => ({
      kind: 'group',
      ...{ id, accountId, parent, grouping, key: group.key, isFolded, children: [] },
    }));
    node.children = group.servers.map((server) => takeServer(accountId, server, node, cache));
    return node;
  });
}

function takeServer(
  accountId: string,
  server: Server,
  parent: AccountNode | GroupNode | undefined,
  cache: NodeCache,
): ServerNode {
  const id = serverNodeId(accountId, server.id);
  const node = cache.take<ServerNode>(id, () => ({
    kind: 'server',
    id,
    accountId,
    serverId: server.id,
    parent,
  }));
  node.parent = parent;
  return node;
}
