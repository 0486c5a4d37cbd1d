import * as vscode from 'vscode';
import type { CommandContext } from '../host/commandContext.ts';
import { viewId } from '../ids.ts';

/** Try with Sample Servers: adds the sample account, or shows it where it already exists. */
export async function useSampleServers({ accounts }: CommandContext): Promise<void> {
  // Before the account is saved: by the time its servers appear, the focus may be elsewhere.
  await vscode.commands.executeCommand(`${viewId}.focus`);
  if (!accounts.accounts.some((account) => account.kind === 'sample')) {
    await accounts.save({
      kind: 'sample',
      label: vscode.l10n.t('Sample servers'),
      apiUrl: '',
      token: '',
      owner: undefined,
    });
  }
}
