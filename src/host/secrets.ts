import type * as vscode from 'vscode';
import type { SecretStore } from '../state/accountStore.ts';
import { whileShowingSlow } from './slow.ts';

/**
 * Adapts VS Code's secret storage to the interface of the account store. A locked keychain may never answer: after 5 seconds
 * an operation can be cancelled, and then rejects. The first one is part of the start, for which the commands wait.
 */
export function toSecretStore(secrets: vscode.SecretStorage): SecretStore {
  let hasAnswered = false;
  const run = async <T>(work: Thenable<T>): Promise<T> => {
    const result = await (hasAnswered ? whileShowingSlow(Promise.resolve(work)) : work);
    hasAnswered = true;
    return result;
  };
  return {
    get: async (key) => run(secrets.get(key)),
    store: async (key, value) => run(secrets.store(key, value)),
    delete: async (key) => run(secrets.delete(key)),
    onDidChange: (listener) => secrets.onDidChange((event) => listener(event.key)),
  };
}
