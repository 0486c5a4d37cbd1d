import * as vscode from 'vscode';
import { isAllowed } from '../core/server.ts';
import type { Server, ServerAction } from '../core/server.ts';
import type { CommandContext } from '../host/commandContext.ts';

/** Shows why the server's status does not allow the action. False, with no message, where it does. */
export function reportNotAllowed(
  { messages }: CommandContext,
  action: ServerAction,
  server: Server,
): boolean {
  if (isAllowed(action, server)) {
    return false;
  }
  messages.info(
    vscode.l10n.t('"{0}" is currently "{1}". Try again later.', server.name, server.status),
  );
  return true;
}
