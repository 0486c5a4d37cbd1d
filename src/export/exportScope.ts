import * as vscode from 'vscode';
import { isFiltering } from '../core/filter.ts';
import { matcher } from '../core/search.ts';
import { isGroup, toAccountId, toServerRef } from '../core/refs.ts';
import { notesOf } from '../core/serverMarks.ts';
import type { CommandContext } from '../host/commandContext.ts';
import { withStatusBarProgress } from '../host/progress.ts';
import { throwIfNothingIsListed } from '../host/serverPicker.ts';
import type { Session } from '../state/session.ts';
import { targetsFromArguments } from '../state/targets.ts';
import type { Target } from '../state/targets.ts';

/** The servers to export. */
export interface ExportScope {
  readonly targets: readonly Target[];
  /** The accounts whose whole lists are exported, or filtered. Servers missing in these lists are missing in the export. */
  readonly lists: readonly Session[];
}

/** The servers of the clicked rows; without rows, the shown ones or all. Undefined where the question was closed. */
export async function chooseScope(
  context: CommandContext,
  args: readonly unknown[],
): Promise<ExportScope | undefined> {
  return scopeOfRows(context, args) ?? (await scopeOfView(context));
}

function scopeOfRows(
  { sessions }: CommandContext,
  args: readonly unknown[],
): ExportScope | undefined {
  const targets = targetsFromArguments(sessions, args);
  if (targets) {
    // Picked servers are complete; a group may lack servers that its list lacks.
    const lists = toServerRef(args[0])
      ? []
      : sessions.all.filter((session) => targets.some((target) => target.session === session));
    return { targets, lists };
  }
  const selected: readonly unknown[] =
    Array.isArray(args[1]) && args[1].includes(args[0]) ? args[1] : args.slice(0, 1);
  const accountIds = new Set(selected.map(toAccountId));
  const lists = sessions.all.filter(({ account }) => accountIds.has(account.id));
  return lists.length > 0 ? { targets: lists.flatMap(targetsOf), lists } : undefined;
}

async function scopeOfView(context: CommandContext): Promise<ExportScope | undefined> {
  const { sessions, view, marks } = context;
  await refreshLists(context);
  const lists = sessions.all;
  const targets = lists.flatMap(targetsOf);
  const shown = isFiltering(view.filter)
    ? lists.flatMap((session) => {
        const matches = matcher(view.filter, notesOf(marks, session.account.id));
        return targetsOf(session).filter(({ server }) => matches(server));
      })
    : targets;
  const all = { targets, lists };
  const selected = scopeOfSelection(context, all);
  const isFiltered = shown.length < targets.length;
  if (!selected && !isFiltered) {
    return all;
  }
  const items: readonly ScopeItem[] = [
    ...(selected
      ? [
          {
            label: vscode.l10n.t('Selected Servers ({0})', selected.targets.length),
            description: vscode.l10n.t('of the selected rows in the view'),
            scope: selected,
          },
        ]
      : []),
    ...(isFiltered && shown.length > 0
      ? [
          {
            label: vscode.l10n.t('Shown Servers ({0})', shown.length),
            description: vscode.l10n.t('as filtered in the view'),
            scope: { targets: shown, lists },
          },
        ]
      : []),
    {
      label: vscode.l10n.t('All Servers ({0})', targets.length),
      description: isFiltered ? vscode.l10n.t('including servers that the filter hides') : '',
      scope: all,
    },
  ];
  const picked = await vscode.window.showQuickPick(items, {
    placeHolder: vscode.l10n.t('Export which servers?'),
  });
  return picked?.scope;
}

interface ScopeItem extends vscode.QuickPickItem {
  readonly scope: ExportScope;
}

/** The servers of several selected rows, or of a group. Undefined for a single server, and where that is all there is. */
function scopeOfSelection(context: CommandContext, all: ExportScope): ExportScope | undefined {
  const rows = context.view.selection.filter((row) => toServerRef(row) ?? isGroup(row));
  const scope = rows.length === 0 ? undefined : scopeOfRows(context, [rows[0], rows]);
  const count = scope?.targets.length ?? 0;
  return count > 1 && count < all.targets.length ? scope : undefined;
}

function targetsOf(session: Session): readonly Target[] {
  return session.servers.servers.map((server) => ({
    ref: { accountId: session.account.id, serverId: server.id },
    session,
    server,
  }));
}

/**
 * Refreshes lists that may be outdated: those of a hidden view, and the part of a list that a filter hides. A failed refresh
 * keeps the earlier list, and the export says so.
 *
 * @throws AppError where no account has a list
 */
async function refreshLists({ sessions, view }: CommandContext): Promise<void> {
  const isUnseen = !view.isVisible || isFiltering(view.filter);
  const outdated = sessions.all.filter(
    ({ isRejected, servers: { load } }) =>
      !isRejected && (load.loadedAt === undefined || load.isLoading || isUnseen),
  );
  if (outdated.length === 0) {
    return;
  }
  const results = await withStatusBarProgress(
    vscode.l10n.t('Loading servers from VPS.org'),
    async () => Promise.allSettled(outdated.map((session) => session.refresh())),
  );
  throwIfNothingIsListed(sessions, results);
}
