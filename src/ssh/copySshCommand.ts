import * as vscode from 'vscode';
import type { CommandContext } from '../host/commandContext.ts';
import { resolveTargets } from '../host/serverPicker.ts';
import { plural } from '../text/l10n.ts';
import { reportRefused, splitByConnection } from './connectable.ts';
import { sshCommand } from './profile.ts';
import { hasAddress } from './terminal.ts';

/** Copy SSH Command: one line for each server that can be connected to. */
export async function copySshCommands(
  context: CommandContext,
  args: readonly unknown[],
): Promise<void> {
  const targets = await resolveTargets(context, args, {
    placeholder: vscode.l10n.t('Copy the SSH command for which server?'),
    none: vscode.l10n.t('There is no server with an IP address.'),
    accepts: (server) => hasAddress({ server }),
  });
  const { able, refused } = splitByConnection(await context.ssh(), targets);
  const lines = able.map(({ ssh }) => sshCommand(ssh));
  const [first] = lines;
  if (first !== undefined) {
    await vscode.env.clipboard.writeText(lines.join('\n'));
    context.messages.flash(
      lines.length === 1
        ? vscode.l10n.t('Copied {0}', first)
        : plural(vscode.l10n.t('Copied {0, plural, one {# line} other {# lines}}'), lines.length),
    );
  }
  reportRefused(context, refused);
}
