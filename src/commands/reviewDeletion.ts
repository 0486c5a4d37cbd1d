import * as vscode from 'vscode';
import { escapeIcons } from '../core/text.ts';
import { maxLines, targetText } from '../text/targets.ts';
import { plural } from '../text/l10n.ts';
import type { Target } from '../state/targets.ts';

/**
 * Lists more servers than fit in a question, which does not scroll everywhere, with address and location each. A person may leave
 * out some. Empty where the list was closed.
 */
export async function reviewDeletion(targets: readonly Target[]): Promise<readonly Target[]> {
  if (targets.length <= maxLines) {
    return targets;
  }
  const textOf = targetText(targets, { withStatus: true });
  const items = targets.map((target) => ({
    label: escapeIcons(target.server.name),
    description: escapeIcons(textOf(target).slice(1).join(' · ')),
    picked: true,
    target,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    canPickMany: true,
    ignoreFocusOut: true,
    matchOnDescription: true,
    title: plural(
      vscode.l10n.t('{0, plural, one {Delete # server?} other {Delete # servers?}}'),
      targets.length,
    ),
    placeHolder: vscode.l10n.t(
      'Check the servers to delete. You are asked again before anything is deleted.',
    ),
  });
  return picked?.map(({ target }) => target) ?? [];
}
