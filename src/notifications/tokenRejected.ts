import * as vscode from 'vscode';
import type { Disposable } from '../core/event.ts';
import type { CommandContext } from '../host/commandContext.ts';
import type { Session } from '../state/session.ts';
import { asSentence } from '../text/sentences.ts';

/** Shows one message when a token is rejected, and no other until a different token was tried. */
export function registerTokenRejected({ sessions, messages }: CommandContext): Disposable {
  const reported = new Set<string>();
  const update = (session: Session): void => {
    const { id, label } = session.account;
    if (!session.isRejected) {
      reported.delete(id);
    } else if (!reported.has(id)) {
      reported.add(id);
      const reason = session.rejection?.serverMessage;
      messages.warn(
        reason === undefined
          ? vscode.l10n.t(
              'VPS.org rejected the token of "{0}". Its servers are no longer refreshed.',
              label,
            )
          : vscode.l10n.t(
              'VPS.org rejected the token of "{0}": {1} Its servers are no longer refreshed.',
              label,
              asSentence(reason),
            ),
        {
          title: vscode.l10n.t('Sign In'),
          run: () => vscode.commands.executeCommand('vpsOrg.signIn', { accountId: id }),
        },
      );
    }
  };
  // Loaded with the first rejection, which comes before.
  sessions.all.forEach(update);
  return sessions.onDidChange(({ session, store }) => {
    if (!store || !session.isRejected) {
      update(session);
    }
  });
}
