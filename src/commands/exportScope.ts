import * as vscode from 'vscode';
import { isFiltering, matcher } from '../core/filter.ts';
import { toAccountId, toServerRef } from '../core/refs.ts';
import type { Session } from '../state/session.ts';
import type { CommandContext } from './context.ts';
import { targetsFromArguments } from './targets.ts';
import type { Target } from './targets.ts';

/** Which servers are to be exported. */
export interface ExportScope {
  readonly targets: readonly Target[];
  /** The accounts whose whole lists these are, or are taken from: what is missing there is missing here. */
  readonly lists: readonly Session[];
}

/** The servers of the rows; without rows, those that the view shows, or all. Undefined where the person changed their mind. */
export async function chooseScope(context: CommandContext, args: readonly unknown[]): Promise<ExportScope | undefined> {
  return scopeOfRows(context, args) ?? (await scopeOfView(context));
}

function scopeOfRows({ sessions }: CommandContext, args: readonly unknown[]): ExportScope | undefined {
  const targets = targetsFromArguments(sessions, args);
  if (targets) {
    // Who picks servers misses none; a group may lack some that its list lacks.
    const lists = toServerRef(args[0]) ? [] : sessions.all.filter((session) => targets.some((target) => target.session === session));
    return { targets, lists };
  }
  const selected: readonly unknown[] = Array.isArray(args[1]) && args[1].includes(args[0]) ? args[1] : args.slice(0, 1);
  const accountIds = new Set(selected.map(toAccountId));
  const lists = sessions.all.filter(({ account }) => accountIds.has(account.id));
  return lists.length > 0 ? { targets: lists.flatMap(targetsOf), lists } : undefined;
}

async function scopeOfView(context: CommandContext): Promise<ExportScope | undefined> {
  const { sessions, view } = context;
  await bringUpToDate(context);
  const lists = sessions.all;
  const targets = lists.flatMap(targetsOf);
  const matches = matcher(view.filter);
  const shown = isFiltering(view.filter) ? targets.filter(({ server }) => matches(server)) : targets;
  if (shown.length === targets.length) {
    return { targets, lists };
  }
  const items = [
    ...(shown.length === 0
      ? []
      : [{ label: vscode.l10n.t('The {0} Shown', shown.length), description: vscode.l10n.t('as filtered in the view'), chosen: shown }]),
    { label: vscode.l10n.t('All {0}', targets.length), description: vscode.l10n.t('also what the filter hides'), chosen: targets },
  ];
  const picked = await vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t('Export which servers?') });
  return picked && { targets: picked.chosen, lists };
}

function targetsOf(session: Session): readonly Target[] {
  return session.servers.servers.map((server) => ({
    ref: { accountId: session.account.id, serverId: server.id },
    session,
    server,
  }));
}

/**
 * While nobody looks at the view its lists grow old, and so may what a filter hides: then they are fetched anew. A list from
 * before will do where that fails, and the export says so; with no list at all there is nothing to export.
 */
async function bringUpToDate({ sessions, view }: CommandContext): Promise<void> {
  const isUnseen = !view.isVisible || isFiltering(view.filter);
  const old = sessions.all.filter(({ isRejected, servers: { load } }) =>
    !isRejected && (load.loadedAt === undefined || load.isLoading || isUnseen));
  if (old.length === 0) {
    return;
  }
  const results = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: vscode.l10n.t('Loading servers from VPS.org') },
    () => Promise.allSettled(old.map((session) => session.refresh())),
  );
  const failed = results.find((result) => result.status === 'rejected');
  if (failed && sessions.all.every(({ servers }) => servers.load.loadedAt === undefined && servers.servers.length === 0)) {
    throw failed.reason;
  }
}
