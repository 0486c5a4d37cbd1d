import type { Account, AccountId } from '../core/account.ts';
import { sleep, systemClock } from '../core/clock.ts';
import type { Clock } from '../core/clock.ts';
import { DisposableStore, Emitter } from '../core/event.ts';
import type { Disposable, Event } from '../core/event.ts';
import { loadAccountChanges } from './lazyModules.ts';
import { parseStored } from './accountsSecret.ts';
import type { NewAccount, Stored, StoredAccount } from './accountsSecret.ts';

export type { NewAccount, StoredAccount } from './accountsSecret.ts';

/** Compatible with VS Code's `SecretStorage`. Rejects when the keychain of the system is locked. */
export interface SecretStore {
  get(key: string): Promise<string | undefined>;
  store(key: string, value: string): Promise<void>;
  delete(key: string): Promise<void>;
  /** Fires with a key whose value this window or another one changed. */
  readonly onDidChange: Event<string>;
}

const accountsKey = 'vpsOrg.accounts';
/** Keeps entries of other versions that this one cannot read, instead of losing them. */
const unreadableKey = 'vpsOrg.accounts.unreadable';

/**
 * Wait before a change is checked. Longer than another window takes from reading the secret to overwriting it; a slow secret
 * storage extends it.
 */
const minSettleMs = 100;
const settleFactor = 4;
/** Longer operations say nothing about the speed of the storage. */
const maxMeasuredMs = 1_000;
/** Another window that keeps overwriting the secret must not delay a sign-in forever. */
const maxChecks = 20;
/** Signed-out ids that the secret contains, so that other windows do not restore those accounts. */
const maxRemoved = 100;

export interface Saved {
  readonly account: Account;
  /** Whether an existing account got the new token. */
  readonly updated: boolean;
}

/**
 * Stores accounts and tokens in a single secret. Another window may write it at the same time, and secret storage has no
 * locks. So every change reads the secret, merges what this window knows, writes, and checks after a while that the change
 * is still there. A later change by another window that lacks it is repaired too: an account disappears only when its id is
 * in the list of removed ones, and a removed account never returns.
 */
export class AccountStore implements Disposable {
  readonly #secrets: SecretStore;
  readonly #makeId: () => string;
  readonly #warn: (text: string) => void;
  readonly #clock: Clock;
  readonly #disposables = new DisposableStore();
  readonly #onDidChange = this.#disposables.add(new Emitter<readonly StoredAccount[]>());
  readonly #removed = new Set<AccountId>();
  /** Accounts that this window has just saved: kept whatever the secret contains. */
  readonly #unchecked = new Set<AccountId>();
  #accounts: readonly StoredAccount[] = [];
  #slowestMs = 0;
  #isLoaded = false;
  #isDisposed = false;
  #queue: Promise<unknown> = Promise.resolve();

  /** Fires with all accounts after a change in this window or another one. */
  readonly onDidChange = this.#onDidChange.event;

