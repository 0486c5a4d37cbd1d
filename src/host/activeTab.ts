import * as vscode from 'vscode';
import { isRecord } from '../core/json.ts';
import { detailsViewType } from '../ids.ts';

/** The title of the details panel in the active editor tab, which is the name of its server. */
export function activeDetailsTitle(): string | undefined {
  const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
  const input: unknown = tab?.input;
  // VS Code puts a prefix before the view types of webview tabs.
  const isDetails =
    isRecord(input) &&
    typeof input.viewType === 'string' &&
    input.viewType.endsWith(detailsViewType);
  return isDetails ? tab?.label : undefined;
}
