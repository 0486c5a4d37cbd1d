import * as vscode from 'vscode';
import { describeOutcome } from './commands/outcomes.ts';
import type { CommandContext } from './commands/context.ts';
import type { Clock } from './core/clock.ts';
import { DisposableStore } from './core/event.ts';
import type { ServerRef } from './core/refs.ts';
import type { Server } from './core/server.ts';
import { viewId } from './ids.ts';
import { CreateMemory } from './panels/createMemory.ts';
import { CreatePanels } from './panels/createPanels.ts';
import type { CreationNotices } from './panels/creationNotices.ts';
import { DetailsPanels } from './panels/detailsPanels.ts';
import type { Panels } from './panels/panelDoor.ts';
import type { PanelServices } from './panels/panelServices.ts';
import type { PanelWatch } from './panels/panelWatch.ts';
import { SettingsSaver } from './panels/settingsSaver.ts';
import { ServerCreation } from './state/serverCreation.ts';

export interface PanelParts {
  readonly extension: vscode.ExtensionContext;
  readonly context: CommandContext;
  readonly clock: Clock;
  readonly watch: PanelWatch;
  readonly notices: CreationNotices;
}

/** The half of the composition root that is read in with the first panel. */
export function makePanels({ extension, context, clock, watch, notices }: PanelParts): Panels {
  const { sessions, actions, follower, messages, log, view } = context;
  const disposables = new DisposableStore();
  const services: PanelServices = { extensionUri: extension.extensionUri, sessions, clock, messages, log, watch };
  const saver = new SettingsSaver({
    sessions,
    actions,
    messages,
    describe: (outcome, name) => describeOutcome(outcome, 'rename', name).text,
  });
  const details = disposables.add(new DetailsPanels({ ...services, actions, saver }));
  const reveal = async (ref: ServerRef, { name }: Server): Promise<void> => {
    await vscode.commands.executeCommand(`${viewId}.focus`);
    if (!(await view.reveal(ref))) {
      const clearFilter = async (): Promise<void> => {
        view.clearFilter();
        await view.reveal(ref);
      };
      messages.info(vscode.l10n.t('The filter of the view hides "{0}".', name), { title: vscode.l10n.t('Clear Filter'), run: clearFilter });
    }
  };
  const forms = disposables.add(
    new CreatePanels({
      ...services,
      creation: new ServerCreation(follower, clock),
      memory: new CreateMemory(extension.workspaceState, extension.globalState, (text) => log.warn(text)),
      onDidCreate: async (ref, server) => {
        notices.tellCreated(ref, server);
        await reveal(ref, server);
      },
      onDidShowLikely: async (ref, server) => {
        notices.await(ref);
        follower.follow(ref, server, 'active');
        await reveal(ref, server);
        details.open(ref);
      },
    }),
  );
  return { details, forms, dispose: () => disposables.dispose() };
}
