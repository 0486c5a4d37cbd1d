import type { Account, AccountId } from '../core/account.ts';
import { isRecord } from '../core/json.ts';
import { parseJson, readText } from '../core/storedValues.ts';
import { toPlainLine } from '../core/text.ts';
import { checkApiUrl, isToken } from '../core/apiUrl.ts';

/** An account with its token. Must not leave `state` and `api`. */
export interface StoredAccount extends Account {
  /** Empty for the sample account, which gets a new token at every start. */
  readonly token: string;
  /** Owner of the token as returned at sign-in. A second token of the same owner replaces the first one. */
  readonly owner: string | undefined;
  /** Number of repeated sign-ins. Signing in with the same token changes it, so that every window retries the token. */
  readonly renewals?: number;
}

export type NewAccount = Omit<StoredAccount, 'id' | 'renewals'>;

/** The parsed secret. */
export interface Stored {
  readonly accounts: readonly StoredAccount[];
  /** Ids of accounts that signed out; undefined when the secret is missing or a version without this list wrote it. */
  readonly removed: readonly AccountId[] | undefined;
  /** The entries that could not be read, or the whole secret; undefined when everything could. */
  readonly unreadable: string | undefined;
}

function parseAccount(entry: unknown): StoredAccount | undefined {
  if (!isRecord(entry)) {
    return undefined;
  }
  const { label, apiUrl, kind, token, owner, renewals } = entry;
  const id = readText(entry.id);
  if (id === undefined || typeof label !== 'string') {
    return undefined;
  }
  const shared = {
    id,
    label: toPlainLine(label) || id,
    owner: typeof owner === 'string' ? owner : undefined,
  };
  if (kind === 'sample') {
    return { ...shared, kind, apiUrl: '', token: '' };
  }
  const url = checkApiUrl(apiUrl);
  if (kind !== 'token' || !url.ok || !isToken(token)) {
    return undefined;
  }
  const again = typeof renewals === 'number' ? { renewals } : {};
  return { ...shared, ...again, kind, apiUrl: url.value, token };
}

/** Never throws: anyone may have edited the secret, and other versions write it. */
export function parseStored(secret: string | undefined): Stored {
  if (secret === undefined || secret === '') {
    return { accounts: [], removed: undefined, unreadable: undefined };
  }
  const parsed = parseJson(secret);
  const { accounts: entries, removed } = isRecord(parsed) ? parsed : {};
  if (!Array.isArray(entries)) {
    return { accounts: [], removed: undefined, unreadable: secret };
  }
  const accounts = new Map<string, StoredAccount>();
  const unreadable: unknown[] = [];
  for (const entry of entries) {
    const account = parseAccount(entry);
    if (!account) {
      unreadable.push(entry);
    } else if (!accounts.has(account.id)) {
      accounts.set(account.id, account);
    }
  }
  return {
    accounts: [...accounts.values()],
    removed: Array.isArray(removed) ? removed.flatMap((id) => readText(id) ?? []) : undefined,
    unreadable: unreadable.length > 0 ? JSON.stringify(unreadable) : undefined,
  };
}
