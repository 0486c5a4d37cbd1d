import * as vscode from 'vscode';
import { findNamesake } from '../core/sameName.ts';
import { isAllowed } from '../core/server.ts';
import { checkName } from '../core/validation.ts';
import type { CommandContext } from '../host/commandContext.ts';
import { askText } from '../host/inputBox.ts';
import { resolveTarget } from '../host/serverPicker.ts';
import { describeOutcome } from '../text/outcomes.ts';
import { quotedServer } from '../text/targets.ts';
import { nameProblemText } from '../text/validation.ts';
import { reportNotAllowed } from './reportNotAllowed.ts';
import { reportProtected } from './reportProtected.ts';

/** Rename Server...: `PATCH /servers/{id}/` with the name only. */
export async function renameServer(
  context: CommandContext,
  args: readonly unknown[],
): Promise<void> {
  const target = await resolveTarget(context, args, {
    placeholder: vscode.l10n.t('Rename which server?'),
    none: vscode.l10n.t('No server can be renamed now.'),
    accepts: (server) => isAllowed('rename', server),
  });
  if (
    !target ||
    reportProtected(context, target) ||
    reportNotAllowed(context, 'rename', target.server)
  ) {
    return;
  }
  const { name } = target.server;
  const problemOf = (text: string): string | undefined => {
    const checked = checkName(text);
    return checked.ok || text === name ? undefined : nameProblemText(checked.problem);
  };
  await askText({
    title: vscode.l10n.t('Rename {0}', quotedServer(context.sessions, target)),
    prompt: vscode.l10n.t('Use letters, digits and hyphens. The hostname stays the same.'),
    value: name,
    validate: problemOf,
    warn: (text) =>
      findNamesake(
        target.session.servers.servers.filter(({ id }) => id !== target.server.id),
        text,
      ) && vscode.l10n.t('Another server has this name. Press Enter to use it anyway.'),
    submit: async (text, signal) => {
      const checked = checkName(text);
      if (text.trim() === name || !checked.ok) {
        return problemOf(text);
      }
      const outcome = await context.actions.update(target.ref, 'rename', { name: checked.value });
      if (outcome.kind === 'done') {
        context.messages.flash(vscode.l10n.t('Renamed "{0}" to "{1}"', name, checked.value));
        return undefined;
      }
      const described = describeOutcome(outcome, 'rename', name);
      if (signal.aborted) {
        // The box was closed in the meantime and can no longer show the text.
        context.messages.warn(described.text);
      }
      return described.text;
    },
  });
}
