import type { AccountId } from '../core/account.ts';
import type { NewAccount, StoredAccount } from './accountsSecret.ts';

/** Whether an account is known to belong to someone other than `owner`. */
export function isOtherOwner(account: StoredAccount, owner: string | undefined): boolean {
  return account.owner !== undefined && owner !== undefined && account.owner !== owner;
}

interface SavePlan {
  readonly account: StoredAccount;
  readonly next: readonly StoredAccount[];
  /** Accounts that the saved one replaces. */
  readonly dropped: readonly AccountId[];
  readonly updated: boolean;
}

/**
 * A label that no other account has: with the host of its API where that tells them apart, otherwise with a number. Questions
 * name the account by its label.
 */
function distinctLabel(
  { label, apiUrl, kind }: NewAccount,
  others: readonly StoredAccount[],
): string {
  const isTaken = (text: string): boolean => others.some((other) => other.label === text);
  if (!isTaken(label)) {
    return label;
  }
  const withHost = kind === 'token' ? `${label} (${new URL(apiUrl).host})` : label;
  if (!isTaken(withHost)) {
    return withHost;
  }
  let number = 2;
  while (isTaken(`${label} (${number})`)) {
    number++;
  }
  return `${label} (${number})`;
}

/** See `AccountStore.save`. */
export function planSave(
  accounts: readonly StoredAccount[],
  candidate: NewAccount,
  replace: AccountId | undefined,
  makeId: () => AccountId,
): SavePlan {
  const known =
    accounts.find(
      (account) =>
        account.id === replace &&
        account.kind === candidate.kind &&
        !isOtherOwner(account, candidate.owner),
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
    label: distinctLabel(
      candidate,
      accounts.filter(({ id }) => id !== known?.id),
    ),
    id: known?.id ?? makeId(),
    owner: candidate.owner ?? known?.owner,
    ...(known && { renewals: (known.renewals ?? 0) + 1 }),
  };
  const others = accounts.filter(
    (entry) => entry.id === known?.id || !isSameToken(entry, candidate),
  );
  const next = known
    ? others.map((entry) => (entry.id === known.id ? account : entry))
    : [...others, account];
  const dropped = accounts
    .filter((entry) => !next.some(({ id }) => id === entry.id))
    .map(({ id }) => id);
  return { account, next, dropped, updated: known !== undefined };
}

/**
 * The accounts of the secret (`stored`) and of this window (`known`), without removed ones. An account that the secret lacks
 * returns only if `isLost`. Of two versions the later sign-in remains.
 */
export function mergeAccounts(
  stored: readonly StoredAccount[],
  known: readonly StoredAccount[],
  removed: ReadonlySet<AccountId>,
  isLost: (id: AccountId) => boolean,
): readonly StoredAccount[] {
  const merged = new Map(stored.map((account) => [account.id, account]));
  for (const account of known) {
    const other = merged.get(account.id);
    if (other ? isLater(account, other) : isLost(account.id)) {
      merged.set(account.id, account);
    }
  }
  return withoutDoubles([...merged.values()].filter(({ id }) => !removed.has(id)));
}

function isSameToken(a: NewAccount, b: NewAccount): boolean {
  return a.kind === 'token' && b.kind === 'token' && a.apiUrl === b.apiUrl && a.token === b.token;
}

/** Decides alike in every window, also between two sign-ins at the same time. */
function isLater(a: StoredAccount, b: StoredAccount): boolean {
  const [renewalsA, renewalsB] = [a.renewals ?? 0, b.renewals ?? 0];
  return renewalsA === renewalsB ? JSON.stringify(a) > JSON.stringify(b) : renewalsA > renewalsB;
}

/** Of accounts with the same token, which two windows may store at the same time, the one with the lowest id remains. */
function withoutDoubles(accounts: readonly StoredAccount[]): readonly StoredAccount[] {
  return accounts.filter(
    (account) => !accounts.some((other) => isSameToken(account, other) && other.id < account.id),
  );
}
