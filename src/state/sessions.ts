import type { ListQuery } from '../api/api.ts';
import type { Account, AccountId } from '../core/account.ts';
import type { Clock } from '../core/clock.ts';
import type { AppError } from '../core/errors.ts';
import { DisposableStore, Emitter } from '../core/event.ts';
import type { Disposable } from '../core/event.ts';
import type { ServerRef } from '../core/refs.ts';
import type { Server } from '../core/server.ts';
import type { AccountStore, StoredAccount } from './accountStore.ts';
import type { StoreChange } from './serverStore.ts';
import { Session } from './session.ts';
import type { Connection } from './session.ts';

/** Something changed in one session: its servers, or (`store` undefined) its account. */
export interface SessionChange {
  readonly session: Session;
  readonly store: StoreChange | undefined;
}

interface Running {
  readonly session: Session;
  readonly subscriptions: DisposableStore;
  stored: StoredAccount;
}

/** A session for every account, made and ended as accounts come and go, in this window or another. */
export class Sessions implements Disposable {
  readonly #connect: (account: StoredAccount) => Promise<Connection>;
  readonly #clock: Clock;
  readonly #onError: ((error: AppError) => void) | undefined;
  readonly #running = new Map<AccountId, Running>();
  readonly #disposables = new DisposableStore();
  readonly #onDidChangeAccounts = this.#disposables.add(new Emitter<void>());
  readonly #onDidChange = this.#disposables.add(new Emitter<SessionChange>());
  #all: readonly Session[] = [];
  #query: ListQuery = {};

  /** Accounts came or went. */
  readonly onDidChangeAccounts = this.#onDidChangeAccounts.event;
  /** Something changed within one session. */
  readonly onDidChange = this.#onDidChange.event;

  /** `onError` hears of every request that failed, of whichever account. */
  constructor(
    accounts: AccountStore,
    connect: (account: StoredAccount) => Promise<Connection>,
    clock: Clock,
    onError?: (error: AppError) => void,
  ) {
    this.#connect = connect;
    this.#clock = clock;
    this.#onError = onError;
    this.#follow(accounts.accounts);
    this.#disposables.add(accounts.onDidChange((stored) => this.#follow(stored)));
  }

  /** In the order in which the accounts were added. The same array until accounts come or go. */
  get all(): readonly Session[] {
    return this.#all;
  }

  /**
   * What of the lists is of interest: a filter that the API can apply. Fetches anew where that is something else than before,
   * unless nothing was fetched yet; how that goes, the stores know.
   */
  setQuery(query: ListQuery): void {
    this.#query = query;
    for (const session of this.#all) {
      if (session.setQuery(query) && session.servers.load.loadedAt !== undefined && !session.isRejected) {
        session.refreshShown().catch(() => undefined);
      }
    }
  }

  get(id: AccountId): Session | undefined {
    return this.#running.get(id)?.session;
  }

  /** Looks a reference up: undefined where the account or the server is not known (any more). */
  find(ref: ServerRef): { readonly session: Session; readonly server: Server } | undefined {
    const session = this.get(ref.accountId);
    const server = session?.servers.get(ref.serverId);
    return session && server ? { session, server } : undefined;
  }

  dispose(): void {
    for (const running of this.#running.values()) {
      running.subscriptions.dispose();
    }
    this.#running.clear();
    this.#all = [];
    this.#disposables.dispose();
  }

  #follow(stored: readonly StoredAccount[]): void {
    const ids = new Set(stored.map((account) => account.id));
    let changed = false;
    for (const [id, running] of this.#running) {
      if (!ids.has(id)) {
        this.#running.delete(id);
        running.subscriptions.dispose();
        changed = true;
      }
    }
    for (const account of stored) {
      const running = this.#running.get(account.id);
      if (!running) {
        this.#running.set(account.id, this.#start(account));
        changed = true;
      } else if (JSON.stringify(running.stored) !== JSON.stringify(account)) {
        const isSame = facts(running.stored) === facts(account);
        running.stored = account;
        // Signed in again by the same token: nothing that is under way need be called off, unless it was rejected.
        if (!isSame || running.session.isRejected) {
          running.session.replace(withoutToken(account), () => this.#connect(account));
        }
      }
    }
    if (changed) {
      this.#all = stored.flatMap((account) => this.get(account.id) ?? []);
      this.#onDidChangeAccounts.fire();
    }
  }

  #start(stored: StoredAccount): Running {
    const subscriptions = new DisposableStore();
    const session = subscriptions.add(
      new Session(withoutToken(stored), () => this.#connect(stored), this.#clock, this.#onError),
    );
    session.setQuery(this.#query);
    subscriptions.add(session.servers.onDidChange((store) => this.#onDidChange.fire({ session, store })));
    subscriptions.add(session.onDidChange(() => this.#onDidChange.fire({ session, store: undefined })));
    return { session, subscriptions, stored };
  }
}

function facts(account: StoredAccount): string {
  return JSON.stringify({ ...account, renewals: undefined });
}

function withoutToken({ id, label, apiUrl, kind }: StoredAccount): Account {
  return { id, label, apiUrl, kind };
}
