import type * as vscode from 'vscode';
import type { Clock } from './core/clock.ts';
import type { DisposableStore } from './core/event.ts';
import { lazy } from './core/lazy.ts';
import type { ServerRef } from './core/refs.ts';
import type { CommandContext } from './host/commandContext.ts';
import type { JsonDocuments } from './host/jsonDocuments.ts';
import type { Messages } from './host/messages.ts';
import type { Settings } from './host/settings.ts';
import type { CreationResults } from './notifications/creationResults.ts';
import type { PlanCatalog } from './state/planCatalog.ts';
import type { Sessions } from './state/sessions.ts';
import type { SshProfiles } from './state/sshProfiles.ts';

export interface LateServices {
  readonly plans: () => Promise<PlanCatalog>;
  readonly ssh: () => Promise<SshProfiles>;
  readonly documents: () => Promise<JsonDocuments>;
  /** See `CommandContext.waitForSsh`. */
  readonly waitForSsh: (ref: ServerRef) => Promise<boolean>;
  /** Needed by the first panel or the first wait, which come before any result. */
  readonly creationResults: () => Promise<CreationResults>;
}

export interface LateServicesOptions {
  readonly extension: Pick<vscode.ExtensionContext, 'globalState'>;
  readonly clock: Clock;
  readonly sessions: Sessions;
  readonly settings: Settings;
  readonly messages: Messages;
  readonly context: () => CommandContext;
}

/** Services that no start needs. Each is created once, on first use, and its code is loaded then. */
export function lateServices(
  app: DisposableStore,
  { extension, clock, sessions, settings, messages, context }: LateServicesOptions,
): LateServices {
  const sshWaits = lazy(async () => {
    const loaded = await import('./ssh/sshWaits.ts');
    return app.add(new loaded.SshWaits(context()));
  });
  const waitForSsh = async (ref: ServerRef): Promise<boolean> => (await sshWaits()).start(ref);
  return {
    plans: lazy(async () => {
      const loaded = await import('./state/planCatalog.ts');
      return app.add(new loaded.PlanCatalog(clock));
    }),
    ssh: lazy(async () => {
      const loaded = await import('./state/sshProfiles.ts');
      const memento = extension.globalState;
      return app.add(new loaded.SshProfiles({ memento, settings, sessions }));
    }),
    documents: lazy(async () => {
      const loaded = await import('./host/jsonDocuments.ts');
      return app.add(new loaded.JsonDocuments(sessions));
    }),
    waitForSsh,
    creationResults: lazy(async () => {
      const loaded = await import('./notifications/creationResults.ts');
      return new loaded.CreationResults(sessions, messages, async (ref) =>
        settings.waitUntilReachable === 'never' ? false : waitForSsh(ref),
      );
    }),
  };
}
