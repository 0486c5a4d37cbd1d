import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import type { Locator } from 'playwright-core';
import { packProbe, Probe } from '../support/probe.ts';
import { waitUntil } from '../support/workbenchWait.ts';
import { signIn, useAccount } from './account.ts';
import { vscodeVersion, vsix } from './fixture.ts';

/** Longer freezes are noticeable. */
const limitMs = 200;
/** VS Code may load another extension in the meantime. A freeze caused by this extension occurs in every attempt. */
const attempts = 3;

/** The last location. */
const west = /^us-west, /;

/** The generated servers spread over the locations, at least 2,000 in each. */
describe('10,000 servers', () => {
  const probeFile = fileURLToPath(
    new URL(`../../out/probe/port-large-${vscodeVersion}`, import.meta.url),
  );
  const probe = new Probe(probeFile);
  const account = useAccount({ seed: { count: 10_000 } }, {}, async () => {
    await probe.reset();
    return { vsix: [vsix, await packProbe()], env: { ...process.env, VPS_PROBE_FILE: probeFile } };
  });

  /** Repeats `work` until it causes no freeze, up to three times, and prints the longest freezes. */
  async function assertNoFreeze(name: string, work: () => Promise<void>): Promise<void> {
    const found: string[] = [];
    let isSmooth = false;
    while (!isSmooth && found.length < attempts) {
      const longest = await probe.longestFreeze(work);
      isSmooth = longest.freezeMs <= limitMs;
      found.push(`${longest.freezeMs.toFixed(0)} ms (${longest.lateMs.toFixed(0)} ms late)`);
    }
    console.log(`      ${name}: ${found.join(', then ')}`);
    assert.ok(isSmooth, `${name}: the extension host froze for ${found.join(', then ')}`);
  }

  const serverRows = (): Locator => account.tree.row(/^server-\d+, /);

  async function scrollToEnd(): Promise<void> {
    const { tree } = account;
    const [first] = (await tree.rows()).filter((row) => row.startsWith('server-'));
    await tree.tree.press('End');
    await waitUntil(async () => !(await tree.rows()).includes(first ?? ''), 'the end of the list');
  }

  before('sign in', async () => {
    await signIn(account.window, account.sandbox.token);
    await account.tree.row(west).waitFor();
  });

  it('are shown in collapsed locations', async () => {
    await account.window.screenshot('large');
    assert.ok((await account.tree.rows()).every((row) => row.includes(' servers')));
  });

  it('expand without a freeze', async () => {
    const { tree, window } = account;
    await assertNoFreeze('expand and collapse', async () => {
      await tree.click(west);
      await serverRows().first().waitFor();
      await window.screenshot('large-expanded');
      await tree.click(west);
      await serverRows().first().waitFor({ state: 'hidden' });
    });
  });

  it('scroll without a freeze', async () => {
    const { tree } = account;
    await tree.click(west);
    await serverRows().first().waitFor();
    await assertNoFreeze('scroll to the end and back', async () => {
      await scrollToEnd();
      await tree.tree.press('Home');
      await tree.row(/^ap-southeast, /).waitFor();
    });
  });

  it('are selected without a freeze', async () => {
    const { tree } = account;
    await assertNoFreeze('select all', async () => {
      await serverRows()
        .nth(2)
        .click({ modifiers: ['ControlOrMeta'] });
      await serverRows()
        .nth(3)
        .click({ modifiers: ['ControlOrMeta'] });
      await tree.press('ControlOrMeta+a');
      await waitUntil(
        async () => (await tree.tree.locator('[aria-selected="true"]').count()) > 10,
        'many rows selected',
      );
      await tree.press('Escape');
      await waitUntil(
        async () => (await tree.tree.locator('[aria-selected="true"]').count()) <= 1,
        'nothing selected',
      );
    });
  });

  it('are filtered while typing, without a freeze', async () => {
    const { tree, window } = account;
    await assertNoFreeze('filter', async () => {
      await window.viewAction('Filter Servers...');
      await window.quickPick.waitFor();
      await window.quickPick.filter('server-04321');
      await tree.row(/^server-04321, /).waitFor();
      await window.quickPick.accept();
      await window.sideBarText('Filtered by "server-04321": 1 of 10000 servers.').waitFor();
      await window.viewAction('Clear Filter');
      await account.tree.row(west).waitFor();
    });
  });

  it('are refreshed without a freeze when one has changed', async () => {
    const { tree, window, sandbox } = account;
    await tree.click(west);
    await serverRows().first().waitFor();
    // Suspended servers come first; the last ones can be started and stopped.
    await scrollToEnd();
    const label =
      (await tree.rows()).find((row) => /^server-\d+, (?:active|stopped)/.test(row)) ?? '';
    const [name = ''] = label.split(',');
    let isActive = label.includes(', active');
    await assertNoFreeze('refresh with one change', async () => {
      isActive = !isActive;
      const status = isActive ? 'active' : 'stopped';
      assert.ok(sandbox.world.setStatus(idOf(name), status));
      await window.viewAction('Refresh');
      await tree.row(`${name}, ${status}`).waitFor();
    });
  });

  it('are shown ungrouped, a thousand in a row, without a freeze', async () => {
    const { tree, window } = account;
    const groupBy = async (choice: string): Promise<void> => {
      await window.palette('VPS.org: Group Servers By...');
      await window.quickPick.pick(choice);
    };
    await assertNoFreeze('ungrouped', async () => {
      await groupBy('None');
      await tree.row(west).waitFor({ state: 'hidden' });
      await tree.click(/^Servers 1–1,000, /);
      await serverRows().first().waitFor();
      await tree.click(/^Servers 1–1,000, /);
      await serverRows().first().waitFor({ state: 'hidden' });
      await groupBy('Location');
      await tree.row(west).waitFor();
    });
  });
});

/** Generated names contain a number: "server-00001" is the first server. */
function idOf(name: string): number {
  return Number(name.replace('server-', '')) + 12_344;
}
