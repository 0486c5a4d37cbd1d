import * as vscode from 'vscode';
import { DisposableStore } from '../core/event.ts';
import type { Disposable } from '../core/event.ts';
import { refKey } from '../core/refs.ts';
import type { ServerRef } from '../core/refs.ts';
import { detailsViewType } from '../ids.ts';
import { DetailsPanel } from './detailsPanel.ts';
import type { DetailsPanelOptions } from './detailsPanel.ts';
import { parseKeptDetails } from './messages.ts';
import { webviewOptions } from './webviewPage.ts';

/** The details panels: one for each server, found again after a reload of the window. */
export class DetailsPanels implements Disposable {
  readonly #options: DetailsPanelOptions;
  readonly #panels = new Map<string, DetailsPanel>();
  readonly #disposables = new DisposableStore();

  constructor(options: DetailsPanelOptions) {
    this.#options = options;
    this.#disposables.add({ dispose: () => this.#panels.forEach((panel) => panel.dispose()) });
  }

  /**
   * Shows a server, in its panel where it has one. With `keepsFocus` the keyboard stays where it is, unless the panel was in
   * sight already: who asks for it again wants to go there.
   */
  open(ref: ServerRef, { keepsFocus = false } = {}): void {
    const open = this.#panels.get(refKey(ref));
    if (open) {
      open.reveal(keepsFocus && !open.isVisible);
      return;
    }
    const { sessions, extensionUri } = this.#options;
    const name = sessions.find(ref)?.server.name ?? ref.serverId;
    this.#add(
      ref,
      vscode.window.createWebviewPanel(
        detailsViewType,
        name,
        { viewColumn: vscode.ViewColumn.Active, preserveFocus: keepsFocus },
        webviewOptions(extensionUri),
      ),
    );
  }

  /** Fills a panel that VS Code found again, by what its webview kept. */
  restore(panel: vscode.WebviewPanel, state: unknown): void {
    const ref = parseKeptDetails(state);
    const { sessions } = this.#options;
    // Where no account is known at all, they may just not be readable now.
    const isSignedOut = ref && sessions.all.length > 0 && !sessions.get(ref.accountId);
    if (!ref || isSignedOut || this.#panels.has(refKey(ref))) {
      // Nothing tells which server it showed, or its account was signed out, or it was opened anew meanwhile.
      panel.dispose();
    } else {
      this.#add(ref, panel);
    }
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  #add(ref: ServerRef, panel: vscode.WebviewPanel): void {
    const key = refKey(ref);
    panel.onDidDispose(() => this.#panels.delete(key));
    this.#panels.set(key, new DetailsPanel(ref, panel, this.#options));
  }
}
