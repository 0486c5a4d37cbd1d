import type { AccountId } from '../core/account.ts';
import { Emitter } from '../core/event.ts';
import { isRecord } from '../core/json.ts';
import { groupBy } from '../core/grouping.ts';
import type { Memento } from '../core/memento.ts';
import { refKey } from '../core/refs.ts';
import type { ServerRef } from '../core/refs.ts';
import { readText } from '../core/storedValues.ts';

/** Workspace memento key of the changed servers: their ids by account. */
export const changedServersKey = 'vpsOrg.changedServers';

/** The servers that changed elsewhere and that the person has not looked at since. They outlast a reload of the window. */
export class ChangedServers {
  readonly #memento: Memento;
  readonly #warn: (text: string) => void;
  readonly #refs = new Map<string, ServerRef>();
  readonly #onDidChange = new Emitter<ServerRef>();
  #isStoring = false;

  /** A server was added or deleted. */
  readonly onDidChange = this.#onDidChange.event;

  /** @param warn is called when something could not be stored, which the next reload forgets */
  constructor(memento: Memento, warn: (text: string) => void) {
    this.#memento = memento;
    this.#warn = warn;
    for (const ref of storedRefs(memento.get(changedServersKey))) {
      this.#refs.set(refKey(ref), ref);
    }
  }

  get isEmpty(): boolean {
    return this.#refs.size === 0;
  }

  /** Called for every row. */
  has(ref: ServerRef): boolean {
    return this.#refs.size > 0 && this.#refs.has(refKey(ref));
  }

  add({ accountId, serverId }: ServerRef): void {
    const ref = { accountId, serverId };
    this.#refs.set(refKey(ref), ref);
    this.#store();
    this.#onDidChange.fire(ref);
  }

  delete(ref: ServerRef): void {
    if (this.#refs.delete(refKey(ref))) {
      this.#store();
      this.#onDidChange.fire(ref);
    }
  }

  /** Forgets the servers of accounts that were signed out. */
  retainAccounts(accountIds: readonly AccountId[]): void {
    for (const ref of [...this.#refs.values()]) {
      if (!accountIds.includes(ref.accountId)) {
        this.delete(ref);
      }
    }
  }

  /** Stores them once for all changes of a turn: a whole fleet may change at once. */
  #store(): void {
    if (this.#isStoring) {
      return;
    }
    this.#isStoring = true;
    void Promise.resolve()
      .then(() => {
        this.#isStoring = false;
        const byAccount = groupBy(this.#refs.values(), ({ accountId }) => accountId);
        const stored = [...byAccount].map(([id, refs]) => [id, refs.map((ref) => ref.serverId)]);
        return this.#memento.update(
          changedServersKey,
          stored.length === 0 ? undefined : Object.fromEntries(stored),
        );
      })
      .catch((error: unknown) =>
        this.#warn(`The servers that changed elsewhere could not be stored: ${String(error)}`),
      );
  }
}

function storedRefs(stored: unknown): readonly ServerRef[] {
  return Object.entries(isRecord(stored) ? stored : {}).flatMap(([accountId, ids]) =>
    Array.isArray(ids)
      ? ids.flatMap((id: unknown) => {
          const serverId = readText(id);
          return serverId === undefined ? [] : [{ accountId, serverId }];
        })
      : [],
  );
}
