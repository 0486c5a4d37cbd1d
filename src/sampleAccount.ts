import type * as vscode from 'vscode';
import type { Clock } from './core/clock.ts';
import { sampleServersKey } from './ids.ts';
import type { RunningSample } from './state/connector.ts';

/**
 * Starts the simulated VPS.org API and stores its servers, so that changes survive a restart. The state contains no secrets: the
 * token is new at every start and never stored.
 */
export async function startSampleAccount(
  memento: vscode.Memento,
  clock: Clock,
): Promise<RunningSample> {
  const { startSandbox } = await import('./sandbox/sandbox.ts');
  const sandbox = await startSandbox({ clock, state: memento.get(sampleServersKey) });
  // Written at once, because the window may be reloaded right after a change.
  const subscription = sandbox.onDidChange(
    () => void memento.update(sampleServersKey, sandbox.snapshot()),
  );
  return {
    url: sandbox.url,
    token: sandbox.token,
    dispose: () => {
      subscription.dispose();
      void sandbox.close();
    },
  };
}
