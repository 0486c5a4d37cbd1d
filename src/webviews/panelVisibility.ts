import * as vscode from 'vscode';
import { DisposableStore, Emitter } from '../core/event.ts';
import type { Disposable } from '../core/event.ts';

/** Tracks which panels are being viewed: those that are visible while the window is focused. */
export class PanelVisibility implements Disposable {
  readonly #panels = new Set<vscode.WebviewPanel>();
  readonly #disposables = new DisposableStore();
  readonly #onDidChange = this.#disposables.add(new Emitter<void>());

  /** A panel was shown, hidden or closed, or the window gained or lost focus. */
  readonly onDidChange = this.#onDidChange.event;

  constructor() {
    this.#disposables.add(vscode.window.onDidChangeWindowState(() => this.#onDidChange.fire()));
  }

  /** Whether any panel is being viewed. */
  get isViewed(): boolean {
    return [...this.#panels].some((panel) => this.isViewing(panel));
  }

  isViewing(panel: vscode.WebviewPanel): boolean {
    return this.#panels.has(panel) && panel.visible && vscode.window.state.focused;
  }

  /** Tracks a panel until it is closed. */
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
