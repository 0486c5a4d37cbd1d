import {
  startFaultySandbox,
  type FaultySandbox,
  type FaultySandboxOptions,
} from '../sandbox/faultySandbox.ts';
import { useWorkbench, type WorkbenchFixture } from './fixture.ts';
import type { WorkbenchOptions } from '../support/workbench.ts';
import type { WorkbenchPage } from '../support/workbenchPage.ts';
import type { WorkbenchTree } from '../support/workbenchTree.ts';

/** A VS Code with a simulated VPS.org of its own in `vpsOrg.apiUrl`. */
export interface AccountFixture extends WorkbenchFixture {
  readonly sandbox: FaultySandbox;
  readonly tree: WorkbenchTree;
  /** All requests but GET, as `POST /servers/`. */
  changes(): readonly string[];
}

const settings = { 'vpsOrg.refreshInterval': 10 };

/** As `useWorkbench`, with a sandbox that runs ten times faster than real time. Call it in `describe`. */
export function useAccount(
  options: FaultySandboxOptions = {},
  extraSettings: Readonly<Record<string, unknown>> = {},
  workbench: () => Partial<WorkbenchOptions> | Promise<Partial<WorkbenchOptions>> = () => ({}),
): AccountFixture {
  let sandbox: FaultySandbox | undefined;
  const fixture = useWorkbench(async () => {
    sandbox = await startFaultySandbox({ speed: 10, ...options });
    return {
      ...(await workbench()),
      settings: { ...settings, 'vpsOrg.apiUrl': sandbox.url, ...extraSettings },
    };
  });
  after('stop the sandbox', async () => {
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

/** Opens the view and signs in with mouse and keyboard. */
export async function signIn(window: WorkbenchPage, token: string): Promise<void> {
  await window.openView('VPS.org');
  await window.welcome('Sign In').click();
  await window.inputBox.waitFor('Sign In to VPS.org');
  await window.inputBox.fill(token);
  await window.inputBox.accept();
  await window.inputBox.waitForClosed();
}
