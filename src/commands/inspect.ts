import * as vscode from 'vscode';
import type { JsonDocuments } from '../host/jsonDocuments.ts';
import type { CommandContext } from './context.ts';
import { resolveTarget, resolveTargets } from './targets.ts';

/** Refresh This Server and Show as JSON (endpoint 3). */
export function registerInspect(context: CommandContext, documents: JsonDocuments): void {
  const { registry, messages } = context;
  registry.register('vpsOrg.server.refresh', async (...args) => {
    const targets = await resolveTargets(context, args, {
      placeholder: vscode.l10n.t('Refresh which server?'),
      none: vscode.l10n.t('There is no server to refresh.'),
      accepts: () => true,
    });
    await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Window, title: vscode.l10n.t('Asking VPS.org') },
      async () => {
        for (const { session, ref, server } of targets) {
          if (!(await session.loadServer(ref.serverId))) {
            messages.info(vscode.l10n.t('"{0}" does not exist any more.', server.name));
          }
        }
      },
    );
  });
  registry.register('vpsOrg.server.showJson', async (...args) => {
    const target = await resolveTarget(context, args, {
      placeholder: vscode.l10n.t('Show which server as JSON?'),
      none: vscode.l10n.t('There is no server to show.'),
      accepts: () => true,
    });
    if (target) {
      await documents.show(target.ref, target.server.name);
    }
  });
}
