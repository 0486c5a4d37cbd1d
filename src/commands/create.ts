import * as vscode from 'vscode';
import { toAccountId } from '../core/refs.ts';
import type { Server } from '../core/server.ts';
import type { CommandContext } from '../host/commandContext.ts';
import { withStatusBarProgress } from '../host/progress.ts';
import { resolveTarget } from '../host/serverPicker.ts';
import type { Target } from '../state/targets.ts';

/** Create Server...: opens the form, for the account and location of the clicked row. */
export async function createServer(
  { sessions, panels }: CommandContext,
  [row]: readonly unknown[],
): Promise<void> {
  if (sessions.all.length === 0) {
    await vscode.commands.executeCommand('vpsOrg.signIn');
  }
  if (sessions.all.length > 0) {
    const accountId = toAccountId(row);
    const location = toLocation(row);
    await panels.openForm({
      ...(accountId !== undefined && sessions.get(accountId) ? { accountId } : {}),
      ...(location === undefined ? {} : { location }),
    });
  }
}

/** Create a Server Like This One...: opens the form with the settings of a server. */
export async function cloneServer(
  context: CommandContext,
  args: readonly unknown[],
): Promise<void> {
  const target = await resolveTarget(context, args, {
    placeholder: vscode.l10n.t('Create a server like which one?'),
    none: vscode.l10n.t('There are no servers to copy settings from.'),
    accepts: () => true,
  });
  if (!target) {
    return;
  }
  const like = await loadDetails(target);
  if (like) {
    await context.panels.openForm({ accountId: target.ref.accountId, like });
  } else {
    context.messages.info(vscode.l10n.t('"{0}" no longer exists.', target.server.name));
  }
}

/**
 * The server with its backup setting, which only the detail reply contains. Falls back to the listed server where the request
 * fails. Undefined where the server no longer exists.
 */
async function loadDetails({ session, server }: Target): Promise<Server | undefined> {
  return withStatusBarProgress(vscode.l10n.t('Contacting VPS.org'), () =>
    session.loadServer(server.id).catch(() => server),
  );
}

/** The datacenter code of a location row. Arguments may be anything, and rows of other groupings have no location. */
function toLocation(row: unknown): string | undefined {
  if (typeof row !== 'object' || row === null) {
    return undefined;
  }
  const key: unknown = Reflect.get(row, 'key');
  const grouping: unknown = Reflect.get(row, 'grouping') ?? 'location';
  return grouping === 'location' && typeof key === 'string' && key !== '' && key.length <= 200
    ? key
    : undefined;
}
