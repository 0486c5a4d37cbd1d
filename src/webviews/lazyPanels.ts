import * as vscode from 'vscode';
import { DisposableStore } from '../core/event.ts';
import type { Disposable } from '../core/event.ts';
import type { ServerRef } from '../core/refs.ts';
import { createViewType, detailsViewType } from '../ids.ts';
import type { CreateFormOptions, CreatePanels } from './create/panels.ts';
import type { DetailsPanels, OpenDetailsOptions } from './details/panels.ts';

export interface Panels extends Disposable {
  readonly details: DetailsPanels;
  readonly forms: CreatePanels;
}

/** Loads the code of the panels when the first one is opened, or restored by VS Code after a window reload. */
export class LazyPanels implements Disposable {
  readonly #make: () => Promise<Panels>;
  readonly #disposables = new DisposableStore();
  #panels: Promise<Panels> | undefined;
  #isDisposed = false;

  constructor(make: () => Promise<Panels>) {
    this.#make = make;
    this.#registerRestore(detailsViewType, ({ details }, panel, state) =>
      details.restore(panel, state),
    );
    this.#registerRestore(createViewType, ({ forms }, panel, state) => forms.restore(panel, state));
  }

  /** See `DetailsPanels.open`. */
  async openDetails(ref: ServerRef, options?: OpenDetailsOptions): Promise<void> {
    (await this.#load()).details.open(ref, options);
  }

  /** See `DetailsPanels.keepActive`. */
  async keepOpen(): Promise<void> {
    (await this.#load()).details.keepActive();
  }

  /** See `CreatePanels.open`. */
  async openForm(options: CreateFormOptions): Promise<void> {
    await (await this.#load()).forms.open(options);
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#disposables.dispose();
    this.#panels?.then(
      (panels) => panels.dispose(),
      () => undefined,
    );
  }

  /** Creates the panels once. Rejects if their code cannot be loaded; the next call tries again. */
  async #load(): Promise<Panels> {
    this.#panels ??= this.#make();
    const loading = this.#panels;
    try {
      const panels = await loading;
      if (this.#isDisposed) {
        panels.dispose();
      }
      return panels;
    } catch (error) {
      if (this.#panels === loading) {
        this.#panels = undefined;
      }
      throw error;
    }
  }

  #registerRestore(
    viewType: string,
    restore: (panels: Panels, panel: vscode.WebviewPanel, state: unknown) => void,
  ): void {
    this.#disposables.add(
      vscode.window.registerWebviewPanelSerializer(viewType, {
        deserializeWebviewPanel: async (panel, state: unknown) =>
          restore(await this.#load(), panel, state),
      }),
    );
  }
}
