import * as vscode from 'vscode';
import { DisposableStore, Emitter } from '../core/event.ts';
import { isFiltering, noFilter, parseFilter, toQuery } from '../core/filter.ts';
import type { ServerFilter } from '../core/filter.ts';
import { isSameRef } from '../core/refs.ts';
import type { ServerRef } from '../core/refs.ts';
import { isInTransition } from '../core/server.ts';
import type { ContextKeyOwner } from '../host/contextKeys.ts';
import type { AppError } from '../core/errors.ts';
import { staleListText } from '../text/errors.ts';
import { formatTime } from '../text/times.ts';
import { filterText } from '../text/filters.ts';
import { unreachableReasons, viewId } from '../ids.ts';
import type { UnreachableReason } from '../ids.ts';
import { plural } from '../text/l10n.ts';
import type { Session } from '../state/session.ts';
import type { Sessions } from '../state/sessions.ts';
import type { Node } from './nodes.ts';
import type { ServersTree } from './serversTree.ts';

const filterKey = 'vpsOrg.filter';
/** Attempts to select a row. */
const maxReveals = 3;

export interface ServersViewOptions {
  readonly tree: ServersTree;
  readonly sessions: Sessions;
  readonly contextKeys: ContextKeyOwner;
  /** Stores the filter, per workspace. */
  readonly memento: vscode.Memento;
  /** Receives errors of VS Code that must not end what a person does. */
  readonly warn: (text: string, error: unknown) => void;
}

/** The "Servers" view around its rows: message, screens, badge, progress, filter, and whether it is viewed. */
export class ServersView implements vscode.Disposable {
  readonly #options: ServersViewOptions;
  readonly #disposables = new DisposableStore();
  readonly #view: vscode.TreeView<Node>;
  readonly #onDidChangeViewed = this.#disposables.add(new Emitter<boolean>());
  #endProgress: (() => void) | undefined;
  #isStarted = false;
  #isViewed = false;

  /** Fires when `isViewed` changes. */
  readonly onDidChangeViewed = this.#onDidChangeViewed.event;

