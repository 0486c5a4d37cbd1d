import * as vscode from 'vscode';
import type { Clock } from '../core/clock.ts';
import { DisposableStore } from '../core/event.ts';
import type { ServerRef } from '../core/refs.ts';
import type { Server } from '../core/server.ts';
import type { CommandContext } from '../host/commandContext.ts';
import type { ContextKeyOwner } from '../host/contextKeys.ts';
import { viewId } from '../ids.ts';
import type { PlanCatalog } from '../state/planCatalog.ts';
import type { ChangedServers } from '../state/changedServers.ts';
import type { ServerCreation } from '../state/serverCreation.ts';
import type { SshProfiles } from '../state/sshProfiles.ts';
import { DraftStore } from './create/drafts.ts';
import { CreatePanels } from './create/panels.ts';
import { UsedIds } from './create/usedIds.ts';
import { SettingsDraftStore } from './details/draftStore.ts';
import { DetailsPanels } from './details/panels.ts';
import { SettingsSaver } from './details/settingsSaver.ts';
import type { Panels } from './lazyPanels.ts';
import type { PanelServices } from './panelServices.ts';
import type { PanelVisibility } from './panelVisibility.ts';

export interface PanelParts {
  readonly extension: vscode.ExtensionContext;
  readonly context: CommandContext;
  readonly clock: Clock;
  readonly creation: ServerCreation;
  readonly changedServers: ChangedServers;
  readonly planCatalog: PlanCatalog;
  readonly visibility: PanelVisibility;
  readonly contextKeys: ContextKeyOwner;
  readonly profiles: SshProfiles;
  /** The API accepted a new server. */
  readonly onDidCreate: (ref: ServerRef, server: Server, message?: string) => void;
  /** After a lost reply, the person chose a server that was probably created. */
  readonly onDidShowProbableMatch: (ref: ServerRef) => void;
}

/** Creates the panels. Loaded with the first one that opens. */
export function makePanels(parts: PanelParts): Panels {
  const { extension, context, clock, creation, planCatalog, visibility, contextKeys, profiles } =
    parts;
  const { sessions, actions, statusWaiter, messages, log, view, marks } = context;
  const disposables = new DisposableStore();
  const services: PanelServices = {
    extensionUri: extension.extensionUri,
    sessions,
    clock,
    messages,
    log,
    visibility,
  };
  const saver = new SettingsSaver({ sessions, actions, messages });
  const details = disposables.add(
    new DetailsPanels({
      ...services,
      actions,
      changedServers: parts.changedServers,
      saver,
      profiles,
      planCatalog,
      marks,
      drafts: new SettingsDraftStore(extension.workspaceState, (text) => log.warn(text)),
      onDidActivate: (ref) => {
        view.follow(ref).catch((error: unknown) => log.warn('Could not select a row', error));
      },
      setPreviewing: (isPreviewing) => contextKeys.set('vpsOrg.previewing', isPreviewing),
    }),
  );
  const reveal = async (ref: ServerRef, { name }: Server): Promise<void> => {
    await vscode.commands.executeCommand(`${viewId}.focus`);
    if (!(await view.reveal(ref))) {
      const clearFilter = async (): Promise<void> => {
        view.clearFilter();
        await view.reveal(ref);
      };
      messages.info(vscode.l10n.t('"{0}" is hidden by the filter.', name), {
        title: vscode.l10n.t('Clear Filter'),
        run: clearFilter,
      });
    }
  };
  const warn = (text: string): void => log.warn(text);
  const forms = disposables.add(
    new CreatePanels({
      ...services,
      creation,
      planCatalog,
      drafts: new DraftStore(extension.workspaceState, warn),
      usedIds: new UsedIds(extension.globalState, warn),
      onDidCreate: async (ref, server, message) => {
        parts.onDidCreate(ref, server, message);
        await reveal(ref, server);
        details.open(ref);
      },
      onDidShowProbableMatch: async (ref, server) => {
        parts.onDidShowProbableMatch(ref);
        statusWaiter.waitFor(ref, server, 'active');
        await reveal(ref, server);
        details.open(ref);
      },
    }),
  );
  return { details, forms, dispose: () => disposables.dispose() };
}
