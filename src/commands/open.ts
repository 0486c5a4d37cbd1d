import * as vscode from 'vscode';
import type { CommandContext } from '../host/commandContext.ts';
import { resolveTarget } from '../host/serverPicker.ts';
import { rowClick } from '../ids.ts';

/** Show Server Details: opens the details panel. A click on a row previews, and keeps the focus in the tree. */
export async function openDetails(
  context: CommandContext,
  args: readonly unknown[],
): Promise<void> {
  const target = await resolveTarget(context, args, {
    placeholder: vscode.l10n.t('Show the details of which server?'),
    none: vscode.l10n.t('There are no servers to show.'),
    accepts: () => true,
  });
  if (target) {
    const isPreview = args[1] === rowClick;
    await context.panels.openDetails(target.ref, { keepsFocus: isPreview, isPreview });
  }
}

/** Keep Open: keeps the details that are previewed in the active editor. */
export async function keepOpen({ panels }: CommandContext): Promise<void> {
  await panels.keepOpen();
}
