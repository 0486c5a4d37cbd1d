import * as vscode from 'vscode';
import type { Server } from '../core/server.ts';
import type { CommandId } from '../ids.ts';
import type { CommandContext } from './context.ts';
import { resolveTargets } from './targets.ts';

interface Copied {
  readonly command: CommandId;
  readonly placeholder: () => string;
  readonly none: () => string;
  readonly value: (server: Server) => string | undefined;
}

const copied: readonly Copied[] = [
  {
    command: 'vpsOrg.server.copyIp',
    placeholder: () => vscode.l10n.t('Copy the IP address of which server?'),
    none: () => vscode.l10n.t('There is no IP address to copy.'),
    value: (server) => server.ipAddress ?? server.ipv6Address ?? undefined,
  },
  {
    command: 'vpsOrg.server.copyHostname',
    placeholder: () => vscode.l10n.t('Copy the hostname of which server?'),
    none: () => vscode.l10n.t('There is no hostname to copy.'),
    value: (server) => server.hostname,
  },
  {
    command: 'vpsOrg.server.copyId',
    placeholder: () => vscode.l10n.t('Copy the ID of which server?'),
    none: () => vscode.l10n.t('There is no ID to copy.'),
    value: (server) => server.id,
  },
];

/** Copy IP Address, Copy Hostname and Copy ID: one line for each server. */
export function registerCopy(context: CommandContext): void {
  for (const { command, placeholder, none, value } of copied) {
    context.registry.register(command, async (...args) => {
      const targets = await resolveTargets(context, args, {
        placeholder: placeholder(),
        none: none(),
        accepts: (server) => value(server) !== undefined,
      });
      const values = targets.flatMap(({ server }) => value(server) ?? []);
      const [first] = values;
      if (first === undefined) {
        if (targets.length > 0) {
          context.messages.info(none());
        }
        return;
      }
      await vscode.env.clipboard.writeText(values.join('\n'));
      context.messages.flash(
        values.length === 1
          ? vscode.l10n.t('Copied {0}', first)
          : vscode.l10n.t('Copied {0} lines', values.length),
      );
    });
  }
}
