import assert from 'node:assert/strict';
import * as vscode from 'vscode';

export function configuration(): vscode.WorkspaceConfiguration {
  return vscode.workspace.getConfiguration('vpsOrg');
}

/** Changes a user setting; undefined removes it. */
export function set(key: string, value: unknown): Thenable<void> {
  return configuration().update(key, value, vscode.ConfigurationTarget.Global);
}

export function run(command: string, ...args: unknown[]): Thenable<unknown> {
  return vscode.commands.executeCommand(command, ...args);
}

interface OfferedServer {
  readonly targets: readonly { readonly ref: { readonly accountId: string } }[];
}

/** The random id of the first account, read from the servers that a quick pick offers. */
export async function readAccountId(): Promise<string> {
  let id: string | undefined;
  const original = vscode.window.showQuickPick;
  vscode.window.showQuickPick = ((items: readonly OfferedServer[]) => {
    id = items[0]?.targets[0]?.ref.accountId;
    return Promise.resolve(undefined);
  }) as unknown as typeof vscode.window.showQuickPick;
  await run('vpsOrg.server.copyId');
  vscode.window.showQuickPick = original;
  assert.ok(id, 'The quick pick offers a server.');
  return id;
}
