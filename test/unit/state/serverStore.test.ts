import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'mocha';
import { AppError } from '../../../src/core/errors.ts';
import { ServerStore } from '../../../src/state/serverStore.ts';
import type { StoreChange } from '../../../src/state/storeChange.ts';
import { aList, aServer } from '../../support/builders.ts';

describe('ServerStore', () => {
  let store: ServerStore;
  let changes: StoreChange[];
  const web = aServer({ id: '1', name: 'web' });
  const db = aServer({ id: '2', name: 'db' });

  beforeEach(() => {
    store = new ServerStore();
    store.applyList(aList(web, db), store.nextRevision(), 1000);
    changes = [];
    store.onDidChange((change) => changes.push(change));
  });

  it('does not change with an equal list', () => {
    const before = store.servers;
    store.applyList(aList(web, db), store.nextRevision(), 1000);
    assert.deepEqual(changes, []);
    assert.equal(store.servers, before);
  });

  it('reports exactly what a list changed', () => {
    store.applyList(
      aList({ ...web, status: 'stopped' }, aServer({ id: '3' })),
      store.nextRevision(),
      2000,
    );
    assert.deepEqual(
      changes.map(({ changed, added, removed }) => [
        [...changed.keys()],
        added.map(({ id }) => id),
        [...removed.keys()],
      ]),
      [[['1'], ['3'], ['2']]],
    );
  });

  it('reports the previous and the new state', () => {
    const stopped = { ...web, status: 'stopped' };
    const added = aServer({ id: '3' });
    store.applyList(aList(stopped, added), store.nextRevision(), 2000);
    const [change] = changes;
    assert.deepEqual(change?.changed.get('1'), { before: web, after: stopped });
    assert.deepEqual(change?.added, [added]);
    assert.equal(change?.removed.get('2'), db);
  });

  it('keeps fields that only the detail reply contains', () => {
    store.applyServer(
      { ...web, ipv6Address: '2001:db8::1', backupsEnabled: true },
      store.nextRevision(),
    );
    store.applyList(aList({ ...web, status: 'stopped' }, db), store.nextRevision(), 2000);
    const known = store.get('1');
    assert.equal(known?.ipv6Address, '2001:db8::1');
    assert.equal(known.backupsEnabled, true);
    assert.equal(known.status, 'stopped');
  });

  it('does not revert a transition with a list that was requested earlier', () => {
    const asked = store.nextRevision();
    store.applyFragment({ id: '1', name: 'web', status: 'stopping' }, store.nextRevision());
    store.applyList(aList(web, db), asked, 2000);
    assert.equal(store.get('1')?.status, 'stopping');
    store.applyList(aList({ ...web, status: 'stopped' }, db), store.nextRevision(), 3000);
    assert.equal(store.get('1')?.status, 'stopped');
  });

  it('does not restore a deleted server from replies to earlier requests', () => {
    const asked = store.nextRevision();
    store.remove('1');
    store.applyList(aList(web, db), asked, 2000);
    store.applyServer(web, asked);
    assert.equal(store.get('1'), undefined);
  });

  it('does not restore a server from a request that precedes the list without it', () => {
    const asked = store.nextRevision();
    store.remove('1');
    store.applyList(aList(), store.nextRevision(), 2000);
    store.applyServer(web, asked);
    store.applyServer(db, asked);
    store.applyList(aList(web, db), asked, 3000);
    assert.deepEqual(store.servers, []);
    store.applyServer(db, store.nextRevision());
    assert.deepEqual(store.servers, [db]);
  });

  it('does not restore a deleted server after an incomplete list', () => {
    const asked = store.nextRevision();
    store.remove('1');
    store.applyList({ servers: [db], total: 2 }, store.nextRevision(), 2000);
    store.applyServer(web, asked);
    assert.equal(store.get('1'), undefined);
  });

  it('remembers recent deletions, however many there were', () => {
    const asked = store.nextRevision();
    for (let id = 1; id <= 5_000; id++) {
      store.remove(String(id));
    }
    store.applyList({ servers: [], total: 9 }, store.nextRevision(), 2000);
    store.applyServer(aServer({ id: '5000' }), asked);
    assert.equal(store.get('5000'), undefined);
  });

  it('keeps a new server when a list that was requested earlier lacks it', () => {
    const asked = store.nextRevision();
    store.applyServer(aServer({ id: '3' }), store.nextRevision());
    store.applyList(aList(web, db), asked, 2000);
    assert.ok(store.get('3'));
    store.applyList(aList(web, db), store.nextRevision(), 3000);
    assert.equal(store.get('3'), undefined);
  });

  it('ignores an older reply about the same server', () => {
    const first = store.nextRevision();
    const second = store.nextRevision();
    store.applyServer({ ...web, status: 'stopped' }, second);
    store.applyServer({ ...web, status: 'stopping' }, first);
    assert.equal(store.get('1')?.status, 'stopped');
  });

  it('accepts an id that appears again later', () => {
    store.remove('1');
    store.applyList(aList(web, db), store.nextRevision(), 2000);
    assert.ok(store.get('1'));
  });

  it('ignores a power reply about an unknown server', () => {
    store.applyFragment({ id: '99', name: 'x', status: 'starting' }, store.nextRevision());
    assert.equal(store.get('99'), undefined);
  });

  it('keeps the servers and the error when loading fails', () => {
    const error = new AppError('network', 'cut');
    store.startLoading();
    store.failLoading(error);
    assert.equal(store.servers.length, 2);
    assert.deepEqual(store.load, {
      isLoading: false,
      loadedAt: 1000,
      cachedAt: undefined,
      knownAt: 1000,
      error,
      total: 2,
    });
  });

  it('keeps servers that a partial list lacks', () => {
    store.applyList({ servers: [web], total: 40 }, store.nextRevision(), 2000);
    assert.ok(store.get('2'));
    store.applyList(aList(web), store.nextRevision(), 3000);
    assert.equal(store.get('2'), undefined);
  });

  it('keeps servers that a possibly incomplete list lacks, and returns their ids', () => {
    const asked = store.nextRevision();
    store.applyServer(aServer({ id: '3' }), store.nextRevision());
    const doubtful = { servers: [web], total: 2, mayBeIncomplete: true };
    assert.deepEqual(store.applyList(doubtful, asked, 2000), ['2']);
    assert.deepEqual(
      store.applyPart(
        { ...doubtful, total: 1 },
        ({ id }) => id !== '3',
        store.nextRevision(),
        2000,
      ),
      ['2'],
    );
    assert.deepEqual(
      store.applyPart(doubtful, ({ id }) => id !== '3', store.nextRevision(), 2000),
      ['2'],
    );
    assert.equal(store.servers.length, 3);
    assert.deepEqual(store.applyList(aList(web), store.nextRevision(), 3000), []);
    assert.equal(store.servers.length, 1);
  });

  it('drops usage that a detail reply no longer contains', () => {
    const usage = { cpuPercent: 23.5, memoryUsedMiB: 2048, diskUsedGB: 35, bandwidthUsedGB: 450 };
    store.applyServer({ ...web, usage }, store.nextRevision(), true);
    store.applyFragment({ id: '1', name: 'web', status: 'stopped' }, store.nextRevision());
    store.applyServer(web, store.nextRevision());
    assert.deepEqual(store.get('1')?.usage, usage);
    store.applyServer(web, store.nextRevision(), true);
    assert.equal(store.get('1')?.usage, undefined);
  });

  it('keeps the newer of two overlapping replies', () => {
    const first = store.nextRevision();
    const second = store.nextRevision();
    store.applyServer({ ...web, status: 'stopping' }, first);
    store.applyServer({ ...web, status: 'stopped' }, second);
    assert.equal(store.get('1')?.status, 'stopped');
  });

  it('counts servers that the API withholds', () => {
    store.applyList({ servers: [web], total: 40 }, store.nextRevision(), 2000);
    assert.equal(store.load.total, 40);
    store.remove('1');
    assert.equal(store.load.total, 39);
  });

  it('does not count a withheld server twice', () => {
    store.applyList({ servers: [web, db], total: 4 }, store.nextRevision(), 2000);
    const others = aList(db, aServer({ id: '3' }), aServer({ id: '4' }));
    store.applyPart(others, () => false, store.nextRevision(), 3000);
    assert.equal(store.load.total, 4);
    store.applyServer(aServer({ id: '5' }), store.nextRevision());
    assert.equal(store.load.total, 5);
    store.remove('5');
    assert.equal(store.load.total, 4);
  });
});
