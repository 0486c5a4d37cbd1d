import * as vscode from 'vscode';
import type { CommandContext } from '../host/commandContext.ts';
import { resolveTarget } from '../host/serverPicker.ts';

/** Show as JSON: opens the reply of `GET /servers/{id}/` in a read-only editor. */
export async function showJson(context: CommandContext, args: readonly unknown[]): Promise<void> {
  const target = await resolveTarget(context, args, {
    placeholder: vscode.l10n.t('Show which server as JSON?'),
    none: vscode.l10n.t('There are no servers to show.'),
    accepts: () => true,
  });
  if (target) {
    await (await context.documents()).show(target.ref, target.server.name);
  }
}
