import * as vscode from 'vscode';
import { redact } from '../api/redact.ts';
import { describeState } from '../state/diagnostics.ts';
import type { ErrorHistory } from '../state/errorHistory.ts';
import type { CommandContext } from './context.ts';

interface Choice extends vscode.QuickPickItem {
  readonly withNames: boolean;
}

/** Copy Diagnostics: for a report. What it says of servers and accounts beyond their number is asked for. */
export function registerDiagnostics(context: CommandContext, errors: ErrorHistory, version: string): void {
  const { registry, sessions, accounts, settings, follower, messages } = context;
  registry.register('vpsOrg.copyDiagnostics', async () => {
    const choices: readonly Choice[] = [
      {
        label: vscode.l10n.t('Without Names and Addresses'),
        detail: vscode.l10n.t('Versions, settings, numbers of accounts and servers, kinds of the last errors'),
        withNames: false,
      },
      {
        label: vscode.l10n.t('With Names and Addresses'),
        detail: vscode.l10n.t('Also names, IDs and addresses of servers, labels of accounts, and what VPS.org answered'),
        withNames: true,
      },
    ];
    const choice = await vscode.window.showQuickPick(choices, {
      placeHolder: vscode.l10n.t('Copy what helps to understand a problem. Tokens are never part of it.'),
    });
    if (!choice) {
      return;
    }
    const text = describeState(
      {
        program: [
          `VPS.org Servers ${version}`,
          `VS Code ${vscode.version} (${vscode.env.uiKind === vscode.UIKind.Web ? 'web' : 'desktop'}${vscode.env.remoteName ? ', remote' : ''})`,
          `Node ${process.versions.node}, ${process.platform} ${process.arch}`,
        ],
        settings: settings.inForce(),
        sessions: sessions.all,
        followed: follower.count,
        errors: errors.errors,
        now: Date.now(),
      },
      choice.withNames,
    );
    await vscode.env.clipboard.writeText(redact(text, accounts.accounts.map(({ token }) => token).filter(Boolean)));
    messages.info(vscode.l10n.t('The diagnostics are in the clipboard.'));
  });
}
