import * as vscode from 'vscode';
import { DisposableStore } from '../core/event.ts';
import type { Disposable } from '../core/event.ts';
import type { ServerRef } from '../core/refs.ts';
import { createViewType, detailsViewType } from '../ids.ts';
import type { CreatePanels, CreateWish } from './createPanels.ts';
import type { DetailsPanels } from './detailsPanels.ts';

export interface Panels extends Disposable {
  readonly details: DetailsPanels;
  readonly forms: CreatePanels;
}

/**
 * The way to the panels. Their code is read in with the first one that opens, here or by VS Code after a reload; without a
 * panel the start stays short.
 */
export class PanelDoor implements Disposable {
  readonly #make: () => Promise<Panels>;
  readonly #disposables = new DisposableStore();
  #panels: Promise<Panels> | undefined;
  #isDisposed = false;

  constructor(make: () => Promise<Panels>) {
    this.#make = make;
    this.#restoreBy(detailsViewType, ({ details }, panel, state) => details.restore(panel, state));
    this.#restoreBy(createViewType, ({ forms }, panel, state) => forms.restore(panel, state));
  }

  /** As `DetailsPanels.open`. */
  async openDetails(ref: ServerRef, options?: { readonly keepsFocus: boolean }): Promise<void> {
    (await this.#load()).details.open(ref, options);
  }

  /** As `CreatePanels.open`. */
  async openForm(wish: CreateWish): Promise<void> {
    await (await this.#load()).forms.open(wish);
  }

  /** As `CreatePanels.forgetAccounts`. */
  async forgetAccounts(): Promise<void> {
    await (await this.#load()).forms.forgetAccounts();
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#disposables.dispose();
    this.#panels?.then(
      (panels) => panels.dispose(),
      () => undefined,
    );
  }

  /** The panels, made once. Rejects where their code cannot be read; the next call tries again. */
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

  #restoreBy(viewType: string, restore: (panels: Panels, panel: vscode.WebviewPanel, state: unknown) => void): void {
    this.#disposables.add(
      vscode.window.registerWebviewPanelSerializer(viewType, {
        deserializeWebviewPanel: async (panel, state: unknown) => restore(await this.#load(), panel, state),
      }),
    );
  }
}
