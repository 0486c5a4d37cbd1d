import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { startWorkbench, type Workbench, type WorkbenchOptions } from '../support/workbench.ts';
import type { WorkbenchPage } from '../support/workbenchPage.ts';

/** The packaged extension. */
export const vsix = fileURLToPath(new URL('../../dist/vps-org.vsix', import.meta.url));
const logs = new URL('../../out/logs/', import.meta.url);

const startLimitMs = 120_000;

/** `npm run test:e2e` and `npm run test:newest` run the same tests in different versions. */
export const vscodeVersion = process.env.VPS_TEST_VSCODE === 'newest' ? 'newest' : 'oldest';

export interface WorkbenchFixture {
  /** Available only while a test or a hook of the suite runs. */
  readonly workbench: Workbench;
  /** Its first window. */
  readonly window: WorkbenchPage;
}

/**
 * Starts a VS Code with the packaged extension for a suite. Call it in `describe`. A failed test saves a screenshot of each
 * window in out/screenshots and the console in out/logs.
 * @param options called when the suite starts, after earlier `before` hooks
 */
export function useWorkbench(
  options: () => Partial<WorkbenchOptions> | Promise<Partial<WorkbenchOptions>> = () => ({}),
): WorkbenchFixture {
  let started: Workbench | undefined;

  before('start VS Code', async function () {
    this.timeout(startLimitMs);
    started = await startWorkbench({ version: vscodeVersion, vsix, ...(await options()) });
  });

  afterEach('save screenshots of a failed test', async function () {
    if (this.currentTest?.state === 'failed' && started)
      await saveEvidence(started, this.currentTest.fullTitle());
  });

  afterEach('close all windows but the first', async () => {
    await started?.closeOtherWindows();
  });

  after('close VS Code', async function () {
    this.timeout(startLimitMs);
    await started?.close();
    started = undefined;
  });

  const running = (): Workbench => {
    if (!started) throw new Error('VS Code runs only while tests and hooks of this suite run.');
    return started;
  };
  return {
    get workbench() {
      return running();
    },
    get window() {
      return running().window;
    },
  };
}

async function saveEvidence(workbench: Workbench, title: string): Promise<void> {
  const name = `${vscodeVersion} ${title}`.replace(/[^\w.-]+/g, '-').slice(0, 150);
  for (const [index, window] of workbench.windows.entries()) {
    console.log(
      `      screenshot: ${await window.screenshot(index === 0 ? name : `${name}-${index + 1}`)}`,
    );
  }
  await mkdir(logs, { recursive: true });
  await writeFile(new URL(`${name}.txt`, logs), `${workbench.consoleText()}\n`);
}
