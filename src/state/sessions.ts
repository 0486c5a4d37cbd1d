import type { Account, AccountId } from '../core/account.ts';
import type { Clock } from '../core/clock.ts';
import type { AppError } from '../core/errors.ts';
import { DisposableStore, Emitter } from '../core/event.ts';
import type { Disposable } from '../core/event.ts';
import type { ListQuery } from '../core/filter.ts';
import type { ServerRef } from '../core/refs.ts';
import type { Server } from '../core/server.ts';
import type { AccountStore, StoredAccount } from './accountStore.ts';
import type { StoreChange } from './storeChange.ts';
import { Session } from './session.ts';
import type { Connection } from './session.ts';

/** A change in one session: of its servers, or of its account when `store` is undefined. */
export interface SessionChange {
  readonly session: Session;
  readonly store: StoreChange | undefined;
}

interface SessionEntry {
  readonly session: Session;
  readonly subscriptions: DisposableStore;
  stored: StoredAccount;
}

/** Keeps a session for every account that is signed in, in this window or another one. */
export class Sessions implements Disposable {
  readonly #accounts: AccountStore;
  readonly #connect: (account: StoredAccount) => Promise<Connection>;
  readonly #clock: Clock;
  readonly #onError: ((error: AppError) => void) | undefined;
  readonly #entries = new Map<AccountId, SessionEntry>();
  readonly #disposables = new DisposableStore();
  readonly #onDidChangeAccounts = this.#disposables.add(new Emitter<void>());
  readonly #onDidChange = this.#disposables.add(new Emitter<SessionChange>());
  #isDisposed = false;
  #all: readonly Session[] = [];
  #query: ListQuery = {};

  /** Accounts were added or removed. */
  readonly onDidChangeAccounts = this.#onDidChangeAccounts.event;
  /** One session changed. */
  readonly onDidChange = this.#onDidChange.event;

  /** `onError` is called for every failed request of every account. */
  constructor(
    accounts: AccountStore,
    connect: (account: StoredAccount) => Promise<Connection>,
    clock: Clock,
    onError?: (error: AppError) => void,
  ) {
    this.#accounts = accounts;
    this.#connect = connect;
    this.#clock = clock;
    this.#onError = onError;
    this.#update(accounts.accounts);
    this.#disposables.add(accounts.onDidChange((stored) => this.#update(stored)));
  }

  /**
   * Whether the secret storage returned the accounts. Until then, and after `dispose`, a missing account may be signed in: nothing
   * of it may be deleted.
   */
  get isLoaded(): boolean {
    return this.#accounts.isLoaded && !this.#isDisposed;
  }

  /** In the order in which the accounts were added. The same array until accounts are added or removed. */
  get all(): readonly Session[] {
    return this.#all;
  }

  /**
   * Sets the filter that the API can apply. Refreshes loaded lists when it changes; errors only appear in the stores.
   */
  setQuery(query: ListQuery): void {
    this.#query = query;
    for (const session of this.#all) {
      if (
        session.setQuery(query) &&
        session.servers.load.loadedAt !== undefined &&
        !session.isRejected
      ) {
        session.refreshShown().catch(() => undefined);
      }
    }
  }

  get(id: AccountId): Session | undefined {
    return this.#entries.get(id)?.session;
  }

  /** Undefined when the account or the server is unknown. */
  find(ref: ServerRef): { readonly session: Session; readonly server: Server } | undefined {
    const session = this.get(ref.accountId);
    const server = session?.servers.get(ref.serverId);
    return session && server ? { session, server } : undefined;
  }

  dispose(): void {
    this.#isDisposed = true;
    for (const { subscriptions } of this.#entries.values()) {
      subscriptions.dispose();
    }
    this.#entries.clear();
    this.#all = [];
    this.#disposables.dispose();
  }

  #update(stored: readonly StoredAccount[]): void {
    const ids = new Set(stored.map((account) => account.id));
    let changed = false;
    for (const [id, { subscriptions }] of this.#entries) {
      if (!ids.has(id)) {
        this.#entries.delete(id);
        subscriptions.dispose();
        changed = true;
      }
    }
    for (const account of stored) {
      const entry = this.#entries.get(account.id);
      if (!entry) {
        this.#entries.set(account.id, this.#start(account));
        changed = true;
      } else if (JSON.stringify(entry.stored) !== JSON.stringify(account)) {
        const isSame = withoutRenewals(entry.stored) === withoutRenewals(account);
        entry.stored = account;
        // After signing in with the same token, requests under way can continue unless it was rejected.
        if (!isSame || entry.session.isRejected) {
          entry.session.replace(withoutToken(account), () => this.#connect(account));
        }
      }
    }
    if (changed) {
      this.#all = stored.flatMap((account) => this.get(account.id) ?? []);
      this.#onDidChangeAccounts.fire();
    }
  }

  #start(stored: StoredAccount): SessionEntry {
    const subscriptions = new DisposableStore();
    const session = subscriptions.add(
      new Session(withoutToken(stored), () => this.#connect(stored), this.#clock, this.#onError),
    );
    session.setQuery(this.#query);
    subscriptions.add(
      session.servers.onDidChange((store) => this.#onDidChange.fire({ session, store })),
    );
    subscriptions.add(
      session.onDidChange(() => this.#onDidChange.fire({ session, store: undefined })),
    );
    return { session, subscriptions, stored };
  }
}

function withoutRenewals(account: StoredAccount): string {
  return JSON.stringify({ ...account, renewals: undefined });
}

function withoutToken({ id, label, apiUrl, kind }: StoredAccount): Account {
  return { id, label, apiUrl, kind };
}
