import * as vscode from 'vscode';
import type { AccountId } from '../core/account.ts';
import { toAccountId } from '../core/refs.ts';
import type { Server } from '../core/server.ts';
import type { CommandContext } from './context.ts';
import { resolveTarget } from './targets.ts';
import type { Target } from './targets.ts';

/** What the form is to be filled with. Opening it sends nothing. */
export interface CreateWish {
  readonly accountId?: AccountId;
  readonly location?: string;
  readonly like?: Server;
}

/** The datacenter code of a location row. Anybody may pass anything; rows that group by something else have no location. */
function toLocation(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) {
    return undefined;
  }
  const key: unknown = Reflect.get(value, 'key');
  const grouping: unknown = Reflect.get(value, 'grouping') ?? 'location';
  return grouping === 'location' && typeof key === 'string' && key !== '' && key.length <= 200 ? key : undefined;
}

/** Only the detail reply tells about backups; what the list told will do where it cannot be had. */
async function knowDetails({ session, server }: Target): Promise<Server | undefined> {
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: vscode.l10n.t('Asking VPS.org') },
    () => session.loadServer(server.id).catch(() => server),
  );
}

/** Create Server..., also for the location or account row that it was started from, and Create a Server Like This One... */
export function registerCreate(context: CommandContext, openForm: (wish: CreateWish) => Promise<void>): void {
  const { registry, sessions, messages } = context;
  registry.register('vpsOrg.server.create', async (...args) => {
    if (sessions.all.length === 0) {
      await vscode.commands.executeCommand('vpsOrg.signIn');
    }
    if (sessions.all.length > 0) {
      const accountId = toAccountId(args[0]);
      const location = toLocation(args[0]);
      await openForm({
        ...(accountId !== undefined && sessions.get(accountId) ? { accountId } : {}),
        ...(location === undefined ? {} : { location }),
      });
    }
  });
  registry.register('vpsOrg.server.clone', async (...args) => {
    const target = await resolveTarget(context, args, {
      placeholder: vscode.l10n.t('Create a server like which one?'),
      none: vscode.l10n.t('There is no server to take as a model.'),
      accepts: () => true,
    });
    if (target) {
      const like = await knowDetails(target);
      if (like) {
        await openForm({ accountId: target.ref.accountId, like });
      } else {
        messages.info(vscode.l10n.t('"{0}" does not exist any more.', target.server.name));
      }
    }
  });
}
