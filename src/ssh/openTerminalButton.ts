import * as vscode from 'vscode';
import type { ServerRef } from '../core/refs.ts';
import type { MessageButton } from '../host/messages.ts';

const openTerminalId = 'vpsOrg.server.openTerminal';

/** The button "Open SSH Terminal" of a message. Empty where the command does not exist. */
export async function openTerminalButton(ref: ServerRef): Promise<readonly MessageButton[]> {
  const ids = await vscode.commands.getCommands(true);
  return ids.includes(openTerminalId)
    ? [
        {
          title: vscode.l10n.t('Open SSH Terminal'),
          run: () => vscode.commands.executeCommand(openTerminalId, ref),
        },
      ]
    : [];
}
