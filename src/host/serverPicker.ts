import * as vscode from 'vscode';
import { isGroup, isSameRef, toServerRef } from '../core/refs.ts';
import type { ServerRef } from '../core/refs.ts';
import { compareServers } from '../core/grouping.ts';
import type { Server } from '../core/server.ts';
import type { MarksReader } from '../core/serverMarks.ts';
import { escapeIcons } from '../core/text.ts';
import type { Protection } from '../state/protection.ts';
import type { Session } from '../state/session.ts';
import type { Sessions } from '../state/sessions.ts';
import { targetsFromArguments, toTarget } from '../state/targets.ts';
import type { Target } from '../state/targets.ts';
import { accountText } from '../text/accounts.ts';
import { namesakeIds } from '../text/targets.ts';
import { activeDetailsTitle } from './activeTab.ts';
import type { CommandContext, ViewControl } from './commandContext.ts';
import { withStatusBarProgress } from './progress.ts';

export interface PickOptions {
  /** The question, e.g. "Stop which server?" */
  readonly placeholder: string;
  /** Whether the command applies to the server now. */
  readonly accepts: (server: Server, ref: ServerRef) => boolean;
  /** The message where no server is accepted. */
  readonly none: string;
}

/** The servers that a command works on: those in its arguments, otherwise the picked one. Empty where nothing was picked. */
export async function resolveTargets(
  context: CommandContext,
  args: readonly unknown[],
  options: PickOptions,
): Promise<readonly Target[]> {
  const given = targetsFromArguments(context.sessions, args);
  if (given) {
    if (given.length === 0) {
      context.messages.info(vscode.l10n.t('This server no longer exists.'));
    }
    return given;
  }
  return pickServer(context, options);
}

/** As `resolveTargets`, for commands that work on one server: of a selection, the clicked one. A group names none. */
export async function resolveTarget(
  context: CommandContext,
  args: readonly unknown[],
  options: PickOptions,
): Promise<Target | undefined> {
  if (isGroup(args[0])) {
    return undefined;
  }
  const [target] = await resolveTargets(context, args.slice(0, 1), options);
  return target;
}

interface ServerItem extends vscode.QuickPickItem {
  readonly target: Target;
}

async function pickServer(
  { sessions, actions, messages, view, marks }: CommandContext,
  options: PickOptions,
): Promise<readonly Target[]> {
  if (sessions.all.length === 0) {
    await vscode.commands.executeCommand('vpsOrg.signIn');
    return [];
  }
  await loadMissingLists(sessions);
  const isMany = sessions.all.length > 1;
  const idOf = namesakeIds(sessions.all);
  const isCurrent = currentServer(view);
  const items = sessions.all
    .flatMap((session) =>
      itemsOf(session, { ...options, isMany, idOf, marks, protection: actions.protection }),
    )
    // Stable: only the current server moves, to where Enter chooses it.
    .sort((a, b) => Number(isCurrent(b.target)) - Number(isCurrent(a.target)));
  if (items.length === 0) {
    messages.info(options.none);
    return [];
  }
  const picked = await vscode.window.showQuickPick(items, {
    placeHolder: options.placeholder,
    matchOnDescription: true,
    matchOnDetail: true,
  });
  const target = picked && toTarget(sessions, picked.target.ref);
  return target ? [target] : [];
}

/** Recognizes the server that is looked at: of the selected row, otherwise of the active details panel. */
function currentServer(view: ViewControl): (target: Target) => boolean {
  const selected = toServerRef(view.selection[0]);
  const title = selected ? undefined : activeDetailsTitle();
  return ({ ref, server }) => (selected ? isSameRef(ref, selected) : server.name === title);
}

interface ItemOptions extends PickOptions {
  readonly isMany: boolean;
  readonly idOf: (server: Server) => string | undefined;
  readonly marks: MarksReader;
  readonly protection: Protection;
}

function itemsOf(session: Session, options: ItemOptions): readonly ServerItem[] {
  const { account } = session;
  const { isMany, idOf, marks, protection } = options;
  return [...session.servers.servers]
    .filter((server) => options.accepts(server, { accountId: account.id, serverId: server.id }))
    .sort(compareServers)
    .map((server) => ({ server, ref: { accountId: account.id, serverId: server.id } }))
    .map(({ server, ref }) => ({
      label: escapeIcons(server.name),
      description: escapeIcons(
        [
          server.status,
          protection.reasonOf(ref, server) && vscode.l10n.t('protected'),
          idOf(server),
          server.ipAddress ?? server.ipv6Address,
          server.location,
        ]
          .filter(Boolean)
          .join(' · '),
      ),
      detail: escapeIcons(
        [
          isMany || account.kind === 'sample' ? accountText(account) : undefined,
          marks.get(ref).note,
        ]
          .filter(Boolean)
          .join(' · '),
      ),
      target: { ref, session, server },
    }));
}

/**
 * Loads the lists that were not loaded yet: commands work before the view was first opened. Waits only for accounts without a
 * cached list.
 */
async function loadMissingLists(sessions: Sessions): Promise<void> {
  const missing = sessions.all.filter(
    ({ servers, isRejected }) => servers.load.loadedAt === undefined && !isRejected,
  );
  const isWaiting = missing.some(({ servers }) => servers.load.cachedAt === undefined);
  const loading = missing.map(async (session) => session.refresh());
  if (!isWaiting) {
    // The view shows a failure.
    void Promise.allSettled(loading);
    return;
  }
  const results = await withStatusBarProgress(
    vscode.l10n.t('Loading servers from VPS.org'),
    async () => Promise.allSettled(loading),
  );
  throwIfNothingIsListed(sessions, results);
}

/** Rethrows the first failure where no account has servers to show. */
export function throwIfNothingIsListed(
  sessions: Sessions,
  results: readonly PromiseSettledResult<unknown>[],
): void {
  const failed = results.find((result) => result.status === 'rejected');
  const isNothingListed = sessions.all.every(
    ({ servers }) => servers.load.loadedAt === undefined && servers.servers.length === 0,
  );
  if (failed && isNothingListed) {
    throw failed.reason;
  }
}