  constructor(
    secrets: SecretStore,
    makeId: () => string,
    warn: (text: string) => void,
    clock: Clock = systemClock,
  ) {
    this.#secrets = secrets;
    this.#makeId = makeId;
    this.#warn = warn;
    this.#clock = clock;
    this.#disposables.add(
      secrets.onDidChange((key) => {
        if (key === accountsKey) {
          this.#enqueue(() => this.#synchronize()).catch((error: unknown) =>
            this.#warn(`Could not reload the accounts: ${String(error)}`),
          );
        }
      }),
    );
  }

  /** Whether the secret storage returned the accounts. */
  get isLoaded(): boolean {
    return this.#isLoaded;
  }

  get accounts(): readonly StoredAccount[] {
    return this.#accounts;
  }

  /** Loads the accounts. Rejects when the secret storage does; unreadable content counts as no accounts. */
  load(): Promise<readonly StoredAccount[]> {
    return this.#enqueue(() => this.#synchronize());
  }

  /**
   * Stores a token. It replaces the token of account `replace`, unless that is known to belong to someone else; otherwise the
   * token of an account at the same address with the same token or owner; otherwise it adds an account. A token is never
   * stored twice for one address.
   */
  save(candidate: NewAccount, replace?: AccountId): Promise<Saved> {
    return this.#enqueue(async () => {
      const accounts = await this.#synchronize();
      const { planSave } = await loadAccountChanges();
      const { account, next, dropped, updated } = planSave(
        accounts,
        candidate,
        replace,
        this.#makeId,
      );
      this.#removed.delete(account.id);
      await this.#write(next, dropped);
      this.#unchecked.add(account.id);
      await this.#check();
      this.#unchecked.delete(account.id);
      // Another window may have stored the same token at the same time.
      const saved =
        this.#accounts.find(({ id }) => id === account.id) ??
        this.#accounts.find(
          ({ token, apiUrl }) => token === account.token && apiUrl === account.apiUrl,
        );
      return { account: saved ?? account, updated };
    });
  }

  /** Removes an account and its token. Does nothing when it is already gone. */
  remove(id: AccountId): Promise<void> {
    return this.#enqueue(async () => {
      const accounts = await this.#synchronize();
      await this.#write(
        accounts.filter((account) => account.id !== id),
        [id],
      );
      await this.#check();
      if (this.#accounts.length === 0) {
        await this.#secrets.delete(accountsKey);
        await this.#secrets.delete(unreadableKey);
      }
    });
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#disposables.dispose();
  }

  /** Reads the secret, repairs it where another window overwrote what this one knows, and publishes the accounts. */
  async #synchronize(): Promise<readonly StoredAccount[]> {
    const stored = await this.#read();
    const accounts = await this.#merge(stored);
    if (isSameJson(accounts, stored.accounts)) {
      this.#publish(accounts);
    } else {
      await this.#write(accounts);
    }
    return this.#accounts;
  }

  /** Waits until nothing overwrites the last change any more. Does not reject, because the change was stored. */
  async #check(): Promise<void> {
    try {
      for (let checks = 0; checks < maxChecks && !this.#isDisposed; checks++) {
        await sleep(this.#clock, Math.max(minSettleMs, this.#slowestMs * settleFactor));
        const stored = await this.#read();
        const accounts = await this.#merge(stored);
        if (isSameJson(accounts, stored.accounts)) {
          this.#publish(accounts);
          return;
        }
        await this.#write(accounts);
      }
    } catch (error) {
      this.#warn(`Could not check the stored accounts: ${String(error)}`);
    }
  }

  /** A start has nothing to merge. */
  async #merge({ accounts, removed }: Stored): Promise<readonly StoredAccount[]> {
    removed?.forEach((id) => this.#removed.add(id));
    if (this.#accounts.length + this.#removed.size === 0) {
      return accounts;
    }
    const { mergeAccounts } = await loadAccountChanges();
    return mergeAccounts(
      accounts,
      this.#accounts,
      this.#removed,
      (id) =>
        // A version without the list of removed accounts, or the deletion of the whole secret, may have removed others.
        removed !== undefined || this.#unchecked.has(id),
    );
  }

  async #read(): Promise<Stored> {
    const secret = await this.#measure(() => this.#secrets.get(accountsKey));
    const stored = parseStored(secret);
    if (stored.unreadable !== undefined) {
      const keptAside = await this.#secrets.get(unreadableKey);
      if (keptAside !== stored.unreadable) {
        await this.#secrets.store(unreadableKey, stored.unreadable);
        this.#warn(
          'This version cannot read some stored accounts. They were kept aside; sign in again.',
        );
      }
    }
    return stored;
  }

  async #write(
    accounts: readonly StoredAccount[],
    dropped: readonly AccountId[] = [],
  ): Promise<void> {
    const removed = [...new Set([...this.#removed, ...dropped])].slice(-maxRemoved);
    const secret = JSON.stringify({ version: 1, accounts, removed });
    await this.#measure(() => this.#secrets.store(accountsKey, secret));
    dropped.forEach((id) => this.#removed.add(id));
    // Parsed like in any other window, so that the event for this write is not a change.
    this.#publish(parseStored(secret).accounts);
  }

  async #measure<T>(work: () => Promise<T>): Promise<T> {
    const startedAt = this.#clock.now();
    const result = await work();
    const tookMs = this.#clock.now() - startedAt;
    // A person may have unlocked the storage meanwhile, or the clock was set.
    this.#slowestMs = Math.max(this.#slowestMs, tookMs < maxMeasuredMs ? tookMs : 0);
    return result;
  }

  #publish(accounts: readonly StoredAccount[]): void {
    this.#isLoaded = true;
    if (!isSameJson(accounts, this.#accounts)) {
      this.#accounts = accounts;
      this.#onDidChange.fire(accounts);
    }
  }

  #enqueue<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(work);
    this.#queue = result.catch(() => undefined);
    return result;
  }
}

function isSameJson(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
