import { checkApiUrl, checkToken } from '../core/validation.ts';
import type { Account, AccountId } from '../core/account.ts';
import { DisposableStore, Emitter } from '../core/event.ts';
import type { Disposable, Event } from '../core/event.ts';
import { toPlainLine } from '../core/text.ts';

/** Where secrets are kept. Shaped like VS Code's `SecretStorage`; may reject when the system's keychain is locked. */
export interface SecretStore {
  get(key: string): Promise<string | undefined>;
  store(key: string, value: string): Promise<void>;
  delete(key: string): Promise<void>;
  /** A key whose value changed, by this window or another. */
  readonly onDidChange: Event<string>;
}

/** An account together with its token. Never leaves `state` and `api`. */
export interface StoredAccount extends Account {
  /** Empty for the sample account, whose token is made anew whenever it starts. */
  readonly token: string;
  /** Who owns the token, as the API said at sign-in: a second token of theirs replaces the first. */
  readonly owner: string | undefined;
  /** How often it was signed in again: every window sees a change by that, and tries the token anew where it is the same. */
  readonly renewals?: number;
}

export type NewAccount = Omit<StoredAccount, 'id' | 'renewals'>;

const accountsKey = 'vpsOrg.accounts';
/** What an older or newer version left behind and this one cannot read: put aside, not thrown away. */
const unreadableKey = 'vpsOrg.accounts.unreadable';

interface Stored {
  readonly accounts: readonly StoredAccount[];
  /** What in the secret could not be read. */
  readonly unreadable: string | undefined;
}

function parseAccount(entry: unknown): StoredAccount | undefined {
  if (typeof entry !== 'object' || entry === null) {
    return undefined;
  }
  const { id, label, apiUrl, kind, token, owner, renewals } = entry as Record<string, unknown>;
  if (typeof id !== 'string' || id === '' || typeof label !== 'string') {
    return undefined;
  }
  const shared = { id, label: toPlainLine(label) || id, owner: typeof owner === 'string' ? owner : undefined };
  if (kind === 'sample') {
    return { ...shared, kind, apiUrl: '', token: '' };
  }
  const url = checkApiUrl(apiUrl);
  const checkedToken = typeof token === 'string' ? checkToken(token) : undefined;
  if (kind !== 'token' || !url.ok || !checkedToken?.ok) {
    return undefined;
  }
  const again = typeof renewals === 'number' ? { renewals } : {};
  return { ...shared, ...again, kind, apiUrl: url.value, token: checkedToken.value };
}

function parseStored(secret: string | undefined): Stored {
  if (secret === undefined || secret === '') {
    return { accounts: [], unreadable: undefined };
  }
  let parsed: unknown;
  try {
    parsed = JSON.parse(secret);
  } catch {
    return { accounts: [], unreadable: secret };
  }
  const entries: unknown =
    typeof parsed === 'object' && parsed !== null ? Reflect.get(parsed, 'accounts') : undefined;
  if (!Array.isArray(entries)) {
    return { accounts: [], unreadable: secret };
  }
  const accounts = new Map<string, StoredAccount>();
  const odd: unknown[] = [];
  for (const entry of entries) {
    const account = parseAccount(entry);
    if (!account) {
      odd.push(entry);
    } else if (!accounts.has(account.id)) {
      accounts.set(account.id, account);
    }
  }
  return { accounts: [...accounts.values()], unreadable: odd.length > 0 ? JSON.stringify(odd) : undefined };
}

/** Whether it is known that an account belongs to somebody else than `owner`. */
export function isOtherOwner(account: StoredAccount, owner: string | undefined): boolean {
  return account.owner !== undefined && owner !== undefined && account.owner !== owner;
}

function isSameToken(a: NewAccount, b: NewAccount): boolean {
  return a.kind === 'token' && b.kind === 'token' && a.apiUrl === b.apiUrl && a.token === b.token;
}

/** What `AccountStore.save` did. */
export interface Saved {
  readonly account: Account;
  /** True where the account was there already and got the new token. */
  readonly updated: boolean;
}

/**
 * The accounts and their tokens, in one secret, so that a change is there whole or not at all. Every write reads the
 * secret first: another window may have written in between.
 */
