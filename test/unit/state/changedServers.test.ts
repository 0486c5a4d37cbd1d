import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { ChangedServers, changedServersKey } from '../../../src/state/changedServers.ts';
import { settle } from '../../support/fakeClock.ts';
import { MemoryMemento } from '../../support/memoryMemento.ts';

const ref = (serverId: string, accountId = 'account-1') => ({ accountId, serverId });
const fail = (text: string): never => assert.fail(text);

describe('ChangedServers', () => {
  it('outlast a reload, until a person looks at them', async () => {
    const memento = new MemoryMemento();
    const changed = new ChangedServers(memento, fail);
    assert.equal(changed.isEmpty, true);
    changed.add(ref('1'));
    changed.add(ref('2'));
    changed.add(ref('1', 'account-2'));
    changed.delete(ref('2'));
    await settle();
    const reloaded = new ChangedServers(memento, fail);
    assert.deepEqual(
      [ref('1'), ref('2'), ref('1', 'account-2')].map((each) => reloaded.has(each)),
      [true, false, true],
    );
    reloaded.delete(ref('1'));
    reloaded.delete(ref('1', 'account-2'));
    await settle();
    assert.equal(memento.get(changedServersKey), undefined);
    assert.equal(new ChangedServers(memento, fail).isEmpty, true);
  });

  it('are stored once for all changes of a turn', async () => {
    let writes = 0;
    const memento = { get: () => undefined, update: () => Promise.resolve(void (writes += 1)) };
    const changed = new ChangedServers(memento, fail);
    for (let id = 0; id < 1_000; id++) changed.add(ref(String(id)));
    await settle();
    assert.equal(writes, 1);
    changed.delete(ref('unknown'));
    await settle();
    assert.equal(writes, 1);
  });

  it('are forgotten with their account', async () => {
    const memento = new MemoryMemento();
    const changed = new ChangedServers(memento, fail);
    changed.add(ref('1'));
    changed.add(ref('2', 'account-2'));
    changed.retainAccounts(['account-2']);
    await settle();
    const reloaded = new ChangedServers(memento, fail);
    assert.deepEqual([reloaded.has(ref('1')), reloaded.has(ref('2', 'account-2'))], [false, true]);
  });

  it('continue where nothing can be stored, and ignore what cannot be read', async () => {
    const warnings: string[] = [];
    const broken = { get: () => undefined, update: () => Promise.reject(new Error('disk full')) };
    const changed = new ChangedServers(broken, (text) => warnings.push(text));
    changed.add(ref('1'));
    await settle();
    assert.equal(changed.has(ref('1')), true);
    assert.match(warnings.join(), /disk full/u);
    const read = (stored: unknown): ChangedServers =>
      new ChangedServers(new MemoryMemento({ [changedServersKey]: stored }), fail);
    for (const damaged of [3, [], null, { 'account-1': '1' }, { 'account-1': [null, {}, ''] }])
      assert.equal(read(damaged).isEmpty, true);
    assert.equal(read({ 'account-1': [null, '1'] }).has(ref('1')), true);
  });
});
