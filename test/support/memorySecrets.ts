import { Emitter } from '../../src/core/event.ts';
import type { Event } from '../../src/core/event.ts';
import type { SecretStore, StoredAccount } from '../../src/state/accountStore.ts';

/** A secret storage in memory. Several "windows" can share it, as in VS Code. */
export class MemorySecrets implements SecretStore {
  readonly values = new Map<string, string>();
  readonly #onDidChange = new Emitter<string>();
  /** Open subscriptions; 0 when everything was disposed. */
  listenerCount = 0;

  readonly onDidChange: Event<string> = (listener) => {
    const subscription = this.#onDidChange.event(listener);
    this.listenerCount += 1;
    let isOpen = true;
    return {
      dispose: () => {
        subscription.dispose();
        this.listenerCount -= isOpen ? 1 : 0;
        isOpen = false;
      },
    };
  };

  static withAccounts(accounts: readonly StoredAccount[]): MemorySecrets {
    const secrets = new MemorySecrets();
    secrets.values.set('vpsOrg.accounts', JSON.stringify({ version: 1, accounts }));
    return secrets;
  }

  get(key: string): Promise<string | undefined> {
    return Promise.resolve(this.values.get(key));
  }

  store(key: string, value: string): Promise<void> {
    this.values.set(key, value);
    this.#onDidChange.fire(key);
    return Promise.resolve();
  }

  delete(key: string): Promise<void> {
    if (this.values.delete(key)) {
      this.#onDidChange.fire(key);
    }
    return Promise.resolve();
  }
}
