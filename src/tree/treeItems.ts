import * as vscode from 'vscode';
import { rowClick } from '../ids.ts';
import type { CommandId } from '../ids.ts';
import type { Node } from './nodes.ts';
import type { Row } from './rows.ts';

/** What a click on a row does; rows without one are only selected. */
function commandFor(node: Node, row: Row): vscode.Command | undefined {
  const command = (id: CommandId): vscode.Command => ({ command: id, title: row.label, arguments: [node, rowClick] });
  if (node.kind === 'account' && row.context.includes('isRejected')) {
    return command('vpsOrg.signIn');
  }
  if (node.kind === 'server') {
    return command('vpsOrg.server.open');
  }
  if (node.kind === 'hint') {
    switch (node.hint) {
      case 'rejected':
        return command('vpsOrg.signIn');
      case 'unreachable':
        return command('vpsOrg.refreshAccount');
      case 'noMatch':
        return command('vpsOrg.clearFilter');
      default:
        return undefined;
    }
  }
  return undefined;
}

function collapsibleState(node: Node): vscode.TreeItemCollapsibleState {
  if ((node.kind !== 'account' && node.kind !== 'group') || node.children.length === 0) {
    return vscode.TreeItemCollapsibleState.None;
  }
  return node.kind === 'group' && node.isFolded
    ? vscode.TreeItemCollapsibleState.Collapsed
    : vscode.TreeItemCollapsibleState.Expanded;
}

/** The tooltip stays undefined for servers: VS Code asks for it on hover. */
export function toTreeItem(node: Node, row: Row): vscode.TreeItem {
  const item = new vscode.TreeItem(row.label, collapsibleState(node));
  item.id = node.id;
  item.description = row.description;
  item.contextValue = row.context;
  item.accessibilityInformation = { label: row.spoken };
  if (row.icon !== undefined) {
    item.iconPath = new vscode.ThemeIcon(
      row.icon,
      row.color === undefined ? undefined : new vscode.ThemeColor(row.color),
    );
  }
  if (node.kind === 'account' || node.kind === 'hint') {
    item.tooltip = row.spoken;
  }
  const command = commandFor(node, row);
  if (command) {
    item.command = command;
  }
  return item;
}
