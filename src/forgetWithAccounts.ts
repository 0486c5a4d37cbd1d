import type * as vscode from 'vscode';
import type { Disposable } from './core/event.ts';
import type { Log } from './host/log.ts';
import { sampleServersKey } from './ids.ts';
import type { ChangedServers } from './state/changedServers.ts';
import type { Sessions } from './state/sessions.ts';

/** Deletes what is stored for accounts, drafts, the marks of changed servers and the sample servers, once they are signed out, in this window or elsewhere. */
export function forgetWithAccounts(
  { globalState, workspaceState }: Pick<vscode.ExtensionContext, 'globalState' | 'workspaceState'>,
  sessions: Pick<Sessions, 'all' | 'isLoaded' | 'onDidChangeAccounts'>,
  changedServers: Pick<ChangedServers, 'retainAccounts'>,
  log: Log,
): Disposable {
  const forget = async (): Promise<void> => {
    if (globalState.keys().length + workspaceState.keys().length === 0) {
      return;
    }
    const { forgetInput } = await import('./webviews/storedInput.ts');
    // Read after each wait: the accounts may have changed, and once the window closes none is known.
    const signedIn = (): Sessions['all'] | undefined =>
      sessions.isLoaded ? sessions.all : undefined;
    const accountIds = signedIn()?.map(({ account }) => account.id);
    if (!accountIds) {
      return;
    }
    changedServers.retainAccounts(accountIds);
    await forgetInput(workspaceState, globalState, accountIds);
    if (signedIn()?.every(({ account }) => account.kind !== 'sample')) {
      // The next sample account starts afresh.
      await globalState.update(sampleServersKey, undefined);
    }
  };
  return sessions.onDidChangeAccounts(() => {
    forget().catch((error: unknown) =>
      log.error('Could not delete what was stored for a removed account', error),
    );
  });
}
