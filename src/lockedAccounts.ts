import * as vscode from 'vscode';
import { AppError } from './core/errors.ts';
import type { Log } from './host/log.ts';
import type { Messages } from './host/messages.ts';
import type { AccountStore } from './state/accountStore.ts';

/** Shows why the accounts could not be read, with a button to retry. */
export function reportLockedAccounts(
  accounts: AccountStore,
  messages: Messages,
  log: Log,
  error: unknown,
): void {
  log.error('Could not read the accounts', error);
  const retry = (): Promise<unknown> =>
    accounts.load().catch((again: unknown) => reportLockedAccounts(accounts, messages, log, again));
  messages.error(
    vscode.l10n.t(
      'Could not read your accounts from the secret storage of this computer: {0}',
      AppError.from(error).message,
    ),
    { title: vscode.l10n.t('Retry'), run: retry },
  );
}
