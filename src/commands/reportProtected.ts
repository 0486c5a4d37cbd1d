import * as vscode from 'vscode';
import type { CommandContext } from '../host/commandContext.ts';
import type { MessageButton } from '../host/messages.ts';
import type { Target } from '../state/targets.ts';
import { notChangeableText } from '../text/protection.ts';

/** Says why the server can not be changed, and offers a way out. False, with no message, where it is not protected. */
export function reportProtected(
  { actions, messages }: Pick<CommandContext, 'actions' | 'messages'>,
  { ref, server }: Target,
): boolean {
  const reason = actions.protection.reasonOf(ref, server);
  if (!reason) {
    return false;
  }
  const button =
    reason.pattern === undefined
      ? {
          title: vscode.l10n.t('Unprotect...'),
          run: () => vscode.commands.executeCommand('vpsOrg.server.unprotect', ref),
        }
      : openProtectSetting();
  messages.info(notChangeableText(reason, server.name), button);
  return true;
}

export function openProtectSetting(): MessageButton {
  return {
    title: vscode.l10n.t('Open Settings'),
    run: () => vscode.commands.executeCommand('workbench.action.openSettings', 'vpsOrg.protect'),
  };
}
