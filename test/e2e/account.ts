import { startFaultySandbox, type FaultySandbox } from '../../src/sandbox/faultySandbox.ts';
import type { SandboxOptions } from '../../src/sandbox/sandbox.ts';
import { useWorkbench, type WorkbenchFixture } from './fixture.ts';
import type { WorkbenchOptions } from '../support/workbench.ts';
import type { WorkbenchPage } from '../support/workbenchPage.ts';
import type { WorkbenchTree } from '../support/workbenchTree.ts';

/** A VS Code whose `vpsOrg.apiUrl` names a simulated VPS.org of this suite's own. */
export interface AccountFixture extends WorkbenchFixture {
  readonly sandbox: FaultySandbox;
  readonly tree: WorkbenchTree;
  /** Requests that could change something or cost money. */
  changes(): readonly string[];
}

const settings = { 'vpsOrg.refreshInterval': 10 };

/** For `describe`: as `useWorkbench`, with a sandbox in which things happen ten times as fast as in life. */
export function useAccount(
  options: SandboxOptions = {},
  extraSettings: Readonly<Record<string, unknown>> = {},
  workbench: () => Partial<WorkbenchOptions> | Promise<Partial<WorkbenchOptions>> = () => ({}),
): AccountFixture {
  let sandbox: FaultySandbox | undefined;
  const fixture = useWorkbench(async () => {
    sandbox = await startFaultySandbox({ speed: 10, ...options });
    return { ...(await workbench()), settings: { ...settings, 'vpsOrg.apiUrl': sandbox.url, ...extraSettings } };
  });
  after('end the sandbox', async () => {
    await sandbox?.close();
  });
  const running = (): FaultySandbox => {
    if (!sandbox) throw new Error('The sandbox runs only while the tests of this suite do.');
    return sandbox;
  };
  return {
    get workbench() {
      return fixture.workbench;
    },
    get window() {
      return fixture.window;
    },
    get sandbox() {
      return running();
    },
    get tree() {
      return fixture.window.tree('Servers');
    },
    changes: () =>
      running()
        .requests.filter(({ method }) => method !== 'GET')
        .map(({ method, path }) => `${method} ${path}`),
  };
}

/** Opens the view and signs in by mouse and keyboard. */
export async function signIn(window: WorkbenchPage, token: string): Promise<void> {
  await window.openView('VPS.org');
  await window.welcome('Sign In').click();
  await window.inputBox.waitFor('Sign In to VPS.org');
  await window.inputBox.fill(token);
  await window.inputBox.accept();
  await window.inputBox.waitForClosed();
}
