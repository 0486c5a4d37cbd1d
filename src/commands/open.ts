import * as vscode from 'vscode';
import type { ServerRef } from '../core/refs.ts';
import { rowClick } from '../ids.ts';
import type { CommandContext } from './context.ts';
import { resolveTarget } from './targets.ts';

/** Opens the panel; with `keepsFocus`, the keyboard stays in the tree. */
export type OpenDetails = (ref: ServerRef, options: { readonly keepsFocus: boolean }) => Promise<void>;

/** Show Details: of a row, or of a server that is asked for. */
export function registerOpen(context: CommandContext, openDetails: OpenDetails): void {
  context.registry.register('vpsOrg.server.open', async (...args) => {
    const target = await resolveTarget(context, args, {
      placeholder: vscode.l10n.t('Show the details of which server?'),
      none: vscode.l10n.t('There is no server to show.'),
      accepts: () => true,
    });
    if (target) {
      await openDetails(target.ref, { keepsFocus: args[1] === rowClick });
    }
  });
}
