import * as vscode from 'vscode';
import type { ServerFilter } from '../core/filter.ts';
import { groupings } from '../core/grouping.ts';
import type { Grouping } from '../core/grouping.ts';
import { isKind } from '../core/errors.ts';
import { toAccountId } from '../core/refs.ts';
import { escapeIcons } from '../core/text.ts';
import type { Session } from '../state/session.ts';
import type { CommandContext } from './context.ts';

async function refresh(chosen: readonly Session[]): Promise<void> {
  const results = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: vscode.l10n.t('Loading servers from VPS.org') },
    () => Promise.allSettled(chosen.map((session) => session.refreshShown())),
  );
  const failed = results.find(
    (result) => result.status === 'rejected' && !isKind(result.reason, 'cancelled', 'unauthorized'),
  );
  if (failed?.status === 'rejected') {
    throw failed.reason;
  }
}

function groupingText(grouping: Grouping): string {
  switch (grouping) {
    case 'location':
      return vscode.l10n.t('Location');
    case 'status':
      return vscode.l10n.t('Status');
    case 'plan':
      return vscode.l10n.t('Plan');
    case 'os':
      return vscode.l10n.t('Operating System');
    case 'none':
      return vscode.l10n.t('Nothing (Plain List)');
  }
}

async function groupBy({ settings }: CommandContext): Promise<void> {
  const items = groupings.map((grouping) => ({
    label: groupingText(grouping),
    grouping,
    ...(grouping === settings.groupBy ? { description: vscode.l10n.t('as it is now') } : {}),
  }));
  const picked = await vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t('Group servers by') });
  if (picked) {
    await settings.setGroupBy(picked.grouping);
  }
}

interface FilterItem extends vscode.QuickPickItem {
  readonly status?: string;
  readonly location?: string;
}

function count(values: readonly (string | undefined)[]): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const value of values) {
    if (value !== undefined) {
      counts.set(value, (counts.get(value) ?? 0) + 1);
    }
  }
  return [...counts].sort(([a], [b]) => a.localeCompare(b));
}

function filterItems({ sessions }: CommandContext, filter: ServerFilter): readonly FilterItem[] {
  const servers = sessions.all.flatMap((session) => session.servers.servers);
  const withChosen = (values: readonly (string | undefined)[], chosen: readonly string[]) => {
    const counted = count(values);
    const missing = chosen.filter((value) => !counted.some(([known]) => known === value));
    return [...counted, ...missing.map((value) => [value, 0] as const)];
  };
  const separator = (label: string): FilterItem => ({ label, kind: vscode.QuickPickItemKind.Separator });
  // The text in the box filters servers, not these choices: they always show.
  const statuses = withChosen(servers.map((server) => server.status), filter.statuses);
  const locations = withChosen(servers.map((server) => server.location), filter.locations);
  const item = (value: string, number: number, part: 'status' | 'location'): FilterItem => ({
    label: escapeIcons(value),
    description: String(number),
    alwaysShow: true,
    [part]: value,
  });
  return [
    separator(vscode.l10n.t('Status')),
    ...statuses.map(([value, number]) => item(value, number, 'status')),
    separator(vscode.l10n.t('Location')),
    ...locations.map(([value, number]) => item(value, number, 'location')),
  ];
}

/** Filters while the person types and picks; Escape keeps what shows, as everywhere with live results. */
function filter(context: CommandContext): Promise<void> {
  const { view } = context;
  const pick = vscode.window.createQuickPick<FilterItem>();
  const before = view.filter;
  pick.title = vscode.l10n.t('Filter Servers');
  pick.placeholder = vscode.l10n.t('Name, hostname, address, plan, operating system, location or status');
  pick.canSelectMany = true;
  pick.items = filterItems(context, before);
  pick.selectedItems = pick.items.filter(
    (item) =>
      (item.status !== undefined && before.statuses.includes(item.status)) ||
      (item.location !== undefined && before.locations.includes(item.location)),
  );
  pick.value = before.text;
  const apply = (selected: readonly FilterItem[]): void => {
    view.setFilter({
      text: pick.value,
      statuses: selected.flatMap((item) => item.status ?? []),
      locations: selected.flatMap((item) => item.location ?? []),
    });
  };
  return new Promise((resolve) => {
    pick.onDidChangeValue(() => apply(pick.selectedItems));
    pick.onDidChangeSelection((selected) => apply(selected));
    pick.onDidAccept(() => pick.hide());
    pick.onDidHide(() => {
      pick.dispose();
      resolve();
    });
    pick.show();
  });
}

/** Refresh, Filter Servers..., Clear Filter, Group Servers By... and Show Log. */
export function registerBrowse(context: CommandContext): void {
  const { registry, sessions, view, log } = context;
  // VS Code hands the row with the focus to the view's own buttons, too: those mean all accounts.
  registry.register('vpsOrg.refresh', () => refresh(sessions.all));
  registry.register('vpsOrg.refreshAccount', (row) => refresh(sessions.all.filter(({ account }) => account.id === toAccountId(row))));
  registry.register('vpsOrg.filter', () => filter(context));
  registry.register('vpsOrg.clearFilter', () => view.clearFilter());
  registry.register('vpsOrg.groupBy', () => groupBy(context));
  registry.register('vpsOrg.showLog', () => log.show());
}
