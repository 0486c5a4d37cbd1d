import * as vscode from 'vscode';
import { webPanelOf } from '../core/webPanel.ts';
import type { CommandContext } from '../host/commandContext.ts';
import { resolveTarget } from '../host/serverPicker.ts';

/** Open on VPS.org: opens the web panel of the server's account in the browser. */
export async function openWeb(context: CommandContext, args: readonly unknown[]): Promise<void> {
  const target = await resolveTarget(context, args, {
    placeholder: vscode.l10n.t('Open which server on VPS.org?'),
    none: vscode.l10n.t('There are no servers to open on VPS.org.'),
    accepts: () => true,
  });
  if (!target) {
    return;
  }
  const { account } = target.session;
  const url = webPanelOf(account);
  if (url !== undefined) {
    await vscode.env.openExternal(vscode.Uri.parse(url));
  } else {
    context.messages.info(
      account.kind === 'sample'
        ? vscode.l10n.t('Sample servers exist only on this computer, not on VPS.org.')
        : vscode.l10n.t('The API of this account has no web panel with a secure address.'),
    );
  }
}
