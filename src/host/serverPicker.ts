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
import { plural } from '../text/l10n.ts';
import { joinNames, namesakeIds } from '../text/targets.ts';
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
  return pickServers(context, options, selectedTargets(context));
}

/** As `resolveTargets`, for commands that work on one server: of a selection, the clicked one. A group names none. */
export async function resolveTarget(
  context: CommandContext,
  args: readonly unknown[],
  options: PickOptions,
): Promise<Target | undefined> {
  const [clicked] = args;
  if (isGroup(clicked)) {
    return undefined;
  }
  const [target] = toServerRef(clicked)
    ? await resolveTargets(context, [clicked], options)
    : await pickServers(context, options, []);
  return target;
}

interface ServerItem extends vscode.QuickPickItem {
  readonly targets: readonly Target[];
}

/** The servers of the selected rows, each once. */
function selectedTargets({ sessions, view }: CommandContext): readonly Target[] {
  const rows = view.selection.filter(toServerRef);
  return targetsFromArguments(sessions, [rows[0], rows]) ?? [];
}

/** @param selected offered as one item, where they are several and the command applies to any of them */
async function pickServers(
  { sessions, actions, messages, view, marks }: CommandContext,
  options: PickOptions,
  selected: readonly Target[],
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
    .map(({ target, ...item }) => ({ ...item, targets: [target], isCurrent: isCurrent(target) }))
    // Stable: only the current server moves, to where Enter chooses it.
    .sort((a, b) => Number(b.isCurrent) - Number(a.isCurrent));
  if (items.length === 0) {
    messages.info(options.none);
    return [];
  }
  const accepted = selected.filter(({ server, ref }) => options.accepts(server, ref));
  const all = selected.length > 1 && accepted.length > 0 ? [selectedItem(selected)] : [];
  const picked = await vscode.window.showQuickPick<ServerItem>([...all, ...items], {
    placeHolder: options.placeholder,
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return (picked?.targets ?? []).flatMap(({ ref }) => toTarget(sessions, ref) ?? []);
}

function selectedItem(targets: readonly Target[]): ServerItem {
  return {
    label: plural(
      vscode.l10n.t('{0, plural, one {# selected server} other {# selected servers}}'),
      targets.length,
    ),
    description: escapeIcons(joinNames(targets.map(({ server }) => server.name))),
    targets,
  };
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

interface OneServerItem extends vscode.QuickPickItem {
  readonly target: Target;
}

function itemsOf(session: Session, options: ItemOptions): readonly OneServerItem[] {
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
