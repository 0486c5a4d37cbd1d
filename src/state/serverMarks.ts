import type { AccountId } from '../core/account.ts';
import { Emitter } from '../core/event.ts';
import type { Disposable } from '../core/event.ts';
import { isRecord, objectIn } from '../core/json.ts';
import type { JsonObject } from '../core/json.ts';
import type { Memento } from '../core/memento.ts';
import type { ServerRef } from '../core/refs.ts';
import { readMarks } from '../core/serverMarks.ts';
import type { ServerMarks } from '../core/serverMarks.ts';
import { loadMarkChanges } from './lazyModules.ts';
import type { MarkChanges } from './markChanges.ts';

/** Global memento key of the marks, which Settings Sync may transfer. They contain no secrets. */
export const marksKey = 'vpsOrg.serverMarks';

const noMarks: JsonObject = {};

/**
 * The marks of servers, by account and server, in global state.
 *
 * Every read sees the newest value that VS Code has in this window. A change reads that value and replaces the marks of one
 * server in it, synchronously, so two changes in one window cannot overlap. VS Code sends values to other windows with a delay
 * and has no locks: of two windows that write within that time, the later one can undo the change of the other.
 */
export class MarkStore implements Disposable {
  readonly #memento: Memento;
  readonly #onDidChange = new Emitter<readonly ServerRef[]>();
  #seen = noMarks;

  /** Marks changed: in this window, or in another one before `refresh`. */
  readonly onDidChange = this.#onDidChange.event;

  constructor(memento: Memento) {
    this.#memento = memento;
  }

  /** Whether no server has marks. */
  get isEmpty(): boolean {
    return Object.keys(this.#all).length === 0;
  }

  get({ accountId, serverId }: ServerRef): ServerMarks {
    return readMarks(objectIn(this.#all, accountId)[serverId]);
  }

  /** Whether anything is stored about the server. */
  has({ accountId, serverId }: ServerRef): boolean {
    return Object.hasOwn(objectIn(this.#all, accountId), serverId);
  }

  /** What is stored about the servers of an account, whether or not they are listed. */
  ofAccount(accountId: AccountId): readonly ServerMarks[] {
    return Object.values(objectIn(this.#all, accountId)).map(readMarks);
  }

  set(ref: ServerRef, changes: MarkChanges): Promise<void> {
    return this.setAll([ref], changes);
  }

  /** Changes the marks of several servers at once: all of them, or none where storing fails. */
  async setAll(refs: readonly ServerRef[], changes: MarkChanges): Promise<void> {
    const { withMarks } = await loadMarkChanges();
    await this.update((all) => withMarks(all, refs, changes));
  }

  /** Stores the result of `change`, which gets all marks. See `markChanges.ts`. */
  async update(change: (all: JsonObject) => JsonObject): Promise<void> {
    const written = this.#memento.update(marksKey, change(this.#all));
    await this.refresh();
    await written;
  }

  /**
   * Reports what other windows changed, the first time all servers that have marks. VS Code has no event for changes, so call
   * this when the window gets the focus.
   */
  async refresh(): Promise<void> {
    const before = this.#seen;
    const after = this.#all;
    this.#seen = after;
    if (after !== before) {
      const { changedRefs } = await loadMarkChanges();
      const changed = changedRefs(before, after);
      if (changed.length > 0) {
        this.#onDidChange.fire(changed);
      }
    }
  }

  dispose(): void {
    this.#onDidChange.dispose();
  }

  get #all(): JsonObject {
    const stored = this.#memento.get(marksKey);
    return isRecord(stored) ? stored : noMarks;
  }
}
