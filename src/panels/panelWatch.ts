import * as vscode from 'vscode';
import { DisposableStore, Emitter } from '../core/event.ts';
import type { Disposable } from '../core/event.ts';

/** Knows which panels somebody is looking at: those that are visible, while the window is active. */
export class PanelWatch implements Disposable {
  readonly #panels = new Set<vscode.WebviewPanel>();
  readonly #disposables = new DisposableStore();
  readonly #onDidChange = this.#disposables.add(new Emitter<void>());

  /** A panel was shown, hidden or closed, or the window gained or lost the focus. */
  readonly onDidChange = this.#onDidChange.event;

  constructor() {
    this.#disposables.add(vscode.window.onDidChangeWindowState(() => this.#onDidChange.fire()));
  }

  /** Whether somebody is looking at any panel. */
  get isWatched(): boolean {
    return [...this.#panels].some((panel) => this.isWatching(panel));
  }

  isWatching(panel: vscode.WebviewPanel): boolean {
    return this.#panels.has(panel) && panel.visible && vscode.window.state.focused;
  }

  /** Keeps an eye on a panel until it is closed. */
  add(panel: vscode.WebviewPanel): void {
    this.#panels.add(panel);
    panel.onDidChangeViewState(() => this.#onDidChange.fire());
    panel.onDidDispose(() => {
      this.#panels.delete(panel);
      this.#onDidChange.fire();
    });
    this.#onDidChange.fire();
  }

  dispose(): void {
    this.#disposables.dispose();
    this.#panels.clear();
  }
}
