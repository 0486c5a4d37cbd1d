import assert from 'node:assert/strict';
import { register } from 'node:module';
import type { StoredAccount } from '../../../src/state/accountStore.ts';
import { aList, anAccount, aSampleAccount, aServer } from '../../support/builders.ts';
import { statusBarItems } from '../../support/vscodeStub.ts';
import { signedIn } from '../../support/world.ts';

register('../../support/withoutVscode.mjs', import.meta.url);
const { ServersStatusBar } = await import('../../../src/tree/statusBar.ts');

describe('the count in the status bar', () => {
  const sample = aSampleAccount();

  async function shown(accounts: readonly StoredAccount[], isWanted = true) {
    const list = aList(aServer({ id: '1', status: 'active' }), aServer({ id: '2', status: 'stopped' }));
    const { sessions } = await signedIn({ listServers: () => Promise.resolve(list) }, accounts);
    const bar = new ServersStatusBar(sessions, () => isWanted);
    assert.equal(statusBarItems.size, 0, 'nothing was heard of any server yet');
    for (const session of sessions.all) await session.refresh();
    const items = [...statusBarItems].map(({ text, tooltip }) => ({ text, tooltip }));
    bar.dispose();
    assert.equal(statusBarItems.size, 0);
    return items;
  }

  it('tells how many servers are active, of how many, and when that was', async () => {
    const [item] = await shown([anAccount()]);
    assert.equal(item?.text, 'VPS.org 1/2');
    assert.match(item.tooltip, /^1 of 2 servers are active, as of ./u);
  });

  it('does not mix sample servers up with real ones', async () => {
    assert.deepEqual((await shown([anAccount(), sample])).map(({ text }) => text), ['VPS.org 1/2']);
  });

  it('says that they are samples where there are no others', async () => {
    const [item] = await shown([sample]);
    assert.equal(item?.text, 'VPS.org 1/2 (sample)');
    assert.match(item.tooltip, /^1 of 2 sample servers are active/u);
  });

  it('is not there where the setting does not ask for it', async () => {
    assert.deepEqual(await shown([anAccount()], false), []);
  });
});
