import * as vscode from 'vscode';
import { redact } from '../core/redact.ts';
import type { CommandContext } from '../host/commandContext.ts';
import { settingsInForce } from '../host/settingsReport.ts';
import { describeState } from '../state/diagnostics.ts';

interface DetailItem extends vscode.QuickPickItem {
  readonly withNames: boolean;
}

/** Show Log. */
export function showLog({ log }: CommandContext): void {
  log.show();
}

/** Open Settings: the settings of this extension. */
export async function openSettings(): Promise<void> {
  await vscode.commands.executeCommand(
    'workbench.action.openSettings',
    '@ext:vps-org-tools.vps-org',
  );
}

/** Copy Diagnostics: copies a report for a bug report, with names and addresses only where the person agrees. */
export async function copyDiagnostics(context: CommandContext): Promise<void> {
  const { version, sessions, accounts, settings, statusWaiter, errorHistory, messages } = context;
  const items: readonly DetailItem[] = [
    {
      label: vscode.l10n.t('Without Names and Addresses'),
      detail: vscode.l10n.t(
        'Versions, settings, numbers of accounts and servers, kinds of recent errors',
      ),
      withNames: false,
    },
    {
      label: vscode.l10n.t('With Names and Addresses'),
      detail: vscode.l10n.t(
        'Also names, IDs and addresses of servers, account labels, and error messages from VPS.org',
      ),
      withNames: true,
    },
  ];
  const picked = await vscode.window.showQuickPick(items, {
    placeHolder: vscode.l10n.t('Copy diagnostics for a bug report. Tokens are never included.'),
  });
  if (!picked) {
    return;
  }
  const text = describeState(
    {
      program: [
        `VPS.org Servers ${version}`,
        `VS Code ${vscode.version} (${vscode.env.uiKind === vscode.UIKind.Web ? 'web' : 'desktop'}${vscode.env.remoteName ? ', remote' : ''})`,
        `Node ${process.versions.node}, ${process.platform} ${process.arch}`,
      ],
      settings: settingsInForce(settings),
      sessions: sessions.all,
      waiting: statusWaiter.count,
      errors: errorHistory.errors,
      now: Date.now(),
    },
    picked.withNames,
  );
  await vscode.env.clipboard.writeText(
    redact(text, accounts.accounts.map(({ token }) => token).filter(Boolean)),
  );
  messages.info(vscode.l10n.t('Diagnostics copied to the clipboard.'));
}
