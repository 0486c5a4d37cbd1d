import * as vscode from 'vscode';
import { DisposableStore } from '../core/event.ts';
import { formatTime } from '../text/times.ts';
import { viewId } from '../ids.ts';
import { plural } from '../text/l10n.ts';
import type { Sessions } from '../state/sessions.ts';

/**
 * "VPS.org 38/40" in the status bar, where the setting turns it on: the number of active servers and of all servers. Sends no
 * requests. Shows the last lists, and their age in the tooltip.
 */
export class ServersStatusBar implements vscode.Disposable {
  readonly #sessions: Sessions;
  readonly #isEnabled: () => boolean;
  readonly #disposables = new DisposableStore();
  #item: vscode.StatusBarItem | undefined;

  constructor(sessions: Sessions, isEnabled: () => boolean) {
    this.#sessions = sessions;
    this.#isEnabled = isEnabled;
    this.#disposables.add(sessions.onDidChange(() => this.update()));
    this.#disposables.add(sessions.onDidChangeAccounts(() => this.update()));
    this.#disposables.add({ dispose: () => this.#item?.dispose() });
    this.update();
  }

  /** Call this when the setting changes. */
  update(): void {
    const all = this.#sessions.all;
    // Sample servers count only where there are no real ones.
    const real = all.filter(({ account }) => account.kind !== 'sample');
    const isSample = real.length === 0;
    const listed = (isSample ? all : real).filter(
      ({ servers }) => servers.load.knownAt !== undefined,
    );
    if (!this.#isEnabled() || listed.length === 0) {
      this.#item?.dispose();
      this.#item = undefined;
      return;
    }
    const servers = listed.flatMap((session) => session.servers.servers);
    const active = servers.filter(({ status }) => status === 'active').length;
    const text = plural(
      isSample
        ? vscode.l10n.t(
            '{0} of {1, plural, one {# sample server is} other {# sample servers are}} active',
          )
        : vscode.l10n.t('{0} of {1, plural, one {# server is} other {# servers are}} active'),
      active,
      servers.length,
    );
    const age = vscode.l10n.t(
      'as of {0}',
      formatTime(Math.min(...listed.map((session) => session.servers.load.knownAt ?? 0))),
    );
    const item = this.#item ?? this.#make();
    const sample = isSample ? ` (${vscode.l10n.t('sample')})` : '';
    item.text = `VPS.org ${active}/${servers.length}${sample}`;
    item.tooltip = `${text}, ${age}`;
    item.accessibilityInformation = { label: `VPS.org: ${text}, ${age}` };
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  #make(): vscode.StatusBarItem {
    const item = vscode.window.createStatusBarItem(
      'vpsOrg.servers',
      vscode.StatusBarAlignment.Left,
    );
    item.name = vscode.l10n.t('VPS.org Servers');
    item.command = `${viewId}.focus`;
    item.show();
    this.#item = item;
    return item;
  }
}
