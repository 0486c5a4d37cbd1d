import * as vscode from 'vscode';
import { DisposableStore, Emitter } from '../core/event.ts';
import { noFilter } from '../core/filter.ts';
import type { ServerFilter } from '../core/filter.ts';
import type { Grouping } from '../core/grouping.ts';
import type { ServerRef } from '../core/refs.ts';
import type { Follower } from '../state/follower.ts';
import type { ServerActions } from '../state/serverActions.ts';
import type { SessionChange, Sessions } from '../state/sessions.ts';
import type { GroupNode, Node } from './nodes.ts';
import { Portions } from './portions.ts';
import { accountRow, groupRow, hintRow, isSameRow, serverRow } from './rows.ts';
import type { Row } from './rows.ts';
import { accountNodeId, buildStructure, NodeCache, serverNodeId } from './structure.ts';
import type { Structure } from './structure.ts';
import type { Tooltips } from './tooltips.ts';
import { toTreeItem } from './treeItems.ts';

export interface ServersTreeOptions {
  readonly sessions: Sessions;
  readonly actions: ServerActions;
  readonly follower: Follower;
  readonly tooltips: Tooltips;
  readonly grouping: () => Grouping;
  /** Resolves when the accounts are known. Until then VS Code is kept waiting for rows, which it shows as progress. */
  readonly ready: Promise<void>;
}

/** Which rows VS Code was last told of: rows stay the same objects from one build to the next. */
interface Layout {
  /** Those outside of groups, in order; undefined where those of an account end. */
  readonly rows: (Node | undefined)[];
  readonly groups: Map<GroupNode, readonly Node[]>;
}

/**
 * Turns the sessions into rows. Rows are redrawn only where they look different than before; the whole tree only where rows
 * moved between groups, or groups came or went.
 */
