import { Emitter } from '../../src/core/event.ts';
import type { SecretStore } from '../../src/state/accountStore.ts';

/** A secret storage that several "windows" can share, as VS Code's is shared. */
export class MemorySecrets implements SecretStore {
  readonly values = new Map<string, string>();
  readonly #onDidChange = new Emitter<string>();
  readonly onDidChange = this.#onDidChange.event;

  /** How many listen: what is over should not. */
  get listenerCount(): number {
    return this.#onDidChange.listenerCount;
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
