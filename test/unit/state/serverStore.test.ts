import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'mocha';
import { AppError } from '../../../src/core/errors.ts';
import { ServerStore } from '../../../src/state/serverStore.ts';
import type { StoreChange } from '../../../src/state/serverStore.ts';
import { aList, aServer } from '../../support/builders.ts';

describe('what is known of the servers', () => {
  let store: ServerStore;
  let changes: StoreChange[];
  const web = aServer({ id: '1', name: 'web' });
  const db = aServer({ id: '2', name: 'db' });

  beforeEach(() => {
    store = new ServerStore();
    store.applyList(aList(web, db), store.now(), 1000);
    changes = [];
    store.onDidChange((change) => changes.push(change));
  });

  it('does not change by a list that says the same', () => {
    const before = store.servers;
    store.applyList(aList(web, db), store.now(), 1000);
    assert.deepEqual(changes, []);
    assert.equal(store.servers, before);
  });

  it('tells exactly what a list changed', () => {
    store.applyList(aList({ ...web, status: 'stopped' }, aServer({ id: '3' })), store.now(), 2000);
    assert.deepEqual(
      changes.map(({ changed, added, removed }) => [[...changed], [...added], [...removed]]),
      [[['1'], ['3'], ['2']]],
    );
  });

  it('keeps what only the detail reply told', () => {
    store.applyServer({ ...web, ipv6Address: '2001:db8::1', backupsEnabled: true }, store.now());
    store.applyList(aList({ ...web, status: 'stopped' }, db), store.now(), 2000);
    const known = store.get('1');
    assert.equal(known?.ipv6Address, '2001:db8::1');
    assert.equal(known.backupsEnabled, true);
    assert.equal(known.status, 'stopped');
  });

  it('does not turn a transition back by a list that was asked for earlier', () => {
    const asked = store.now();
    store.applyFragment({ id: '1', name: 'web', status: 'stopping' }, store.now());
    store.applyList(aList(web, db), asked, 2000);
    assert.equal(store.get('1')?.status, 'stopping');
    store.applyList(aList({ ...web, status: 'stopped' }, db), store.now(), 3000);
    assert.equal(store.get('1')?.status, 'stopped');
  });

  it('does not bring a deleted server back by a list or a look that was asked for earlier', () => {
    const asked = store.now();
    store.remove('1');
    store.applyList(aList(web, db), asked, 2000);
    store.applyServer(web, asked);
    assert.equal(store.get('1'), undefined);
  });

  it('does not bring a deleted server back by a look that was asked for before the list that shows it gone', () => {
    const asked = store.now();
    store.remove('1');
    store.applyList(aList(), store.now(), 2000);
    store.applyServer(web, asked);
    store.applyServer(db, asked);
    store.applyList(aList(web, db), asked, 3000);
    assert.deepEqual(store.servers, []);
    store.applyServer(db, store.now());
    assert.deepEqual(store.servers, [db]);
  });

  it('does not bring a deleted server back after a list that proves nobody gone', () => {
    const asked = store.now();
    store.remove('1');
    store.applyList({ servers: [db], total: 2 }, store.now(), 2000);
    store.applyServer(web, asked);
    assert.equal(store.get('1'), undefined);
  });

  it('remembers the deletions of late, however many there were', () => {
    const asked = store.now();
    for (let id = 1; id <= 5_000; id++) {
      store.remove(String(id));
    }
    store.applyList({ servers: [], total: 9 }, store.now(), 2000);
    store.applyServer(aServer({ id: '5000' }), asked);
    assert.equal(store.get('5000'), undefined);
  });

  it('does not lose a new server by a list that was asked for earlier', () => {
    const asked = store.now();
    store.applyServer(aServer({ id: '3' }), store.now());
    store.applyList(aList(web, db), asked, 2000);
    assert.ok(store.get('3'));
    store.applyList(aList(web, db), store.now(), 3000);
    assert.equal(store.get('3'), undefined);
  });

  it('drops an older answer of the same server', () => {
    const first = store.now();
    const second = store.now();
    store.applyServer({ ...web, status: 'stopped' }, second);
    store.applyServer({ ...web, status: 'stopping' }, first);
    assert.equal(store.get('1')?.status, 'stopped');
  });

  it('takes an id that comes back later for a new server', () => {
    store.remove('1');
    store.applyList(aList(web, db), store.now(), 2000);
    assert.ok(store.get('1'));
  });

  it('ignores what a power reply says of a server that is not known', () => {
    store.applyFragment({ id: '99', name: 'x', status: 'starting' }, store.now());
    assert.equal(store.get('99'), undefined);
  });

  it('stays when loading fails, and remembers why', () => {
    const error = new AppError('network', 'cut');
    store.startLoading();
    store.failLoading(error);
    assert.equal(store.servers.length, 2);
    assert.deepEqual(store.load, { isLoading: false, loadedAt: 1000, keptFrom: undefined, error, total: 2 });
  });

  it('takes nobody for gone whom a partial list leaves out', () => {
    store.applyList({ servers: [web], total: 40 }, store.now(), 2000);
    assert.ok(store.get('2'));
    store.applyList(aList(web), store.now(), 3000);
    assert.equal(store.get('2'), undefined);
  });

  it('takes nobody for gone whom a doubtful list leaves out, and says who is to be looked at', () => {
    const asked = store.now();
    store.applyServer(aServer({ id: '3' }), store.now());
    const doubtful = { servers: [web], total: 2, isDoubtful: true };
    assert.deepEqual(store.applyList(doubtful, asked, 2000), ['2']);
    assert.deepEqual(store.applyPart({ ...doubtful, total: 1 }, ({ id }) => id !== '3', store.now(), 2000), ['2']);
    assert.deepEqual(store.applyPart(doubtful, ({ id }) => id !== '3', store.now(), 2000), ['2']);
    assert.equal(store.servers.length, 3);
    assert.deepEqual(store.applyList(aList(web), store.now(), 3000), []);
    assert.equal(store.servers.length, 1);
  });

  it('does not take usage for current that a look did not find any more', () => {
    const usage = { cpuPercent: 23.5, memoryUsedMiB: 2048, diskUsedGB: 35, bandwidthUsedGB: 450 };
    store.applyServer({ ...web, usage }, store.now(), true);
    store.applyFragment({ id: '1', name: 'web', status: 'stopped' }, store.now());
    store.applyServer(web, store.now());
    assert.deepEqual(store.get('1')?.usage, usage);
    store.applyServer(web, store.now(), true);
    assert.equal(store.get('1')?.usage, undefined);
  });

  it('keeps the newer of two answers that overlap', () => {
    const first = store.now();
    const second = store.now();
    store.applyServer({ ...web, status: 'stopping' }, first);
    store.applyServer({ ...web, status: 'stopped' }, second);
    assert.equal(store.get('1')?.status, 'stopped');
  });

  it('counts what the API keeps back', () => {
    store.applyList({ servers: [web], total: 40 }, store.now(), 2000);
    assert.equal(store.load.total, 40);
    store.remove('1');
    assert.equal(store.load.total, 39);
  });

  it('does not count anew whom the API counted already and kept back', () => {
    store.applyList({ servers: [web, db], total: 4 }, store.now(), 2000);
    const others = aList(db, aServer({ id: '3' }), aServer({ id: '4' }));
    store.applyPart(others, () => false, store.now(), 3000);
    assert.equal(store.load.total, 4);
    store.applyServer(aServer({ id: '5' }), store.now());
    assert.equal(store.load.total, 5);
    store.remove('5');
    assert.equal(store.load.total, 4);
  });
});
