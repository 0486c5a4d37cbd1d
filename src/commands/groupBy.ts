import * as vscode from 'vscode';
import { groupings } from '../core/grouping.ts';
import type { Grouping } from '../core/grouping.ts';
import type { CommandContext } from '../host/commandContext.ts';

/** Group Servers By...: changes the setting. */
export async function chooseGrouping({ settings }: CommandContext): Promise<void> {
  const items = groupings.map((grouping) => ({
    label: groupingText(grouping),
    grouping,
    ...(grouping === settings.groupBy ? { description: vscode.l10n.t('current') } : {}),
  }));
  const picked = await vscode.window.showQuickPick(items, {
    placeHolder: vscode.l10n.t('Group servers by'),
  });
  if (picked) {
    await settings.setGroupBy(picked.grouping);
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
      return vscode.l10n.t('None');
  }
}
