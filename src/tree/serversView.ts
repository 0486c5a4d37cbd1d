import * as vscode from 'vscode';
import { DisposableStore, Emitter } from '../core/event.ts';
import { isFiltering, noFilter, parseFilter, toQuery } from '../core/filter.ts';
import type { ServerFilter } from '../core/filter.ts';
import type { ServerRef } from '../core/refs.ts';
import { isInTransition } from '../core/server.ts';
import type { ContextKeyOwner } from '../host/contextKeys.ts';
import { formatTime, staleListText } from '../host/errorText.ts';
import { viewId } from '../ids.ts';
import type { Session } from '../state/session.ts';
import type { Sessions } from '../state/sessions.ts';
import type { Node } from './nodes.ts';
import type { ServersTree } from './serversTree.ts';

const filterKey = 'vpsOrg.filter';

export interface ServersViewOptions {
  readonly tree: ServersTree;
  readonly sessions: Sessions;
  readonly contextKeys: ContextKeyOwner;
  /** Where the filter is kept: for this workspace. */
  readonly memento: vscode.Memento;
}

/** The "Servers" view around its rows: title, message, screens, progress, filter, and whether somebody is looking. */
export class ServersView implements vscode.Disposable {
  readonly #options: ServersViewOptions;
  readonly #disposables = new DisposableStore();
  readonly #view: vscode.TreeView<Node>;
  readonly #onDidChangeWatched = this.#disposables.add(new Emitter<boolean>());
  #endProgress: (() => void) | undefined;
  #isStarted = false;
  #isWatched = false;

  /** Somebody began or ceased to look: the view is visible in a window that is active. */
  readonly onDidChangeWatched = this.#onDidChangeWatched.event;

  constructor(options: ServersViewOptions) {
    this.#options = options;
    const { tree, sessions } = options;
    const filter = parseFilter(options.memento.get(filterKey));
    tree.setFilter(filter);
    sessions.setQuery(toQuery(filter));
    this.#view = this.#disposables.add(
      vscode.window.createTreeView<Node>(viewId, {
        treeDataProvider: tree,
        canSelectMany: true,
        showCollapseAll: true,
      }),
    );
    this.#disposables.add(this.#view.onDidChangeVisibility(() => this.#updateWatched()));
    this.#disposables.add(vscode.window.onDidChangeWindowState(() => this.#updateWatched()));
    this.#disposables.add(tree.onDidChangeStructure(() => this.#update()));
    this.#disposables.add(sessions.onDidChange(() => this.#update()));
    this.#disposables.add({ dispose: () => this.#endProgress?.() });
  }

  get isVisible(): boolean {
    return this.#view.visible;
  }

  get isWatched(): boolean {
    return this.#isWatched;
  }

  get filter(): ServerFilter {
    return this.#options.tree.filter;
  }

  /** Shows only what the filter lets through, in this workspace, until it is cleared. */
  setFilter(filter: ServerFilter): void {
    this.#options.tree.setFilter(filter);
    this.#options.sessions.setQuery(toQuery(filter));
    void this.#options.memento.update(filterKey, isFiltering(filter) ? filter : undefined);
    this.#update();
  }

  clearFilter(): void {
    this.setFilter(noFilter);
  }

  /** Selects and shows a server's row. False where there is none, because the filter hides it. */
  async reveal(ref: ServerRef): Promise<boolean> {
    const node = this.#options.tree.findServer(ref);
    if (node && this.#view.visible) {
      await this.#view.reveal(node, { select: true, focus: false });
    }
    return node !== undefined;
  }

  /** To be called once when the accounts are known: before that there is no telling which screen to show. */
  start(): void {
    this.#isStarted = true;
    this.#update();
    this.#updateWatched();
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  #updateWatched(): void {
    const isWatched = this.#isStarted && this.#view.visible && vscode.window.state.focused;
    if (isWatched !== this.#isWatched) {
      this.#isWatched = isWatched;
      this.#onDidChangeWatched.fire(isWatched);
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
    contextKeys.set('vpsOrg.signedIn', sessions.all.length > 0);
    contextKeys.set('vpsOrg.filtered', isFiltered);
    this.#view.message = this.#messageText(isFiltered);
    this.#showBadge();
    this.#showProgress(sessions.all.some((session) => isFirstLoad(session)));
  }

  /**
   * What a person must know about the rows: that they are no real servers, that they are old, or not all. A view that is alone
   * in its container shows no description, so it stands here. Where there are no rows it would keep VS Code from showing the
   * screen that stands for them.
   */
  #messageText(isFiltered: boolean): string {
    const { tree, sessions } = this.#options;
    const lines: string[] = [];
    if (tree.structure.screen !== 'list') {
      return '';
    }
    const isMany = sessions.all.length > 1;
    if (!isMany && sessions.all[0]?.account.kind === 'sample') {
      lines.push(vscode.l10n.t('Sample servers, simulated on this computer. They cost nothing.'));
    }
    for (const session of sessions.all) {
      const text = staleText(session) ?? partText(session);
      if (text) {
        lines.push(isMany ? vscode.l10n.t('{0}: {1}', session.account.label, text) : text);
      }
    }
    if (isFiltered) {
      lines.push(vscode.l10n.t('Filtered: {0} of {1} servers.', tree.structure.shown, tree.structure.known));
    }
    return lines.join(' ');
  }

  /** On the icon of the container: how many servers are on their way to another status. */
  #showBadge(): void {
    const value = this.#options.sessions.all
      .flatMap((session) => session.servers.servers)
      .filter(({ status }) => isInTransition(status)).length;
    if (value !== (this.#view.badge?.value ?? 0)) {
      const tooltip =
        value === 1
          ? vscode.l10n.t('1 server is changing its status')
          : vscode.l10n.t('{0} servers are changing their status', value);
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

/** Since when the rows are old, and why. */
function staleText(session: Session): string | undefined {
  const { load, servers } = session.servers;
  const from = load.loadedAt ?? load.keptFrom;
  if (from === undefined || servers.length === 0) {
    return undefined;
  }
  const time = formatTime(from);
  if (load.error) {
    return staleListText(load.error, time);
  }
  return load.keptFrom === undefined ? undefined : vscode.l10n.t('This list is from {0}, until VPS.org answers.', time);
}

function partText(session: Session): string | undefined {
  const { load, servers } = session.servers;
  return load.total > servers.length
    ? vscode.l10n.t('VPS.org shows {0} of {1} servers.', servers.length, load.total)
    : undefined;
}
