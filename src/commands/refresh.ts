import * as vscode from 'vscode';
import { isKind } from '../core/errors.ts';
import { toAccountId } from '../core/refs.ts';
import type { CommandContext } from '../host/commandContext.ts';
import { withStatusBarProgress } from '../host/progress.ts';
import { resolveTargets } from '../host/serverPicker.ts';
import type { Session } from '../state/session.ts';

/** Refresh. VS Code passes the focused row to the view's buttons too; the command ignores it and refreshes every account. */
export async function refreshAll({ sessions }: CommandContext): Promise<void> {
  await refreshLists(sessions.all);
}

/** Refresh on an account row. */
export async function refreshAccount(
  { sessions }: CommandContext,
  [row]: readonly unknown[],
): Promise<void> {
  await refreshLists(sessions.all.filter(({ account }) => account.id === toAccountId(row)));
}

/** Refresh This Server: `GET /servers/{id}/` for each server. */
export async function refreshServers(
  context: CommandContext,
  args: readonly unknown[],
): Promise<void> {
  const targets = await resolveTargets(context, args, {
    placeholder: vscode.l10n.t('Refresh which server?'),
    none: vscode.l10n.t('There are no servers to refresh.'),
    accepts: () => true,
  });
  await withStatusBarProgress(vscode.l10n.t('Contacting VPS.org'), async () => {
    for (const { session, ref, server } of targets) {
      if (!(await session.loadServer(ref.serverId))) {
        context.messages.info(vscode.l10n.t('"{0}" no longer exists.', server.name));
      }
    }
  });
}

async function refreshLists(chosen: readonly Session[]): Promise<void> {
  const results = await withStatusBarProgress(
    vscode.l10n.t('Loading servers from VPS.org'),
    async () => Promise.allSettled(chosen.map((session) => session.refreshShown())),
  );
  const failed = results.find(
    (result) => result.status === 'rejected' && !isKind(result.reason, 'cancelled', 'unauthorized'),
  );
  if (failed?.status === 'rejected') {
    throw failed.reason;
  }
}
