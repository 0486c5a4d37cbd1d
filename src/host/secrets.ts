import type * as vscode from 'vscode';
import type { SecretStore } from '../state/accountStore.ts';

/** VS Code's secret storage in the shape that `state` asks for. */
export function toSecretStore(secrets: vscode.SecretStorage): SecretStore {
  return {
    get: async (key) => secrets.get(key),
    store: async (key, value) => secrets.store(key, value),
    delete: async (key) => secrets.delete(key),
    onDidChange: (listener) => secrets.onDidChange((event) => listener(event.key)),
  };
}
