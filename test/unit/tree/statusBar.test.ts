import assert from 'node:assert/strict';
import { register } from 'node:module';
import type { StoredAccount } from '../../../src/state/accountStore.ts';
import { aList, anAccount, aSampleAccount, aServer } from '../../support/builders.ts';
import { statusBarItems } from '../../support/vscodeStub.ts';
import { signedIn } from '../../support/world.ts';

register('../../support/withoutVscode.mjs', import.meta.url);
const { ServersStatusBar } = await import('../../../src/tree/statusBar.ts');

describe('ServersStatusBar', () => {
  const sample = aSampleAccount();

  async function shown(accounts: readonly StoredAccount[], isEnabled = true) {
    const list = aList(
      aServer({ id: '1', status: 'active' }),
      aServer({ id: '2', status: 'stopped' }),
    );
    const { sessions } = await signedIn({ listServers: () => Promise.resolve(list) }, accounts);
    // Results of earlier tests stay for four seconds.
    statusBarItems.clear();
    const bar = new ServersStatusBar(sessions, () => isEnabled);
    assert.equal(statusBarItems.size, 0, 'hidden before the first list');
    for (const session of sessions.all) await session.refresh();
    const items = [...statusBarItems].map(({ text, tooltip }) => ({ text, tooltip }));
    bar.dispose();
    assert.equal(statusBarItems.size, 0);
    return items;
  }

  it('shows active and total servers, and the time of the list', async () => {
    const [item] = await shown([anAccount()]);
    assert.equal(item?.text, 'VPS.org 1/2');
    assert.match(item.tooltip, /^1 of 2 servers are active, as of ./u);
  });

  it('leaves out sample servers where there are real ones', async () => {
    assert.deepEqual(
      (await shown([anAccount(), sample])).map(({ text }) => text),
      ['VPS.org 1/2'],
    );
  });

  it('marks sample servers where there are no others', async () => {
    const [item] = await shown([sample]);
    assert.equal(item?.text, 'VPS.org 1/2 (sample)');
    assert.match(item.tooltip, /^1 of 2 sample servers are active/u);
  });

  it('is hidden where the setting is off', async () => {
    assert.deepEqual(await shown([anAccount()], false), []);
  });
});
