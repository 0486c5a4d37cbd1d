import * as l10n from '@vscode/l10n';
import type { Account, AccountId } from '../core/account.ts';

/** The account's label, marked where it is the sample account. */
export function accountText({ label, kind }: Pick<Account, 'label' | 'kind'>): string {
  return kind === 'sample' ? l10n.t('{0} (sample)', label) : label;
}

/** The texts of all accounts, by id. Equal ones are told apart by the host of their API, or numbered. */
export function distinctAccountTexts(accounts: readonly Account[]): ReadonlyMap<AccountId, string> {
  const withHosts = tellApart(accounts, accounts.map(accountText), (text, { apiUrl }) =>
    l10n.t('{0} ({1})', text, URL.canParse(apiUrl) ? new URL(apiUrl).host : apiUrl),
  );
  const distinct = tellApart(accounts, withHosts, (text, _account, number) =>
    l10n.t('{0} ({1})', text, number),
  );
  return new Map(accounts.map(({ id }, index) => [id, distinct[index] ?? '']));
}

/** @param extend makes a longer text for each of several equal ones, which are numbered from 1 */
function tellApart(
  accounts: readonly Account[],
  texts: readonly string[],
  extend: (text: string, account: Account, number: number) => string,
): readonly string[] {
  return accounts.map((account, index) => {
    const text = texts[index] ?? '';
    const isUnique = texts.indexOf(text) === texts.lastIndexOf(text);
    const number = texts.slice(0, index + 1).filter((each) => each === text).length;
    return isUnique ? text : extend(text, account, number);
  });
}
