import * as vscode from 'vscode';
import type { ContextKeys } from '../ids.ts';

/** Sets all context keys. Does not send unchanged values again. */
export class ContextKeyOwner {
  readonly #values = new Map<string, unknown>();

  set<K extends keyof ContextKeys>(key: K, value: ContextKeys[K]): void {
    if (this.#values.get(key) !== value) {
      this.#values.set(key, value);
      void vscode.commands.executeCommand('setContext', key, value);
    }
  }
}
