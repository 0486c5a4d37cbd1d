import * as vscode from 'vscode';
import { DisposableStore, Emitter } from '../core/event.ts';
import { isFiltering, noFilter } from '../core/filter.ts';
import type { ServerFilter } from '../core/filter.ts';
import type { Grouping } from '../core/grouping.ts';
import type { ServerRef } from '../core/refs.ts';
import type { matcher } from '../core/search.ts';
import type { Server } from '../core/server.ts';
import type { MarkStore } from '../state/serverMarks.ts';
import type { StatusWaiter } from '../state/statusWaiter.ts';
import type { ChangedServers } from '../state/changedServers.ts';
import type { ServerActions } from '../state/serverActions.ts';
import { hasServerChanges } from '../state/storeChange.ts';
import type { SessionChange, Sessions } from '../state/sessions.ts';
import type { GroupNode, Node } from './nodes.ts';
import { Yielder } from './yielder.ts';
import { accountRow, groupRow, hintRow } from './groupRows.ts';
import { isSameRows, rowsToRedraw, withGroups } from './redraw.ts';
import { isSameRow, serverRow } from './rows.ts';
import type { PriceTotals, Row } from './rows.ts';
import { NodeCache } from './nodeCache.ts';
import { accountNodeId, buildStructure } from './structure.ts';
import type { Structure } from './structure.ts';
import type { Tooltips } from './tooltips.ts';
import { toTreeItem } from './treeItems.ts';

export interface ServersTreeOptions {
  readonly sessions: Sessions;
  readonly actions: ServerActions;
  readonly statusWaiter: StatusWaiter;
  readonly marks: Pick<MarkStore, 'isEmpty' | 'get' | 'onDidChange'>;
  readonly changedServers: ChangedServers;
  /** Loads the search with the first filter. */
  readonly loadMatcher: () => Promise<typeof matcher>;
  /** Loads the tooltips on the first hover. */
  readonly loadTooltips: () => Promise<Tooltips>;
  readonly grouping: () => Grouping;
  /** Resolves when the accounts are loaded. Until then VS Code waits for rows and shows progress. */
  readonly ready: Promise<unknown>;
}

/** The rows that VS Code last received. Rows are the same objects in every build. */
interface Layout {
  /** The rows outside groups, in order; undefined marks the end of an account. */
  readonly rows: (Node | undefined)[];
  readonly groups: Map<GroupNode, readonly Node[]>;
}

/**
 * Builds the rows from the sessions. Redraws only rows that look different, and the whole tree only where rows moved between
 * groups or groups were added or removed.
 */
