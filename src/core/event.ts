/** Something that must be released. Shaped like VS Code's `Disposable`, so both fit where either is asked for. */
export interface Disposable {
  dispose(): void;
}

/** Subscribes to something that happens. Shaped like VS Code's `Event`. Disposing the result unsubscribes. */
export type Event<T> = (listener: (value: T) => void) => Disposable;

/**
 * Tells listeners that something happened. Listeners run in the order in which they subscribed; one that throws does
 * not keep the others from hearing, its error is rethrown afterwards.
 */
export class Emitter<T> implements Disposable {
  readonly #listeners = new Set<{ call: (value: T) => void }>();

  readonly event: Event<T> = (listener) => {
    const entry = { call: listener };
    this.#listeners.add(entry);
    return { dispose: () => void this.#listeners.delete(entry) };
  };

  /** How many listeners are subscribed: leaks show here. */
  get listenerCount(): number {
    return this.#listeners.size;
  }

  fire(value: T): void {
    const failures: unknown[] = [];
    for (const listener of [...this.#listeners]) {
      try {
        listener.call(value);
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) {
      throw failures[0];
    }
  }

  dispose(): void {
    this.#listeners.clear();
  }
}

/** Holds disposables and releases them together, the newest first. What is added after that is released at once. */
export class DisposableStore implements Disposable {
  readonly #items: Disposable[] = [];
  #disposed = false;

  get isDisposed(): boolean {
    return this.#disposed;
  }

  add<T extends Disposable>(item: T): T {
    if (this.#disposed) {
      item.dispose();
    } else {
      this.#items.push(item);
    }
    return item;
  }

  dispose(): void {
    this.#disposed = true;
    for (const item of this.#items.splice(0).reverse()) {
      item.dispose();
    }
  }
}
