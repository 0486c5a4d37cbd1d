import * as vscode from 'vscode';
import type { CommandId } from '../contributions.ts';
import { rowClick } from '../ids.ts';
import { nodeId } from './nodes.ts';
import type { Node } from './nodes.ts';
import type { Row } from './rows.ts';

/** The command of a click on a row. Without one, a click only selects the row. */
function commandFor(node: Node, row: Row): vscode.Command | undefined {
  const command = (id: CommandId): vscode.Command => ({
    command: id,
    title: row.label,
    arguments: [node, rowClick],
  });
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

/** Server rows have no tooltip yet: VS Code requests it on hover. */
export function toTreeItem(node: Node, row: Row): vscode.TreeItem {
  const item = new vscode.TreeItem(row.label, collapsibleState(node));
  item.id = nodeId(node);
  item.description = row.description;
  item.contextValue = row.context;
  item.accessibilityInformation = { label: row.ariaLabel };
  if (row.icon !== undefined) {
    item.iconPath = new vscode.ThemeIcon(
      row.icon,
      row.color === undefined ? undefined : new vscode.ThemeColor(row.color),
    );
  }
  if (node.kind !== 'server') {
    // A narrow view cuts off the description, first of all the price.
    item.tooltip = row.ariaLabel;
  }
  const command = commandFor(node, row);
  if (command) {
    item.command = command;
  }
  return item;
}
