import { Emitter } from '../core/event.ts';
import { refKey } from '../core/refs.ts';
import type { ServerRef } from '../core/refs.ts';

/** The servers that changed elsewhere and that the person has not looked at since. */
export class ChangedServers {
  readonly #keys = new Set<string>();
  readonly #onDidChange = new Emitter<ServerRef>();

  /** A server was added or deleted. */
  readonly onDidChange = this.#onDidChange.event;

  /** Called for every row. */
  has(ref: ServerRef): boolean {
    return this.#keys.size > 0 && this.#keys.has(refKey(ref));
  }

  add(ref: ServerRef): void {
    this.#keys.add(refKey(ref));
    this.#onDidChange.fire(ref);
  }

  delete(ref: ServerRef): void {
    if (this.#keys.delete(refKey(ref))) {
      this.#onDidChange.fire(ref);
    }
  }
}
