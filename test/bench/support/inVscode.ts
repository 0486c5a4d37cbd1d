import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Frame } from 'playwright-core';
import { startSandbox } from '../../../src/sandbox/sandbox.ts';
import { signIn } from '../../e2e/account.ts';
import { vsix } from '../../e2e/fixture.ts';
import { packEmptyExtension, packProbe, Probe } from '../../support/probe.ts';
import { startWorkbench, type Workbench } from '../../support/workbench.ts';
import { waitUntil } from '../../support/workbenchWait.ts';
import { waitForIdle } from './idle.ts';

/** Figures that need a real VS Code, with the packaged extension and an empty one. */

export interface VscodeFigures {
  readonly version: string;
  /** Milliseconds, one entry for every other start of an extension host. */
  readonly activation: {
    readonly ours: readonly number[];
    readonly ready: readonly number[];
    readonly empty: readonly number[];
  };
  /** Milliseconds from the command to the first paint. */
  readonly panels: {
    readonly details: readonly number[];
    readonly create: readonly number[];
    readonly empty: readonly number[];
  };
}

const ourId = 'vps-org-tools.vps-org';
const starts = 20;
const openings = 10;

export async function measureInVscode(): Promise<VscodeFigures> {
  const sandbox = await startSandbox();
  const probeFile = fileURLToPath(new URL('../../../out/probe/port', import.meta.url));
  const probe = new Probe(probeFile);
  const extensions = [
    vsix,
    await packProbe(),
    await packEmptyExtension('first'),
    await packEmptyExtension('empty'),
  ];
  await probe.reset();
  const workbench = await startWorkbench({
    version: 'newest',
    vsix: extensions,
    env: { ...process.env, VPS_PROBE_FILE: probeFile },
    settings: { 'vpsOrg.apiUrl': sandbox.url },
  });
  try {
    const activation = await measureActivation(workbench, probe);
    await signIn(workbench.window, sandbox.token);
    await workbench.window.tree('Servers').row('web-server-01').waitFor();
    const panels = await measurePanels(workbench, probe);
    return { version: workbench.version, activation, panels };
  } finally {
    await workbench.close();
    await sandbox.close();
  }
}

/**
 * In each start of the extension host, another empty extension is activated first and pays the one-time costs. Then ours or
 * the empty one is activated, in alternating starts, so that neither affects the other.
 */
async function measureActivation(
  workbench: Workbench,
  probe: Probe,
): Promise<VscodeFigures['activation']> {
  const found = { ours: [] as number[], ready: [] as number[], empty: [] as number[] };
  const measureOurs = async (): Promise<void> => {
    const { ms, readyMs } = await probe.activate(ourId, 'vpsOrg.clearFilter');
    found.ours.push(ms);
    found.ready.push(readyMs);
  };
  const measureEmpty = async (): Promise<void> => {
    found.empty.push((await probe.activate('probe.empty')).ms);
  };
  for (let start = 0; start < starts; start++) {
    if (start > 0) {
      await probe.reset();
      await workbench.window.reload();
    }
    await waitForIdle();
    await probe.activate('probe.first');
    await (start % 2 === 0 ? measureOurs() : measureEmpty());
  }
  return found;
}

/** The id of the account, which is the name of its cached list on disk. */
async function accountId({ dataDir }: Workbench): Promise<string> {
  const folder = join(dataDir, 'data', 'User', 'globalStorage', ourId, 'lists');
  const find = async () =>
    (await readdir(folder).catch(() => [])).find((name) => name.endsWith('.json'));
  return (await waitUntil(find, 'the cached list')).replace(/\.json$/, '');
}

async function measurePanels(workbench: Workbench, probe: Probe): Promise<VscodeFigures['panels']> {
  const server = { accountId: await accountId(workbench), serverId: '12345' };
  const panels = {
    details: {
      heading: 'web-server-01',
      open: () => probe.run('vpsOrg.server.open', server),
      found: [] as number[],
    },
    create: {
      heading: 'Create Server',
      open: () => probe.run('vpsOrg.server.create'),
      found: [] as number[],
    },
    empty: { heading: 'Empty', open: () => probe.openEmptyPanel(), found: [] as number[] },
  };
  // The first round also loads the code, so it does not count.
  for (let round = 0; round <= openings; round++) {
    for (const { heading, open, found } of Object.values(panels)) {
      const startMs = await open();
      const paintedMs = await headingTime(workbench, heading);
      if (round > 0) {
        found.push(paintedMs - startMs);
      }
      await workbench.window.palette('View: Close All Editors');
      await waitUntil(
        async () => (await workbench.window.page.getByRole('main').getByRole('tab').count()) === 0,
        'the editors closed',
      );
    }
  }
  return { details: panels.details.found, create: panels.create.found, empty: panels.empty.found };
}

/** Time of the first paint in the panel with this heading, in milliseconds since 1970. */
async function headingTime(workbench: Workbench, heading: string): Promise<number> {
  const frame: Frame = await workbench.window.webviewFrame(heading);
  const painted = () =>
    frame.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime);
  const startTime = await waitUntil(painted, 'the first paint');
  return await frame.evaluate((at) => performance.timeOrigin + at, startTime);
}
