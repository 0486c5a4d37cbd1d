import * as vscode from 'vscode';
import { toAccountId } from '../core/refs.ts';
import { escapeIcons } from '../core/text.ts';
import { viewId } from '../ids.ts';
import type { Session } from '../state/session.ts';
import type { CommandContext } from './context.ts';

async function pickSession({ sessions, messages }: CommandContext, args: readonly unknown[]): Promise<Session | undefined> {
  const accountId = toAccountId(args[0]);
  const [first, ...others] = accountId === undefined ? sessions.all : sessions.all.filter(({ account }) => account.id === accountId);
  if (!first) {
    messages.info(accountId === undefined ? vscode.l10n.t('Nobody is signed in to VPS.org.') : vscode.l10n.t('This account is not signed in any more.'));
  }
  if (others.length === 0) {
    return first;
  }
  const items = sessions.all.map((session) => ({
    label: escapeIcons(session.account.label),
    description: session.account.kind === 'sample' ? vscode.l10n.t('sample') : new URL(session.account.apiUrl).host,
    session,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    placeHolder: vscode.l10n.t('Sign out of which account?'),
  });
  return picked?.session;
}

/** Sign Out...: wipes the token, the servers that are known and what is open of them, in every window. */
async function signOut(context: CommandContext, args: readonly unknown[]): Promise<void> {
  const session = await pickSession(context, args);
  if (!session) {
    return;
  }
  const { id, label, kind } = session.account;
  const isConfirmed = await context.messages.confirm({
    message: vscode.l10n.t('Sign out of "{0}"?', label),
    detail:
      kind === 'sample'
        ? vscode.l10n.t('The sample servers and what you did with them will be forgotten.')
        : vscode.l10n.t('The token will be wiped from this computer. Your servers at VPS.org stay as they are, and the token stays valid there until you revoke it.'),
    confirm: vscode.l10n.t('Sign Out'),
  });
  if (isConfirmed) {
    await context.accounts.remove(id);
    context.messages.flash(vscode.l10n.t('Signed out of {0}', label));
  }
}

/** Try with Sample Servers: a simulated VPS.org inside the extension. It exists once; asked for again, it is shown. */
async function useSampleServers({ accounts }: CommandContext): Promise<void> {
  if (!accounts.accounts.some((account) => account.kind === 'sample')) {
    await accounts.save({
      kind: 'sample',
      label: vscode.l10n.t('Sample servers'),
      apiUrl: '',
      token: '',
      owner: undefined,
    });
  }
  await vscode.commands.executeCommand(`${viewId}.focus`);
}

export function registerAccounts(context: CommandContext): void {
  context.registry.register('vpsOrg.signOut', (...args) => signOut(context, args));
  // From the view's menu, which VS Code hands the row with the focus, too: there it means none in particular.
  context.registry.register('vpsOrg.signOutView', () => signOut(context, []));
  context.registry.register('vpsOrg.useSampleServers', () => useSampleServers(context));
}
