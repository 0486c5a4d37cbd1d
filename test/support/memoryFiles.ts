import type { KeptFiles } from '../../src/state/listKeeper.ts';

/** Files in memory. `fail` makes everything fail from then on, as a full or read-only disk does. */
export class MemoryFiles implements KeptFiles {
  readonly texts = new Map<string, string>();
  writes = 0;
  fail: Error | undefined;

  read(name: string): Promise<string | undefined> {
    return this.#do(() => this.texts.get(name));
  }

  write(name: string, text: string): Promise<void> {
    return this.#do(() => {
      this.writes += 1;
      this.texts.set(name, text);
    });
  }

  remove(name: string): Promise<void> {
    return this.#do(() => void this.texts.delete(name));
  }

  names(): Promise<readonly string[]> {
    return this.#do(() => [...this.texts.keys()]);
  }

  #do<T>(work: () => T): Promise<T> {
    return this.fail ? Promise.reject(this.fail) : Promise.resolve(work());
  }
}