export class ServersTree implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  readonly #options: ServersTreeOptions;
  readonly #disposables = new DisposableStore();
  readonly #onDidChangeTreeData = this.#disposables.add(new Emitter<Node[] | undefined>());
  readonly #onDidChangeStructure = this.#disposables.add(new Emitter<Structure>());
  readonly #cache = new NodeCache();
  readonly #yielder = new Yielder(500);
  /** The rows as last drawn. */
  #drawn = new WeakMap<Node, Row>();
  #tooltips: Promise<Tooltips> | undefined;
  #layout: Layout = { rows: [], groups: new Map() };
  #filter = noFilter;
  #matcher: typeof matcher | undefined;
  #totals: PriceTotals | undefined;
  #selection: readonly Node[] = [];
  #structure: Structure = { roots: [], screen: 'loading', shown: 0, known: 0 };

  readonly onDidChangeTreeData = this.#onDidChangeTreeData.event;
  /** Fires after every rebuild. The screen, the counts and the prices may have changed. */
  readonly onDidChangeStructure = this.#onDidChangeStructure.event;

  constructor(options: ServersTreeOptions) {
    this.#options = options;
    const { sessions, actions, statusWaiter, marks, changedServers } = options;
    const redraw = (ref: ServerRef): void => this.#redrawServers([ref]);
    this.#disposables.add(sessions.onDidChangeAccounts(() => this.rebuild()));
    this.#disposables.add(sessions.onDidChange((change) => this.#update(change)));
    this.#disposables.add(actions.onDidChange(redraw));
    this.#disposables.add(statusWaiter.onDidChange(redraw));
    this.#disposables.add(changedServers.onDidChange(redraw));
    // A server may have been pinned, and a filter may look for its note.
    this.#disposables.add(marks.onDidChange(() => this.rebuild()));
    // Fires for marks too.
    this.#disposables.add(
      actions.protection.onDidChange((refs) =>
        refs ? this.#redrawServers(refs) : this.#redrawAll(),
      ),
    );
    this.rebuild();
  }

  get structure(): Structure {
    return this.#structure;
  }

  get filter(): ServerFilter {
    return this.#filter;
  }

  /** Resolves when the rows are filtered. */
  async setFilter(filter: ServerFilter): Promise<void> {
    this.#filter = filter;
    if (isFiltering(filter)) {
      this.#matcher ??= await this.#options.loadMatcher();
    }
    this.rebuild();
  }

  /** Call it whenever the selected rows change. */
  setSelection(selection: readonly Node[]): void {
    this.#selection = selection;
  }

  /** The prices that rows show; undefined while they show none. */
  get totals(): PriceTotals | undefined {
    return this.#totals;
  }

  /** Call it also after the prices changed. Redraws the rows that look different. */
  showTotals(totals: PriceTotals | undefined): void {
    this.#totals = totals;
    this.#redraw(this.#layout.rows.filter((node) => node?.kind !== 'server'));
    this.#onDidChangeStructure.fire(this.#structure);
  }

  /** Rebuilds the rows and redraws those that differ. */
  rebuild(): void {
    const { sessions, grouping, marks } = this.#options;
    this.#structure = buildStructure({
      sessions: sessions.all,
      grouping: grouping(),
      filter: this.#filter,
      matcher: this.#matcher,
      marks,
      cache: this.#cache,
    });
    this.#redrawStructure();
    this.#onDidChangeStructure.fire(this.#structure);
  }

  /** The row of a server in its place, which is never that in the group "Pinned"; undefined where the filter hides it. */
  findServer(ref: ServerRef): Node | undefined {
    return this.#cache.getServer(ref);
  }

  getChildren(node?: Node): Node[] | Promise<Node[]> {
    if (!node) {
      return this.#options.ready.then(() => [...this.#structure.roots]);
    }
    return node.kind === 'account' || node.kind === 'group' ? [...node.children] : [];
  }

  getParent(node: Node): Node | undefined {
    return node.kind === 'account' ? undefined : node.parent;
  }

  /** VS Code requests all rows of a group at once. Thousands of rows are made in chunks, so that other work can run in between. */
  getTreeItem(node: Node): vscode.TreeItem | Promise<vscode.TreeItem> {
    const yielded = this.#yielder.next();
    return yielded ? yielded.then(() => this.#makeItem(node)) : this.#makeItem(node);
  }

  #makeItem(node: Node): vscode.TreeItem {
    const row = this.#rowOf(node);
    if (!row) {
      return new vscode.TreeItem('');
    }
    this.#drawn.set(node, row);
    return toTreeItem(node, row);
  }

  async resolveTreeItem(
    item: vscode.TreeItem,
    node: Node,
    token: vscode.CancellationToken,
  ): Promise<vscode.TreeItem> {
    if (node.kind === 'server') {
      this.#tooltips ??= this.#options.loadTooltips();
      item.tooltip = await (await this.#tooltips).forServer(node, token);
    }
    return item;
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  #update({ session, store }: SessionChange): void {
    // A refresh without changes needs no rebuild, except without rows, where it decides which screen shows.
    const isQuiet = store !== undefined && !hasServerChanges(store);
    if (!isQuiet || session.servers.servers.length === 0) {
      this.rebuild();
    }
    const accountId = session.account.id;
    const rows = [...(store?.changed.keys() ?? [])].flatMap((serverId) =>
      this.#cache.getServerRows({ accountId, serverId }),
    );
    this.#redraw([...withGroups(rows), this.#cache.get(accountNodeId(accountId))]);
  }

  #redrawServers(refs: readonly ServerRef[]): void {
    this.#redraw(withGroups(refs.flatMap((ref) => this.#cache.getServerRows(ref))));
  }

  /** Redraws the rows that were drawn before and look different now. */
  #redraw(nodes: Iterable<Node | undefined>): void {
    const changed: Node[] = [];
    for (const node of nodes) {
      const drawn = node && this.#drawn.get(node);
      const row = drawn && this.#rowOf(node);
      if (row) {
        this.#drawn.set(node, row);
      }
      if (row && !isSameRow(drawn, row)) {
        changed.push(node);
      }
    }
    if (changed.length > 0) {
      this.#fire(changed);
    }
  }

  #fire(rows: readonly Node[]): void {
    this.#onDidChangeTreeData.fire(rowsToRedraw(rows, this.#selection));
  }

  #redrawAll(): void {
    this.#drawn = new WeakMap();
    this.#onDidChangeTreeData.fire(undefined);
  }

  #redrawStructure(): void {
    const { rows, groups } = this.#layout;
    const layout: Layout = { rows: [], groups: new Map() };
    const visit = (nodes: readonly Node[]): void => {
      for (const node of nodes) {
        layout.rows.push(node);
        if (node.kind === 'account') {
          visit(node.children);
          layout.rows.push(undefined);
        } else if (node.kind === 'group') {
          layout.groups.set(node, node.children);
        }
      }
    };
    visit(this.#structure.roots);
    this.#layout = layout;
    const changedGroups = [...layout.groups].filter(
      ([group, children]) => !isSameRows(groups.get(group) ?? [], children),
    );
    // A row that moves between groups would briefly be in both, which VS Code rejects. So the whole tree is redrawn.
    if (!isSameRows(rows, layout.rows) || changedGroups.length > 1) {
      this.#redrawAll();
    } else if (changedGroups.length === 1) {
      this.#fire(changedGroups.map(([group]) => group));
    }
  }

  #rowOf(node: Node): Row | undefined {
    const { sessions, actions, statusWaiter, marks, changedServers } = this.#options;
    const session = sessions.get(node.accountId);
    if (node.kind === 'hint') {
      return hintRow(node);
    }
    if (!session) {
      return undefined;
    }
    const { accountId } = node;
    const isProtected = (server: Server): boolean =>
      actions.protection.reasonOf({ accountId, serverId: server.id }, server) !== undefined;
    switch (node.kind) {
      case 'account':
        return accountRow(session, this.#totals);
      case 'group':
        return groupRow(node, session, isProtected, this.#totals);
      case 'server': {
        const server = session.servers.get(node.serverId);
        const activity = {
          isBusy: actions.running(node) !== undefined,
          isWaiting: statusWaiter.isWaiting(node),
          isProtected: server !== undefined && isProtected(server),
          isChanged: changedServers.has(node),
        };
        const isSample = session.account.kind === 'sample';
        const place = { isPinned: node.isPinned, isSample };
        return server && serverRow(server, activity, marks.get(node), place);
      }
    }
  }
}
