import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import type { Locator } from 'playwright-core';
import { packProbe, Probe } from '../support/probe.ts';
import { waitUntil } from '../support/workbenchWait.ts';
import { signIn, useAccount } from './account.ts';
import { vscodeVersion, vsix } from './fixture.ts';

/** For which a person does not yet notice that nobody answers. */
const limitMs = 200;
/** VS Code may just be loading an extension of its own there: what freezes the extension host because of us does so every time. */
const attempts = 3;

/** Of the locations the last. */
const west = /^us-west, /;

/** What the seed makes of 10,000: us-west has 2,000 servers of them, and so has each of the other locations. */
describe('10,000 servers', () => {
  const probeFile = fileURLToPath(new URL(`../../out/probe/port-large-${vscodeVersion}`, import.meta.url));
  const probe = new Probe(probeFile);
  const account = useAccount({ seed: { count: 10_000 } }, {}, async () => {
    await probe.forget();
    return { vsix: [vsix, await packProbe()], env: { ...process.env, VPS_PROBE_FILE: probeFile } };
  });

  /** Does something as often as it takes to see it done without a freeze, and says how long the longest one was. */
  async function smoothly(what: string, work: () => Promise<void>): Promise<void> {
    const found: string[] = [];
    let isSmooth = false;
    while (!isSmooth && found.length < attempts) {
      const longest = await probe.longestFreeze(work);
      isSmooth = longest.freezeMs <= limitMs;
      found.push(`${longest.freezeMs.toFixed(0)} ms (${longest.lateMs.toFixed(0)} ms late)`);
    }
    console.log(`      ${what}: ${found.join(', then ')}`);
    assert.ok(isSmooth, `${what}: the extension host answered nobody for ${found.join(', then ')}`);
  }

  const serverRows = (): Locator => account.tree.row(/^server-\d+, /);

  async function toTheEnd(): Promise<void> {
    const { tree } = account;
    const [first] = (await tree.rows()).filter((row) => row.startsWith('server-'));
    await tree.tree.press('End');
    await waitUntil(async () => !(await tree.rows()).includes(first ?? ''), 'the end of the list');
  }

  before('sign in', async () => {
    await signIn(account.window, account.sandbox.token);
    await account.tree.row(west).waitFor();
  });

  it('are shown by their locations, closed', async () => {
    await account.window.screenshot('large');
    assert.ok((await account.tree.rows()).every((row) => row.includes(' servers')));
  });

  it('unfold without a freeze', async () => {
    const { tree, window } = account;
    await smoothly('unfold and fold', async () => {
      await tree.click(west);
      await serverRows().first().waitFor();
      await window.screenshot('large-unfolded');
      await tree.click(west);
      await serverRows().first().waitFor({ state: 'hidden' });
    });
  });

  it('scroll without a freeze', async () => {
    const { tree } = account;
    await tree.click(west);
    await serverRows().first().waitFor();
    await smoothly('scroll to the end and back', async () => {
      await toTheEnd();
      await tree.tree.press('Home');
      await tree.row(/^ap-southeast, /).waitFor();
    });
  });

  it('are selected without a freeze', async () => {
    const { tree, window } = account;
    await smoothly('select all', async () => {
      await serverRows().nth(2).click({ modifiers: ['ControlOrMeta'] });
      await serverRows().nth(3).click({ modifiers: ['ControlOrMeta'] });
      await window.page.keyboard.press('ControlOrMeta+a');
      await waitUntil(async () => (await tree.tree.locator('[aria-selected="true"]').count()) > 10, 'many rows selected');
      await window.page.keyboard.press('Escape');
      await waitUntil(async () => (await tree.tree.locator('[aria-selected="true"]').count()) <= 1, 'nothing selected');
    });
  });

  it('are filtered as one types, without a freeze', async () => {
    const { tree, window } = account;
    await smoothly('filter', async () => {
      await window.viewAction('Filter Servers...');
      await window.quickPick.waitFor();
      await window.quickPick.filter('server-04321');
      await tree.row(/^server-04321, /).waitFor();
      await window.quickPick.accept();
      await window.sideBarText('Filtered: 1 of 10000 servers.').waitFor();
      await window.viewAction('Clear Filter');
      await account.tree.row(west).waitFor();
    });
  });

  it('are refreshed without a freeze when one has changed', async () => {
    const { tree, window, sandbox } = account;
    await tree.click(west);
    await serverRows().first().waitFor();
    // Those that something is wrong with are the first: the last one can be started and stopped.
    await toTheEnd();
    const label = (await tree.rows()).find((row) => /^server-\d+, (?:active|stopped)/.test(row)) ?? '';
    const [name = ''] = label.split(',');
    let isActive = label.includes(', active');
    await smoothly('refresh with one change', async () => {
      isActive = !isActive;
      const status = isActive ? 'active' : 'stopped';
      assert.ok(sandbox.world.setStatus(idOf(name), status));
      await window.viewAction('Refresh');
      await tree.row(`${name}, ${status}`).waitFor();
    });
  });

  it('stand in one long list without a freeze', async () => {
    const { tree, window } = account;
    const groupBy = async (choice: string): Promise<void> => {
      await window.palette('VPS.org: Group Servers By...');
      await window.quickPick.pick(choice);
    };
    await smoothly('one long list', async () => {
      await groupBy('Nothing (Plain List)');
      await tree.row(west).waitFor({ state: 'hidden' });
      await serverRows().first().waitFor();
      await groupBy('Location');
      await tree.row(west).waitFor();
    });
  });
});

/** The seed numbers its servers: "server-00001" is the first. */
function idOf(name: string): number {
  return Number(name.replace('server-', '')) + 12_344;
}