export class AccountStore implements Disposable {
  readonly #secrets: SecretStore;
  readonly #makeId: () => string;
  readonly #warn: (text: string) => void;
  readonly #disposables = new DisposableStore();
  readonly #onDidChange = this.#disposables.add(new Emitter<readonly StoredAccount[]>());
  #accounts: readonly StoredAccount[] = [];
  #queue: Promise<unknown> = Promise.resolve();

  /** The accounts after a change that happened here or in another window. */
  readonly onDidChange = this.#onDidChange.event;

  constructor(secrets: SecretStore, makeId: () => string, warn: (text: string) => void) {
    this.#secrets = secrets;
    this.#makeId = makeId;
    this.#warn = warn;
    this.#disposables.add(
      secrets.onDidChange((key) => {
        if (key === accountsKey) {
          this.load().catch((error: unknown) => this.#warn(`Accounts could not be read again: ${String(error)}`));
        }
      }),
    );
  }

  get accounts(): readonly StoredAccount[] {
    return this.#accounts;
  }

  /** Reads the accounts. Rejects where the secret storage does; unreadable contents count as no accounts. */
  load(): Promise<readonly StoredAccount[]> {
    return this.#exclusive(async () => {
      const stored = await this.#read();
      this.#publish(stored.accounts);
      return stored.accounts;
    });
  }

  /**
   * Keeps a token. It replaces the token of account `replace` where given, unless that is known to be somebody else's; else of
   * the account at the same address that has the same token or the same owner; otherwise a new account is added. No token is
   * kept twice for one address.
   */
  save(candidate: NewAccount, replace?: AccountId): Promise<Saved> {
    return this.#exclusive(async () => {
      const { accounts } = await this.#read();
      const known =
        accounts.find(
          (account) =>
            account.id === replace && account.kind === candidate.kind && !isOtherOwner(account, candidate.owner),
        ) ??
        accounts.find(
          (account) =>
            account.kind === candidate.kind &&
            account.apiUrl === candidate.apiUrl &&
            (account.token === candidate.token ||
              (account.owner !== undefined && account.owner === candidate.owner)),
        );
      const account: StoredAccount = {
        ...candidate,
        id: known?.id ?? this.#makeId(),
        owner: candidate.owner ?? known?.owner,
        ...(known && { renewals: (known.renewals ?? 0) + 1 }),
      };
      const others = accounts.filter((entry) => entry.id === known?.id || !isSameToken(entry, candidate));
      await this.#write(
        known ? others.map((entry) => (entry.id === known.id ? account : entry)) : [...others, account],
      );
      return { account, updated: known !== undefined };
    });
  }

  /** Wipes an account and its token. Nothing happens where it is gone already. */
  remove(id: AccountId): Promise<void> {
    return this.#exclusive(async () => {
      const { accounts } = await this.#read();
      await this.#write(accounts.filter((account) => account.id !== id));
    });
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  async #read(): Promise<Stored> {
    const secret = await this.#secrets.get(accountsKey);
    const stored = parseStored(secret);
    if (stored.unreadable !== undefined) {
      const aside = await this.#secrets.get(unreadableKey);
      if (aside !== stored.unreadable) {
        await this.#secrets.store(unreadableKey, stored.unreadable);
        this.#warn('Some stored accounts cannot be read by this version. They were put aside; sign in again.');
      }
    }
    return stored;
  }

  async #write(accounts: readonly StoredAccount[]): Promise<void> {
    if (accounts.length === 0) {
      await this.#secrets.delete(accountsKey);
      await this.#secrets.delete(unreadableKey);
      this.#publish([]);
    } else {
      const secret = JSON.stringify({ version: 1, accounts });
      await this.#secrets.store(accountsKey, secret);
      // Read back as any window reads it: the echo of this change is then no change.
      this.#publish(parseStored(secret).accounts);
    }
  }

  #publish(accounts: readonly StoredAccount[]): void {
    const before = JSON.stringify(this.#accounts);
    this.#accounts = accounts;
    if (JSON.stringify(accounts) !== before) {
      this.#onDidChange.fire(accounts);
    }
  }

  #exclusive<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(work);
    this.#queue = result.catch(() => undefined);
    return result;
  }
}
