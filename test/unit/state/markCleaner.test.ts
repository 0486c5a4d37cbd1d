import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { ServersApi } from '../../../src/api/client.ts';
import type { ServerList } from '../../../src/api/servers.ts';
import { AppError } from '../../../src/core/errors.ts';
import { MarkCleaner } from '../../../src/state/markCleaner.ts';
import { MarkStore } from '../../../src/state/serverMarks.ts';
import { aList, anAccount, anotherAccount, aServer } from '../../support/builders.ts';
import { settle } from '../../support/fakeClock.ts';
import { MemoryMemento } from '../../support/memoryMemento.ts';
import { signedIn } from '../../support/world.ts';

const ref = { accountId: 'account-1', serverId: '12345' };
const web = aServer();
const db = aServer({ id: '2', name: 'db-1' });

const fail =
  (kind: 'notFound' | 'network') =>
  (id: string): Promise<never> =>
    Promise.reject(new AppError(kind, id));

async function marked(
  lists: readonly ServerList[],
  getServer: ServersApi['getServer'] = fail('notFound'),
) {
  let next = 0;
  const world = await signedIn(
    {
      listServers: () => Promise.resolve(lists[Math.min(next++, lists.length - 1)] ?? aList()),
      getServer,
    },
    [anAccount(), anotherAccount()],
  );
  const marks = new MarkStore(new MemoryMemento());
  const cleaner = new MarkCleaner(world.sessions, marks, () => undefined);
  await marks.set(ref, { isProtected: true });
  const { session, calls } = world;
  return {
    ...world,
    marks,
    cleaner,
    isMarked: () => marks.get(ref).isProtected,
    requests: (method: keyof ServersApi) => calls.filter((call) => call.method === method).length,
    refresh: async (times = 1) => {
      for (let refreshes = 0; refreshes < times; refreshes++) {
        await session.refresh();
        await settle();
      }
    },
  };
}

describe('MarkCleaner', () => {
  it('forgets a server that two lists lack and VPS.org does not find', async () => {
    const { session, isMarked, refresh } = await marked([aList(web, db), aList(db)]);
    await refresh(2);
    assert.equal(session.servers.get(web.id), undefined);
    assert.ok(isMarked());
    await refresh();
    assert.ok(!isMarked());
  });

  it('keeps the marks of a server that VPS.org still finds', async () => {
    const { isMarked, refresh, session } = await marked([aList(web, db), aList(db)], () =>
      Promise.resolve(web),
    );
    await refresh(3);
    assert.ok(isMarked());
    assert.equal(session.servers.get(web.id)?.name, web.name);
  });

  it('keeps the marks while nothing is certain, and asks again with the next list', async () => {
    let answer = fail('network');
    const { isMarked, refresh, requests } = await marked([aList(web, db), aList(db)], (id) =>
      answer(id),
    );
    await refresh(5);
    assert.ok(isMarked());
    assert.equal(requests('getServer'), 3);
    answer = fail('notFound');
    await refresh();
    assert.ok(!isMarked());
  });

  it('requests nothing for servers without marks', async () => {
    const { refresh, requests } = await marked([aList(web, db), aList(web)]);
    await refresh(4);
    assert.equal(requests('getServer'), 0);
  });

  it('confirms many removals with one list', async () => {
    const many = Array.from({ length: 100 }, (_, index) => aServer({ id: `many-${index}` }));
    const { marks, refresh, requests, session } = await marked([aList(web, ...many), aList(web)]);
    const refs = many.map(({ id }) => ({ accountId: session.account.id, serverId: id }));
    await marks.setAll(refs, { isPinned: true });
    await refresh(3);
    assert.ok(refs.every((each) => !marks.has(each)));
    assert.deepEqual([requests('listServers'), requests('getServer')], [4, 0]);
  });

  it('keeps the marks of a server that comes back', async () => {
    const both = aList(web, db);
    const { isMarked, refresh } = await marked([both, aList(db), both, aList(db), both]);
    await refresh(5);
    assert.ok(isMarked());
  });

  it('forgets a server that was deleted here with the next list', async () => {
    const { session, isMarked, refresh } = await marked([aList(web, db), aList(db)]);
    await refresh();
    session.servers.remove(web.id);
    await refresh();
    assert.ok(!isMarked());
  });

  it('keeps the marks when incomplete lists lack the server, known from the cache or not', async () => {
    const { session, isMarked, refresh } = await marked([{ servers: [db], total: 5 }]);
    session.servers.restore([web, db], 0);
    await refresh(3);
    assert.equal(session.servers.get(web.id), undefined);
    assert.ok(isMarked());
  });

  it('keeps the marks of servers that were never listed', async () => {
    const { isMarked, refresh } = await marked([aList(db)]);
    await refresh(2);
    assert.ok(isMarked());
  });

  it('forgets an account that is signed out, and keeps unknown accounts', async () => {
    const { accountStore, marks, isMarked } = await marked([aList(web)]);
    const synced = { accountId: 'of-another-computer', serverId: '1' };
    const staying = { accountId: 'account-2', serverId: '1' };
    await marks.set(synced, { isPinned: true });
    await marks.set(staying, { isPinned: true });
    await accountStore.remove('account-1');
    await settle();
    assert.ok(!isMarked());
    assert.ok(marks.get(synced).isPinned && marks.get(staying).isPinned);
  });

  it('stops when disposed', async () => {
    const { accountStore, cleaner, isMarked } = await marked([aList(web)]);
    cleaner.dispose();
    await accountStore.remove('account-1');
    assert.ok(isMarked());
  });
});