export class ServersTree implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  readonly #options: ServersTreeOptions;
  readonly #disposables = new DisposableStore();
  readonly #onDidChangeTreeData = this.#disposables.add(new Emitter<Node[] | undefined>());
  readonly #onDidChangeStructure = this.#disposables.add(new Emitter<Structure>());
  readonly #cache = new NodeCache();
  readonly #portions = new Portions(500);
  /** How rows looked when VS Code last asked. */
  readonly #drawn = new Map<string, Row>();
  #layout: Layout = { rows: [], groups: new Map() };
  #filter = noFilter;
  #structure: Structure = { roots: [], screen: 'loading', shown: 0, known: 0 };

  readonly onDidChangeTreeData = this.#onDidChangeTreeData.event;
  /** The rows were built anew: which screen shows, and how many servers, may have changed. */
  readonly onDidChangeStructure = this.#onDidChangeStructure.event;

  constructor(options: ServersTreeOptions) {
    this.#options = options;
    const { sessions, actions, follower } = options;
    this.#disposables.add(sessions.onDidChangeAccounts(() => this.rebuild()));
    this.#disposables.add(sessions.onDidChange((change) => this.#update(change)));
    this.#disposables.add(actions.onDidChange((ref) => this.#redrawServer(ref)));
    this.#disposables.add(follower.onDidChange((ref) => this.#redrawServer(ref)));
    this.rebuild();
  }

  get structure(): Structure {
    return this.#structure;
  }

  get filter(): ServerFilter {
    return this.#filter;
  }

  setFilter(filter: ServerFilter): void {
    this.#filter = filter;
    this.rebuild();
  }

  /** Builds the rows anew and redraws what differs. */
  rebuild(): void {
    const { sessions, grouping } = this.#options;
    this.#structure = buildStructure(sessions.all, grouping(), this.#filter, this.#cache);
    this.#redrawStructure();
    this.#onDidChangeStructure.fire(this.#structure);
  }

  /** The row of a server, to reveal it; undefined while the filter hides it. */
  findServer(ref: ServerRef): Node | undefined {
    return this.#cache.get(serverNodeId(ref.accountId, ref.serverId));
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

  /** VS Code asks for all rows of a group at once. Thousands of them are made in portions, between which others get their turn. */
  getTreeItem(node: Node): vscode.TreeItem | Promise<vscode.TreeItem> {
    const turn = this.#portions.next();
    return turn ? turn.then(() => this.#makeItem(node)) : this.#makeItem(node);
  }

  #makeItem(node: Node): vscode.TreeItem {
    const row = this.#rowOf(node);
    if (!row) {
      return new vscode.TreeItem('');
    }
    this.#drawn.set(node.id, row);
    return toTreeItem(node, row);
  }

  async resolveTreeItem(
    item: vscode.TreeItem,
    node: Node,
    token: vscode.CancellationToken,
  ): Promise<vscode.TreeItem> {
    if (node.kind === 'server') {
      item.tooltip = await this.#options.tooltips.forServer(node, token);
    }
    return item;
  }

  dispose(): void {
    this.#disposables.dispose();
    this.#drawn.clear();
  }

  #update({ session, store }: SessionChange): void {
    // A refresh that brought nothing new costs nothing: without rows, though, it decides which screen shows.
    const isQuiet = store !== undefined && store.changed.size + store.added.size + store.removed.size === 0;
    if (!isQuiet || session.servers.servers.length === 0) {
      this.rebuild();
    }
    const accountId = session.account.id;
    const rows = [...(store?.changed ?? [])].flatMap((serverId) => this.findServer({ accountId, serverId }) ?? []);
    this.#redraw([...withGroups(rows), this.#cache.get(accountNodeId(accountId))]);
  }

  #redrawServer(ref: ServerRef): void {
    this.#redraw(withGroups([this.findServer(ref)]));
  }

  /** Redraws those rows that are on screen and look different now. */
  #redraw(nodes: Iterable<Node | undefined>): void {
    const changed: Node[] = [];
    for (const node of nodes) {
      const drawn = node && this.#drawn.get(node.id);
      const row = drawn && this.#rowOf(node);
      if (row) {
        this.#drawn.set(node.id, row);
      }
      if (row && !isSameRow(drawn, row)) {
        changed.push(node);
      }
    }
    if (changed.length > 0) {
      this.#onDidChangeTreeData.fire(changed);
    }
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
    const changedGroups = [...layout.groups].filter(([group, children]) => !isSameRows(groups.get(group) ?? [], children));
    // A row that moves between groups would for a moment stand in both, which VS Code refuses: then all is drawn anew.
    if (!isSameRows(rows, layout.rows) || changedGroups.length > 1) {
      this.#drawn.clear();
      this.#onDidChangeTreeData.fire(undefined);
    } else if (changedGroups.length === 1) {
      this.#onDidChangeTreeData.fire(changedGroups.map(([group]) => group));
    }
  }

  #rowOf(node: Node): Row | undefined {
    const { sessions, actions, follower } = this.#options;
    const session = sessions.get(node.accountId);
    if (node.kind === 'hint') {
      return hintRow(node);
    }
    if (!session) {
      return undefined;
    }
    switch (node.kind) {
      case 'account':
        return accountRow(session);
      case 'group':
        return groupRow(node, session);
      case 'server': {
        const server = session.servers.get(node.serverId);
        const activity = { isBusy: actions.running(node) !== undefined, isFollowed: follower.isFollowing(node) };
        return server && serverRow(server, activity);
      }
    }
  }
}

function isSameRows(a: readonly (Node | undefined)[], b: readonly (Node | undefined)[]): boolean {
  return a.length === b.length && a.every((node, index) => node === b[index]);
}

/** Rows with the groups that they stand in, each once: a group counts what its servers do. */
function withGroups(rows: readonly (Node | undefined)[]): ReadonlySet<Node | undefined> {
  return new Set([...rows, ...rows.map((row) => (row?.kind === 'server' ? row.parent : undefined))]);
}
