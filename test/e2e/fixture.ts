import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { startWorkbench, type Workbench, type WorkbenchOptions } from '../support/workbench.ts';
import type { WorkbenchPage } from '../support/workbenchPage.ts';

/** The packaged extension. */
export const vsix = fileURLToPath(new URL('../../dist/vps-org.vsix', import.meta.url));
const logs = new URL('../../out/logs/', import.meta.url);

const startLimitMs = 120_000;

/** The VS Code that this run is about: `npm run test:e2e` and `npm run test:newest` run the same tests. */
export const vscodeVersion = process.env.VPS_TEST_VSCODE === 'newest' ? 'newest' : 'oldest';

export interface WorkbenchFixture {
  /** Only while a test or a hook of the suite runs. */
  readonly workbench: Workbench;
  /** Its first window. */
  readonly window: WorkbenchPage;
}

/**
 * Gives a suite a VS Code of its own with the packaged extension: call it in `describe`. A failed test leaves a screenshot
 * of each window and the console behind, under its name in out/screenshots and out/logs.
 * @param options read when the suite starts, so that a `before` of the test may prepare them
 */
export function useWorkbench(options: () => Partial<WorkbenchOptions> | Promise<Partial<WorkbenchOptions>> = () => ({})): WorkbenchFixture {
  let started: Workbench | undefined;

  before('start VS Code', async function () {
    this.timeout(startLimitMs);
    started = await startWorkbench({ version: vscodeVersion, vsix, ...(await options()) });
  });

  afterEach('keep what a failed test saw', async function () {
    if (this.currentTest?.state === 'failed' && started) await keepEvidence(started, this.currentTest.fullTitle());
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
    if (!started) throw new Error('VS Code runs only while the tests and hooks of this suite do.');
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

async function keepEvidence(workbench: Workbench, title: string): Promise<void> {
  const name = `${vscodeVersion} ${title}`.replace(/[^\w.-]+/g, '-').slice(0, 150);
  for (const [index, window] of workbench.windows.entries()) {
    console.log(`      screenshot: ${await window.screenshot(index === 0 ? name : `${name}-${index + 1}`)}`);
  }
  await mkdir(logs, { recursive: true });
  await writeFile(new URL(`${name}.txt`, logs), `${workbench.consoleText()}\n`);
}