  constructor(options: ServersViewOptions) {
    this.#options = options;
    const { tree, sessions } = options;
    const filter = parseFilter(options.memento.get(filterKey));
    void tree.setFilter(filter);
    sessions.setQuery(toQuery(filter));
    this.#view = this.#disposables.add(
      vscode.window.createTreeView<Node>(viewId, {
        treeDataProvider: tree,
        canSelectMany: true,
        showCollapseAll: true,
      }),
    );
    this.#disposables.add(
      this.#view.onDidChangeSelection(({ selection }) => tree.setSelection(selection)),
    );
    this.#disposables.add(this.#view.onDidChangeVisibility(() => this.#updateViewed()));
    this.#disposables.add(vscode.window.onDidChangeWindowState(() => this.#updateViewed()));
    this.#disposables.add(tree.onDidChangeStructure(() => this.#update()));
    this.#disposables.add(sessions.onDidChange(() => this.#update()));
    this.#disposables.add({ dispose: () => this.#endProgress?.() });
  }

  get isVisible(): boolean {
    return this.#view.visible;
  }

  /** Whether the view is visible in a focused window. */
  get isViewed(): boolean {
    return this.#isViewed;
  }

  get onDidChangeSelection(): vscode.Event<vscode.TreeViewSelectionChangeEvent<Node>> {
    return this.#view.onDidChangeSelection;
  }

  /** The selected rows; empty while the view is hidden. */
  get selection(): readonly Node[] {
    return this.#view.visible ? this.#view.selection : [];
  }

  get filter(): ServerFilter {
    return this.#options.tree.filter;
  }

  /** Filters the view, in this workspace, until the filter is cleared. */
  setFilter(filter: ServerFilter): void {
    void this.#options.tree.setFilter(filter);
    this.#options.sessions.setQuery(toQuery(filter));
    void this.#options.memento.update(filterKey, isFiltering(filter) ? filter : undefined);
    this.#update();
  }

  clearFilter(): void {
    this.setFilter(noFilter);
  }

  /** Selects and shows a server's row. False where the filter hides it. */
  async reveal(ref: ServerRef): Promise<boolean> {
    for (let attempt = 1; ; attempt++) {
      const node = this.#options.tree.findServer(ref);
      if (!node || !this.#view.visible) {
        return node !== undefined;
      }
      try {
        await this.#view.reveal(node, { select: true, focus: false });
        return true;
      } catch (error) {
        // VS Code cannot find a row that it draws at the same time. The server is there nevertheless.
        if (attempt === maxReveals) {
          this.#options.warn('The row of a server could not be selected', error);
          return true;
        }
      }
    }
  }

  async follow(ref: ServerRef): Promise<void> {
    const isSelected = this.#view.selection.some(
      (row) => row.kind === 'server' && isSameRef(row, ref),
    );
    if (!isSelected) {
      await this.reveal(ref);
    }
  }

  /** Call this once, when the accounts are loaded. Before that the view cannot choose a screen. */
  start(): void {
    this.#isStarted = true;
    this.#update();
    this.#updateViewed();
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  #updateViewed(): void {
    const isViewed = this.#isStarted && this.#view.visible && vscode.window.state.focused;
    if (isViewed !== this.#isViewed) {
      this.#isViewed = isViewed;
      this.#onDidChangeViewed.fire(isViewed);
    }
  }

  #update(): void {
    if (!this.#isStarted) {
      return;
    }
    const { tree, sessions, contextKeys } = this.#options;
    const { structure, filter } = tree;
    const isFiltered = isFiltering(filter);
    contextKeys.set('vpsOrg.screen', structure.screen);
    contextKeys.set(
      'vpsOrg.reason',
      structure.screen === 'unreachable'
        ? reasonOf(sessions.all[0]?.servers.load.error)
        : undefined,
    );
    contextKeys.set('vpsOrg.signedIn', sessions.all.length > 0);
    contextKeys.set('vpsOrg.filtered', isFiltered);
    this.#view.message = this.#messageText(isFiltered);
    this.#showBadge();
    this.#showProgress(sessions.all.some((session) => isFirstLoad(session)));
  }

  /**
   * Notes about the rows: sample servers, outdated or incomplete lists, the filter, and what all servers cost. They are in the message because a view
   * alone in its container shows no description. Empty without rows, because VS Code shows no welcome screen beside a message.
   */
  #messageText(isFiltered: boolean): string {
    const { tree, sessions } = this.#options;
    const lines: string[] = [];
    if (tree.structure.screen !== 'list') {
      return '';
    }
    const isMany = sessions.all.length > 1;
    const [first] = sessions.all;
    if (!isMany && first?.account.kind === 'sample') {
      lines.push(vscode.l10n.t('Sample servers, simulated on this computer. They cost nothing.'));
    }
    for (const session of sessions.all) {
      const text = staleText(session) ?? incompleteText(session);
      if (text) {
        lines.push(isMany ? vscode.l10n.t('{0}: {1}', session.account.label, text) : text);
      }
    }
    if (isFiltered) {
      lines.push(
        vscode.l10n.t(
          'Filtered by {0}: {1} of {2} servers.',
          filterText(tree.filter),
          tree.structure.shown,
          tree.structure.known,
        ),
      );
    }
    const total = isMany || !first ? undefined : tree.totals?.messageText(first, isFiltered);
    if (total) {
      lines.push(total);
    }
    return lines.join(' ');
  }

  /** Shows the number of servers in transition on the icon of the container. */
  #showBadge(): void {
    const value = this.#options.sessions.all
      .flatMap((session) => session.servers.servers)
      .filter(({ status }) => isInTransition(status)).length;
    if (value !== (this.#view.badge?.value ?? 0)) {
      const tooltip = plural(
        vscode.l10n.t('{0, plural, one {# server is} other {# servers are}} changing status'),
        value,
      );
      this.#view.badge = value === 0 ? undefined : { value, tooltip };
    }
  }

  #showProgress(isLoading: boolean): void {
    if (isLoading && !this.#endProgress) {
      void vscode.window.withProgress(
        { location: { viewId } },
        () =>
          new Promise<void>((resolve) => {
            this.#endProgress = resolve;
          }),
      );
    } else if (!isLoading) {
      this.#endProgress?.();
      this.#endProgress = undefined;
    }
  }
}

function isFirstLoad(session: Session): boolean {
  return session.servers.load.isLoading && session.servers.load.loadedAt === undefined;
}

/** The reason for the screen `unreachable`. A certificate problem is a `network` error with a code of its own. */
function reasonOf(error: AppError | undefined): UnreachableReason {
  const { kind = 'network', code = '' } = error ?? {};
  return kind === 'network' && /CERT|SIGNED|ISSUER|TLS|CRL/u.test(code)
    ? 'certificate'
    : (unreachableReasons.find((reason) => reason === kind) ?? 'refused');
}

/** Why the rows are outdated, and since when. */
function staleText(session: Session): string | undefined {
  const { load, servers } = session.servers;
  const from = load.knownAt;
  if (from === undefined || servers.length === 0) {
    return undefined;
  }
  const time = formatTime(from);
  if (load.error) {
    return staleListText(load.error, time);
  }
  return load.cachedAt === undefined
    ? undefined
    : vscode.l10n.t('Last updated at {0}. Waiting for VPS.org.', time);
}

function incompleteText(session: Session): string | undefined {
  const { load, servers } = session.servers;
  return load.total > servers.length
    ? vscode.l10n.t('VPS.org returned {0} of {1} servers.', servers.length, load.total)
    : undefined;
}
