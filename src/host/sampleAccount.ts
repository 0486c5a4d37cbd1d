import type * as vscode from 'vscode';
import type { Clock } from '../core/clock.ts';
import type { RunningSample } from '../state/connect.ts';

const stateKey = 'vpsOrg.sampleServers';

/**
 * Starts the simulated VPS.org inside the extension, and keeps what people did with its servers across restarts. Nothing of
 * it is secret: its token is made anew at every start and never kept.
 */
export async function startSampleAccount(memento: vscode.Memento, clock: Clock): Promise<RunningSample> {
  const { startSandbox } = await import('../sandbox/sandbox.ts');
  const sandbox = await startSandbox({ clock, state: memento.get(stateKey) });
  // At once: the window may be reloaded right after, and then there is no time left to write.
  const subscription = sandbox.onDidChange(() => void memento.update(stateKey, sandbox.snapshot()));
  return {
    url: sandbox.url,
    token: sandbox.token,
    dispose: () => {
      subscription.dispose();
      void sandbox.close();
    },
  };
}

/** Forgets the sample servers; the next sample account begins anew. */
export async function forgetSampleAccount(memento: vscode.Memento): Promise<void> {
  await memento.update(stateKey, undefined);
}
