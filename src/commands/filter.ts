import * as vscode from 'vscode';
import { noFilter } from '../core/filter.ts';
import { matcher } from '../core/search.ts';
import type { ServerFilter } from '../core/filter.ts';
import type { Server } from '../core/server.ts';
import { notesOf } from '../core/serverMarks.ts';
import { escapeIcons } from '../core/text.ts';
import type { CommandContext } from '../host/commandContext.ts';

interface FilterItem extends vscode.QuickPickItem {
  readonly status?: string;
  readonly location?: string;
}

/** Filter Servers...: filters the view while text is typed and items are picked. Escape keeps the current filter. */
export function editFilter(context: CommandContext): Promise<void> {
  const { view } = context;
  const pick = vscode.window.createQuickPick<FilterItem>();
  const before = view.filter;
  pick.title = vscode.l10n.t('Filter Servers');
  pick.placeholder = vscode.l10n.t(
    'Name, hostname, address, plan, operating system, location, status or note',
  );
  pick.canSelectMany = true;
  pick.keepScrollPosition = true;
  pick.value = before.text;
  /** Shows the items with counts for the typed text. */
  const show = (filter: ServerFilter): void => {
    pick.items = filterItems(context, filter);
    pick.selectedItems = pick.items.filter(
      ({ status, location }) =>
        (status !== undefined && filter.statuses.includes(status)) ||
        (location !== undefined && filter.locations.includes(location)),
    );
  };
  show(before);
  return new Promise((resolve) => {
    pick.onDidChangeValue((text) => {
      const filter = { ...view.filter, text };
      view.setFilter(filter);
      show(filter);
    });
    pick.onDidChangeSelection((selected) => {
      view.setFilter({
        text: pick.value,
        statuses: selected.flatMap((item) => item.status ?? []),
        locations: selected.flatMap((item) => item.location ?? []),
      });
    });
    pick.onDidAccept(() => pick.hide());
    pick.onDidHide(() => {
      pick.dispose();
      resolve();
    });
    pick.show();
  });
}

/** Clear Filter. */
export function clearFilter({ view }: CommandContext): void {
  view.clearFilter();
}

/**
 * The statuses and locations of all servers, and those that the filter names although no server has them now. Counts the servers
 * that match the text.
 */
function filterItems(
  { sessions, marks }: CommandContext,
  filter: ServerFilter,
): readonly FilterItem[] {
  const servers = sessions.all.flatMap((session) => session.servers.servers);
  const matching = new Set(
    sessions.all.flatMap((session) =>
      session.servers.servers.filter(
        matcher({ ...noFilter, text: filter.text }, notesOf(marks, session.account.id)),
      ),
    ),
  );
  const matches = (server: Server): boolean => matching.has(server);
  const statuses = countValues(servers, ({ status }) => status, filter.statuses, matches);
  const locations = countValues(servers, ({ location }) => location, filter.locations, matches);
  // The text in the box filters servers, not these items, so they always show.
  const item = (value: string, count: number): FilterItem => ({
    label: escapeIcons(value),
    description: String(count),
    alwaysShow: true,
  });
  return [
    separator(vscode.l10n.t('Status')),
    ...statuses.map(([status, count]) => ({ ...item(status, count), status })),
    separator(vscode.l10n.t('Location')),
    ...locations.map(([location, count]) => ({ ...item(location, count), location })),
  ];
}

function separator(label: string): FilterItem {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}

/** Every value, in order, with the number of matching servers that have it. */
function countValues(
  servers: readonly Server[],
  valueOf: (server: Server) => string | undefined,
  filtered: readonly string[],
  matches: (server: Server) => boolean,
): readonly (readonly [value: string, count: number])[] {
  const counts = new Map<string, number>();
  for (const server of servers) {
    const value = valueOf(server);
    if (value !== undefined) {
      counts.set(value, (counts.get(value) ?? 0) + Number(matches(server)));
    }
  }
  const missing = filtered.filter((value) => !counts.has(value));
  return [
    ...[...counts].sort(([a], [b]) => a.localeCompare(b)),
    ...missing.map((value) => [value, 0] as const),
  ];
}
