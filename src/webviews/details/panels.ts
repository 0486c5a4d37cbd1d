import * as vscode from 'vscode';
import { DisposableStore } from '../../core/event.ts';
import type { Disposable } from '../../core/event.ts';
import { refKey } from '../../core/refs.ts';
import type { ServerRef } from '../../core/refs.ts';
import { isSameSettings } from '../../core/serverSettings.ts';
import { detailsViewType } from '../../ids.ts';
import { parseWith } from '../messages.ts';
import { webviewOptions } from '../webviewPage.ts';
import { DetailsPanel } from './panel.ts';
import type { DetailsPanelOptions } from './panelOptions.ts';
import { persistedDetailsSchema } from './protocol.ts';

/** A second click on a row within this time is a double click. */
const doubleClickMs = 600;

export interface DetailsPanelsOptions extends DetailsPanelOptions {
  /** A panel became active other than by a click on its row. */
  readonly onDidActivate: (ref: ServerRef) => void;
  /** Whether a preview is the active editor may have changed. */
  readonly setPreviewing: (isPreviewing: boolean) => void;
}

export interface OpenDetailsOptions {
  /** The focus moves only to a panel that is already visible: a second request means that the person wants to go there. */
  readonly keepsFocus?: boolean;
  /** Replaces the server that was previewed last, until that one is kept. A second request within 0.6 s keeps the panel. */
  readonly isPreview?: boolean;
}

/**
 * The details panels: at most one per server, and at most one preview. VS Code has no preview mode for webviews. A panel never
 * changes its server, so that no click can act on another server than the one it shows; a new preview closes the last one.
 * Panels are restored after a window reload.
 */
export class DetailsPanels implements Disposable {
  readonly #options: DetailsPanelsOptions;
  readonly #panels = new Map<string, DetailsPanel>();
  readonly #disposables = new DisposableStore();
  #lastClick: { readonly key: string; readonly at: number } | undefined;
  #active: DetailsPanel | undefined;
  /** The panels that clicks in the tree open. By the time they become active, the tree may have another row selected. */
  readonly #comingFromTree = new Set<string>();

  constructor(options: DetailsPanelsOptions) {
    this.#options = options;
    this.#disposables.add({ dispose: () => this.#panels.forEach((panel) => panel.dispose()) });
  }

  /** Opens a server's panel or reveals it. */
  open(ref: ServerRef, { keepsFocus = false, isPreview = false }: OpenDetailsOptions = {}): void {
    const key = refKey(ref);
    const isDoubleClick = isPreview && this.#noteClick(key);
    const open = this.#panels.get(key);
    if (isPreview && (!open || open !== this.#active)) {
      this.#comingFromTree.add(key);
    }
    if (open) {
      if (!isPreview || isDoubleClick) {
        open.keep();
      }
      open.reveal(keepsFocus && !isDoubleClick);
      return;
    }
    const { sessions, extensionUri } = this.#options;
    const name = sessions.find(ref)?.server.name ?? ref.serverId;
    const replaced = isPreview ? this.#preview : undefined;
    const viewColumn = replaced?.viewColumn ?? vscode.ViewColumn.Active;
    const panel = vscode.window.createWebviewPanel(
      detailsViewType,
      name,
      { viewColumn, preserveFocus: keepsFocus },
      webviewOptions(extensionUri),
    );
    this.#add(ref, panel, isPreview);
    // Closed last, so that no other editor shows in between.
    replaced?.close();
  }

  /** Keeps the active panel open, if it is a preview. */
  keepActive(): void {
    this.#active?.keep();
  }

  /** Fills a panel that VS Code restored. `state` comes from the page. */
  restore(panel: vscode.WebviewPanel, state: unknown): void {
    const persisted = parseWith(persistedDetailsSchema, state);
    const { sessions } = this.#options;
    const ref = persisted?.ref;
    // While the secret storage is locked, nothing says that the account was signed out.
    const isSignedOut = ref && sessions.isLoaded && !sessions.get(ref.accountId);
    if (!ref || isSignedOut || this.#panels.has(refKey(ref))) {
      // The server is unknown, its account was signed out, or it was opened in another panel meanwhile.
      panel.dispose();
    } else {
      this.#add(ref, panel, persisted.isPreview && !this.#preview);
    }
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  get #preview(): DetailsPanel | undefined {
    return [...this.#panels.values()].find(({ isPreview }) => isPreview);
  }

  /** Returns whether the click is the second one of a double click. */
  #noteClick(key: string): boolean {
    const at = this.#options.clock.now();
    const last = this.#lastClick;
    this.#lastClick = { key, at };
    return last?.key === key && at - last.at <= doubleClickMs;
  }

  #add(ref: ServerRef, panel: vscode.WebviewPanel, isPreview: boolean): void {
    const key = refKey(ref);
    const { drafts } = this.#options;
    const details = new DetailsPanel(ref, panel, this.#options, {
      // Replacing a tab with unsaved changes would close it again and again.
      isPreview: isPreview && drafts.get(ref) === undefined,
      onDidChange: () => this.#updateActive(),
      onDidCloseUnsaved: (name) => this.#offerUnsaved(ref, name),
    });
    panel.onDidDispose(() => {
      this.#panels.delete(key);
      this.#comingFromTree.delete(key);
      this.#updateActive();
    });
    this.#panels.set(key, details);
    this.#updateActive();
  }

  #offerUnsaved(ref: ServerRef, name: string): void {
    const { messages, drafts } = this.#options;
    const closed = drafts.get(ref);
    const discard = async (): Promise<void> => {
      const draft = drafts.get(ref);
      // The message stays while the tab is opened again and its settings are edited further.
      const isNewer = closed && draft && !isSameSettings(draft.values, closed.values);
      if (isNewer && !(await this.#confirmDiscard(name))) {
        return;
      }
      await (this.#panels.get(refKey(ref))?.discardChanges() ?? drafts.set(ref, undefined));
    };
    messages.info(
      vscode.l10n.t('The settings of "{0}" have unsaved changes.', name),
      { title: vscode.l10n.t('Reopen'), run: () => this.open(ref) },
      { title: vscode.l10n.t('Discard Changes'), run: discard },
    );
  }

  #confirmDiscard(name: string): Promise<boolean> {
    return this.#options.messages.confirm({
      message: vscode.l10n.t('Discard the unsaved settings of "{0}"?', name),
      detail: vscode.l10n.t('You edited them further after this message had appeared.'),
      confirm: vscode.l10n.t('Discard Changes'),
    });
  }

  #updateActive(): void {
    const active = [...this.#panels.values()].find(({ isActive }) => isActive);
    const { onDidActivate, setPreviewing } = this.#options;
    setPreviewing(active?.isPreview ?? false);
    if (active === this.#active) {
      return;
    }
    this.#active = active;
    if (active && !this.#comingFromTree.delete(refKey(active.ref))) {
      // The tree selects this panel's row now, so one that a click opened must select its own again.
      this.#comingFromTree.clear();
      onDidActivate(active.ref);
    }
  }
}
