import * as vscode from 'vscode';
import type { Disposable } from '../core/event.ts';
import type { CommandContext } from './context.ts';

/** One message when a token is rejected, and no more until another one was tried. */
export function registerAccountNotices({ sessions, messages }: CommandContext): Disposable {
  const told = new Set<string>();
  return sessions.onDidChange(({ session, store }) => {
    const { id, label } = session.account;
    if (!session.isRejected) {
      told.delete(id);
    } else if (!store && !told.has(id)) {
      told.add(id);
      messages.warn(
        vscode.l10n.t('VPS.org rejected the token of "{0}". Its servers are not refreshed any more.', label),
        {
          title: vscode.l10n.t('Sign In'),
          run: () => vscode.commands.executeCommand('vpsOrg.signIn', { accountId: id }),
        },
      );
    }
  });
}
