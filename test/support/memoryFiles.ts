import type { CacheFiles } from '../../src/state/listCache.ts';

/** Files in memory. When `fail` is set, every operation fails, as on a full or read-only disk. */
export class MemoryFiles implements CacheFiles {
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
