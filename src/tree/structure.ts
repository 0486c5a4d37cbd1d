import type { ServerFilter } from '../core/filter.ts';
import { isFiltering } from '../core/filter.ts';
import type { matcher } from '../core/search.ts';
import { groupServers } from '../core/grouping.ts';
import type { Grouping, GroupKind, ServerGroup } from '../core/grouping.ts';
import { notesOf } from '../core/serverMarks.ts';
import type { MarksReader } from '../core/serverMarks.ts';
import type { Server } from '../core/server.ts';
import type { Screen } from '../ids.ts';
import type { Session } from '../state/session.ts';
import type { NodeCache } from './nodeCache.ts';
import type { AccountNode, GroupNode, HintNode, Node } from './nodes.ts';

/** The rows and their order, without their appearance. */
export interface Structure {
  readonly roots: readonly Node[];
  readonly screen: Screen;
  /** The number of servers that match the filter, and of all servers. */
  readonly shown: number;
  readonly known: number;
}

/** Beyond these numbers groups start collapsed: they are easier to survey, and VS Code requests fewer rows. */
const maxExpanded = { groups: 20, servers: 1_000 };
/**
 * Servers in a group. VS Code creates the rows of a group all at once, and the extension host answers nothing meanwhile, so
 * longer groups are divided.
 */
const maxGroup = 2_500;
const dividedGroup = 1_000;

export function accountNodeId(accountId: string): string {
  return `account/${encodeURIComponent(accountId)}`;
}

/** The placeholder for rows, in an account among several and in the whole view. */
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

export interface StructureOptions {
  readonly sessions: readonly Session[];
  readonly grouping: Grouping;
  readonly filter: ServerFilter;
  /** Undefined until it is loaded. Until then every server matches. */
  readonly matcher: typeof matcher | undefined;
  readonly marks: MarksReader;
  readonly cache: NodeCache;
}

/**
 * Builds the rows: groups with servers, pinned servers also in a group of their own at the top, and with several accounts a row
 * for each account above them. A single account gets a row only where its token was rejected, above the servers of the last list.
 */
export function buildStructure({
  sessions,
  grouping,
  filter,
  matcher: toPredicate,
  marks,
  cache,
}: StructureOptions): Structure {
  const filtered = toPredicate !== undefined && isFiltering(filter);
  const isMany = sessions.length > 1;
  const accounts = sessions.map((session) => {
    const all = session.servers.servers;
    const accountId = session.account.id;
    const visible = filtered ? all.filter(toPredicate(filter, notesOf(marks, accountId))) : all;
    const isPinned = ({ id }: Server): boolean => marks.get({ accountId, serverId: id }).isPinned;
    const pinned = marks.isEmpty ? [] : visible.filter(isPinned);
    return {
      session,
      known: all.length,
      shown: visible.length,
      groups: [
        ...groupServers(pinned, 'none').map((group) => asKind(group, 'pinned')),
        ...groupServers(visible, grouping).map((group) => asKind(group, grouping)),
      ],
    };
  });
  const sum = (count: (account: (typeof accounts)[number]) => number): number =>
    accounts.reduce((total, account) => total + count(account), 0);
  const shown = sum((account) => account.shown);
  const isFolded =
    shown > maxExpanded.servers || sum(({ groups }) => groups.length) > maxExpanded.groups;
  let roots: readonly Node[] = [];
  let screen: Screen = sessions.length === 0 ? 'signedOut' : 'list';
  for (const { session, groups } of accounts) {
    const account = isMany || session.isRejected ? takeAccount(session, cache) : undefined;
    const parent = isMany ? account : undefined;
    const rows = buildRows({ accountId: session.account.id, groups, isFolded, parent }, cache);
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

function takeHint(
  session: Session,
  filtered: boolean,
  parent: AccountNode,
  cache: NodeCache,
): HintNode {
  const accountId = session.account.id;
  const hint = hintFor(session, filtered);
  const id = `hint/${encodeURIComponent(accountId)}/${hint}`;
  return cache.take(id, () => ({ kind: 'hint', id, accountId, parent, hint }));
}

interface KindOfGroup extends ServerGroup {
  readonly grouping: GroupKind;
}

function asKind(group: ServerGroup, grouping: GroupKind): KindOfGroup {
  return { ...group, grouping };
}

interface RowsOptions {
  readonly accountId: string;
  readonly groups: readonly KindOfGroup[];
  readonly isFolded: boolean;
  readonly parent: AccountNode | undefined;
}

function buildRows(options: RowsOptions, cache: NodeCache): readonly Node[] {
  const { accountId, groups, parent } = options;
  return groups.flatMap<Node>((group) => {
    if (group.servers.length > maxGroup) {
      return ranges(group.servers.length).map((range) =>
        takeGroup(options, { ...group, range }, cache),
      );
    }
    return group.grouping === 'none'
      ? cache.takeServers(accountId, group.servers, parent)
      : [takeGroup(options, { ...group, range: undefined }, cache)];
  });
}

function ranges(count: number): readonly NonNullable<GroupNode['range']>[] {
  return Array.from({ length: Math.ceil(count / dividedGroup) }, (_, index) => ({
    first: index * dividedGroup + 1,
    last: Math.min((index + 1) * dividedGroup, count),
  }));
}

function takeGroup(
  { accountId, isFolded, parent }: RowsOptions,
  { grouping, key, servers, range }: KindOfGroup & Pick<GroupNode, 'range'>,
  cache: NodeCache,
): GroupNode {
  const place = `${parent ? 'nested' : 'top'}${isFolded ? '-folded' : ''}`;
  const suffix = range ? `/${range.first}-${range.last}` : '';
  const id = `group/${place}/${encodeURIComponent(accountId)}/${grouping}/${encodeURIComponent(key)}${suffix}`;
  const node = cache.take<GroupNode>(id, () => ({
    kind: 'group',
    id,
    accountId,
    parent,
    grouping,
    key,
    range,
    isFolded,
    children: [],
  }));
  node.children = cache.takeServers(
    accountId,
    range ? servers.slice(range.first - 1, range.last) : servers,
    node,
  );
  return node;
}
