import * as vscode from 'vscode';
import type { AccountId } from '../core/account.ts';
import { toAccountId } from '../core/refs.ts';
import { escapeIcons } from '../core/text.ts';
import type { CommandContext } from '../host/commandContext.ts';
import type { Session } from '../state/session.ts';

/** Sign Out...: removes the token, the cached servers and the open panels of an account, in every window. */
export async function signOut(context: CommandContext, args: readonly unknown[]): Promise<void> {
  const session = await pickSession(context, args);
  if (!session) {
    return;
  }
  const { id, label, kind } = session.account;
  const isConfirmed = await context.messages.confirm({
    message: vscode.l10n.t('Sign out of "{0}"?', label),
    detail:
      kind === 'sample'
        ? vscode.l10n.t('The sample servers and your changes to them will be lost.')
        : [
            vscode.l10n.t(
              'The token will be removed from this computer. Your servers are not affected, and the token stays valid until you revoke it on VPS.org.',
            ),
            await lossText(context, id),
          ]
            .filter(Boolean)
            .join('\n\n'),
    confirm: vscode.l10n.t('Sign Out'),
  });
  if (isConfirmed) {
    await context.accounts.remove(id);
    context.messages.flash(vscode.l10n.t('Signed out of {0}', label));
  }
}

/** "Protection, notes and SSH settings of its servers will be lost.": what a person set for any of them, and what was recorded. */
async function lossText(
  { marks, ssh, activity, hasUnsavedSettings }: CommandContext,
  accountId: AccountId,
): Promise<string | undefined> {
  const [profiles, document] = await Promise.all([ssh(), activity()]);
  const all = marks.ofAccount(accountId);
  const things = [
    all.some(({ isProtected }) => isProtected) ? vscode.l10n.t('protection') : '',
    all.some(({ isPinned }) => isPinned) ? vscode.l10n.t('pins') : '',
    all.some(({ note }) => note !== undefined) ? vscode.l10n.t('notes') : '',
    all.some(({ color }) => color !== undefined) ? vscode.l10n.t('colors') : '',
    profiles.hasOverrides(accountId) ? vscode.l10n.t('SSH settings') : '',
    (await hasUnsavedSettings(accountId)) ? vscode.l10n.t('unsaved settings') : '',
    (await document.hasEntries(accountId)) ? vscode.l10n.t('recorded activity') : '',
  ].filter(Boolean);
  const last = things.pop();
  if (last === undefined) {
    return undefined;
  }
  const list = things.length === 0 ? last : vscode.l10n.t('{0} and {1}', things.join(', '), last);
  const text = vscode.l10n.t('{0} of its servers will be lost.', list);
  return text.charAt(0).toLocaleUpperCase() + text.slice(1);
}

/** Sign Out... in the view's menu. VS Code passes the focused row there too, which the command must not take as its account. */
export function signOutFromView(context: CommandContext): Promise<void> {
  return signOut(context, []);
}

async function pickSession(
  { sessions, messages }: CommandContext,
  args: readonly unknown[],
): Promise<Session | undefined> {
  const accountId = toAccountId(args[0]);
  const [first, ...others] =
    accountId === undefined
      ? sessions.all
      : sessions.all.filter(({ account }) => account.id === accountId);
  if (!first) {
    messages.info(
      accountId === undefined
        ? vscode.l10n.t('You are not signed in.')
        : vscode.l10n.t('This account is no longer signed in.'),
    );
  }
  if (others.length === 0) {
    return first;
  }
  const items = sessions.all.map((session) => ({
    label: escapeIcons(session.account.label),
    description:
      session.account.kind === 'sample'
        ? vscode.l10n.t('sample')
        : new URL(session.account.apiUrl).host,
    session,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    placeHolder: vscode.l10n.t('Sign out of which account?'),
  });
  return picked?.session;
}
