import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { Activity } from './connectActivity.ts';
import type { DisposableStore } from './core/event.ts';
import { redact } from './core/redact.ts';
import { ActivityDocument } from './host/activityDocument.ts';
import { openActivityFile, openActivityMemory } from './host/activityFile.ts';
import type { CommandContext } from './host/commandContext.ts';
import { ChangeMessages } from './notifications/changeMessages.ts';
import { ActivityLog } from './state/activityLog.ts';
import type { ChangedServers } from './state/changedServers.ts';
import { ChangeTracker } from './state/changeTracker.ts';
import { EditTracker } from './state/editTracker.ts';
import type { ServersView } from './tree/serversView.ts';
import type { PanelVisibility } from './webviews/panelVisibility.ts';

/** Where changes elsewhere are shown, and looked at. */
interface ActivityViews {
  readonly changedServers: ChangedServers;
  readonly view: ServersView;
  readonly visibility: PanelVisibility;
}

/** Creates the activity log, and what finds and announces changes elsewhere. Loaded with the first action or change. */
export function startActivity(
  app: DisposableStore,
  storage: vscode.Uri,
  context: CommandContext,
  { changedServers, view, visibility }: ActivityViews,
): Activity {
  const { accounts, clock, log: output } = context;
  const warn = (text: string, error: unknown): void => output.warn(text, error);
  const folder = vscode.Uri.joinPath(storage, 'activity');
  const log = app.add(
    new ActivityLog({
      ...context,
      file: folder.scheme === 'file' ? openActivityFile(folder.fsPath) : openActivityMemory(),
      makeId: randomUUID,
      redact: (text) => redact(text, accounts.accounts.map(({ token }) => token).filter(Boolean)),
      warn,
    }),
  );
  // Another window may have signed out while this one was closed.
  log.removeSignedOut();
  const messages = app.add(
    new ChangeMessages(context, log, () => view.isViewed || visibility.isViewed),
  );
  app.add(view.onDidChangeViewed(() => messages.update()));
  app.add(visibility.onDidChange(() => messages.update()));
  app.add(
    view.onDidChangeSelection(({ selection }) => {
      for (const node of selection) {
        if (node.kind === 'server') {
          changedServers.delete(node);
        }
      }
    }),
  );
  const tracker = app.add(
    new ChangeTracker({
      ...context,
      log,
      changedServers,
      clock,
      onDidFind: (change, entry) => messages.add(change, entry),
      warn,
    }),
  );
  const edits = app.add(
    new EditTracker({
      ...context,
      log,
      changedServers,
      loadPrices: async (session) => (await context.plans()).pricesOf(session),
      warn,
    }),
  );
  app.add(
    context.statusWaiter.onDidEnd(({ ref, end, target, server }) => {
      if (target !== undefined && end === 'settled') {
        log.endAction(ref, server.status);
      }
    }),
  );
  return { log, tracker, edits, document: app.add(new ActivityDocument(log, clock)) };
}
