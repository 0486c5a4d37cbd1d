import * as vscode from 'vscode';
import { DisposableStore } from '../core/event.ts';
import { formatTime } from '../host/errorText.ts';
import { viewId } from '../ids.ts';
import type { Sessions } from '../state/sessions.ts';

/**
 * "VPS.org 38/40" in the status bar, where the setting asks for it: how many servers are active, of how many. It asks for
 * nothing by itself: it tells what the last list told, and when that was.
 */
export class ServersStatusBar implements vscode.Disposable {
  readonly #sessions: Sessions;
  readonly #isWanted: () => boolean;
  readonly #disposables = new DisposableStore();
  #item: vscode.StatusBarItem | undefined;

  constructor(sessions: Sessions, isWanted: () => boolean) {
    this.#sessions = sessions;
    this.#isWanted = isWanted;
    this.#disposables.add(sessions.onDidChange(() => this.update()));
    this.#disposables.add(sessions.onDidChangeAccounts(() => this.update()));
    this.#disposables.add({ dispose: () => this.#item?.dispose() });
    this.update();
  }

  /** To be called when the setting changes. */
  update(): void {
    const all = this.#sessions.all;
    // Sample servers are not mixed up with real ones: they count where there are no others.
    const real = all.filter(({ account }) => account.kind !== 'sample');
    const isSample = real.length === 0;
    const seen = (isSample ? all : real).filter(({ servers }) => seenAt(servers.load) !== undefined);
    if (!this.#isWanted() || seen.length === 0) {
      this.#item?.dispose();
      this.#item = undefined;
      return;
    }
    const servers = seen.flatMap((session) => session.servers.servers);
    const active = servers.filter(({ status }) => status === 'active').length;
    const text = isSample
      ? vscode.l10n.t('{0} of {1} sample servers are active', active, servers.length)
      : vscode.l10n.t('{0} of {1} servers are active', active, servers.length);
    const since = vscode.l10n.t('as of {0}', formatTime(Math.min(...seen.map((session) => seenAt(session.servers.load) ?? 0))));
    const item = this.#item ?? this.#make();
    const sample = isSample ? ` (${vscode.l10n.t('sample')})` : '';
    item.text = `VPS.org ${active}/${servers.length}${sample}`;
    item.tooltip = `${text}, ${since}`;
    item.accessibilityInformation = { label: `VPS.org: ${text}, ${since}` };
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  #make(): vscode.StatusBarItem {
    const item = vscode.window.createStatusBarItem('vpsOrg.servers', vscode.StatusBarAlignment.Left);
    item.name = vscode.l10n.t('VPS.org Servers');
    item.command = `${viewId}.focus`;
    item.show();
    this.#item = item;
    return item;
  }
}

function seenAt({ loadedAt, keptFrom }: { readonly loadedAt: number | undefined; readonly keptFrom: number | undefined }): number | undefined {
  return loadedAt ?? keptFrom;
}
