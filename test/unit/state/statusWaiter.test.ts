import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { ServerList } from '../../../src/api/servers.ts';
import { AppError } from '../../../src/core/errors.ts';
import type { ServerRef } from '../../../src/core/refs.ts';
import type { Server } from '../../../src/core/server.ts';
import type { WaitResult } from '../../../src/state/statusWaiter.ts';
import { aList, aServer } from '../../support/builders.ts';
import { deferred } from '../../support/fakeApi.ts';
import { settle } from '../../support/fakeClock.ts';
import { signedIn } from '../../support/world.ts';

const ref = { accountId: 'account-1', serverId: '12345' };
const starting = aServer({ status: 'starting' });

async function following(look: () => Promise<Server>, first: Server = starting) {
  /** The last one applies. */
  const lists = [aList(first)];
  const world = await signedIn({
    listServers: () => Promise.resolve(lists.at(-1)!),
    getServer: look,
  });
  await world.session.refresh();
  const ends: WaitResult[] = [];
  world.statusWaiter.onDidEnd((end) => ends.push(end));
  const looks = (): number => world.calls.filter(({ method }) => method === 'getServer').length;
  return { ...world, ends, looks, lists };
}

describe('StatusWaiter', () => {
  it('polls after 2 seconds, slowing to every 10, until the server settles', async () => {
    let status = 'starting';
    const { statusWaiter, clock, ends, looks, session } = await following(() =>
      Promise.resolve({ ...starting, status }),
    );
    statusWaiter.waitFor(ref, starting, 'active');
    await clock.advance(1_999);
    assert.equal(looks(), 0);
    await clock.advance(1);
    assert.equal(looks(), 1);
    await clock.advance(28_000);
    const before = looks();
    await clock.advance(30_000);
    assert.equal(looks(), before + 3);
    status = 'active';
    await clock.advance(10_000);
    assert.deepEqual(
      ends.map(({ end, server }) => [end, server.status]),
      [['settled', 'active']],
    );
    assert.equal(session.servers.get('12345')?.status, 'active');
    assert.equal(clock.pendingCount, 0);
    assert.ok(!statusWaiter.isWaiting(ref));
  });

  it('gives up after 10 minutes', async () => {
    const { statusWaiter, clock, ends } = await following(() => Promise.resolve(starting));
    statusWaiter.waitFor(ref, starting, 'active');
    await clock.advance(590_000);
    assert.equal(ends.length, 0);
    await clock.advance(20_000);
    assert.deepEqual(
      ends.map(({ end }) => end),
      ['gaveUp'],
    );
    assert.equal(clock.pendingCount, 0);
  });

  it('continues after temporary failures', async () => {
    const answers = [
      () => Promise.reject(new AppError('network', 'cut')),
      () => Promise.reject(new AppError('timeout', 'late')),
      () => Promise.reject(new AppError('badResponse', 'html')),
      () => Promise.resolve(aServer()),
    ];
    const { statusWaiter, clock, ends } = await following(() => answers.shift()!());
    statusWaiter.waitFor(ref, starting, 'active');
    await clock.advance(40_000);
    assert.deepEqual(
      ends.map(({ end }) => end),
      ['settled'],
    );
  });

  it('ends when the server is gone, the token is rejected or the account signs out', async () => {
    const gone = await following(() => Promise.reject(new AppError('notFound', '404')));
    gone.lists.push(aList());
    gone.statusWaiter.waitFor(ref, starting, 'active');
    await gone.clock.advance(2_000);
    assert.deepEqual(
      gone.ends.map(({ end }) => end),
      ['gone'],
    );

    const rejected = await following(() => Promise.reject(new AppError('unauthorized', '401')));
    rejected.statusWaiter.waitFor(ref, starting, 'active');
    await rejected.clock.advance(2_000);
    assert.deepEqual(
      rejected.ends.map(({ end }) => end),
      ['unreachable'],
    );

    const out = await following(() => Promise.resolve(starting));
    out.statusWaiter.waitFor(ref, starting, 'active');
    await out.accountStore.remove('account-1');
    await out.clock.advance(0);
    assert.equal(out.ends.length, 1);
    assert.equal(out.clock.pendingCount, 0);
  });

  it('continues with the list after a 404 that the list contradicts', async () => {
    const { statusWaiter, clock, ends, looks, lists, calls } = await following(() =>
      Promise.reject(new AppError('notFound', '404')),
    );
    statusWaiter.waitFor(ref, starting, 'active');
    await clock.advance(60_000);
    assert.deepEqual(ends, []);
    assert.equal(looks(), 1);
    assert.ok(calls.filter(({ method }) => method === 'listServers').length <= 10);
    lists.push(aList(aServer()));
    await clock.advance(10_000);
    assert.deepEqual(
      ends.map(({ end }) => end),
      ['settled'],
    );
  });

  it('does not take an unchanged status for the result at once', async () => {
    const { statusWaiter, clock, ends } = await following(() =>
      Promise.resolve(aServer({ status: 'active' })),
    );
    statusWaiter.waitFor(ref, aServer(), 'stopped');
    await clock.advance(20_000);
    assert.equal(ends.length, 0);
    await clock.advance(20_000);
    assert.deepEqual(
      ends.map(({ end, server, target }) => [end, server.status, target]),
      [['settled', 'active', 'stopped']],
    );
  });

  it('stops on request, and does not start again by itself', async () => {
    const { statusWaiter, clock, ends, looks } = await following(() => Promise.resolve(starting));
    statusWaiter.setViewed(true);
    assert.ok(statusWaiter.isWaiting(ref));
    statusWaiter.stop(ref);
    await clock.advance(60_000);
    assert.deepEqual(
      ends.map(({ end }) => end),
      ['stopped'],
    );
    assert.equal(looks(), 0);
  });

  it('waits for noticed transitions only while the servers are visible', async () => {
    const { statusWaiter, clock, looks } = await following(() => Promise.resolve(starting));
    assert.ok(!statusWaiter.isWaiting(ref));
    statusWaiter.setViewed(true);
    assert.ok(statusWaiter.isWaiting(ref));
    statusWaiter.setViewed(false);
    await clock.advance(60_000);
    assert.equal(looks(), 0);
    assert.equal(clock.pendingCount, 0);
  });

  it('continues waiting for actions while nothing is visible', async () => {
    const { statusWaiter, clock, looks } = await following(() => Promise.resolve(starting));
    statusWaiter.setViewed(true);
    statusWaiter.waitFor(ref, starting, 'active');
    statusWaiter.setViewed(false);
    await clock.advance(10_000);
    assert.ok(looks() > 0);
  });

  for (const kind of ['forbidden', 'unauthorized'] as const) {
    it(`does not begin again and again after a ${kind}`, async () => {
      const { statusWaiter, clock, looks, ends } = await following(() =>
        Promise.reject(new AppError(kind, 'no')),
      );
      statusWaiter.setViewed(true);
      await clock.advance(60_000);
      assert.equal(looks(), 1);
      assert.equal(ends.length, 1);
      assert.equal(clock.pendingCount, 0);
    });
  }

  it('waits for a few noticed transitions, and leaves many to the refreshes', async () => {
    let many = Array.from({ length: 40 }, (_, index) =>
      aServer({ id: String(index), status: 'starting' }),
    );
    const { statusWaiter, session } = await signedIn({
      listServers: () => Promise.resolve(aList(...many)),
    });
    await session.refresh();
    statusWaiter.setViewed(true);
    assert.equal(statusWaiter.count, 0);
    many = many.map((server, index) => ({ ...server, status: index < 5 ? 'starting' : 'active' }));
    await session.refresh();
    assert.equal(statusWaiter.count, 5);
    statusWaiter.dispose();
  });

  it('polls many servers with one list request', async () => {
    const ids = Array.from({ length: 40 }, (_, index) => String(index + 1));
    let status = 'stopping';
    const servers = (): Server[] => ids.map((id) => aServer({ id, status }));
    const { statusWaiter, session, clock, calls } = await signedIn({
      listServers: () => Promise.resolve(aList(...servers())),
    });
    const ends: WaitResult[] = [];
    statusWaiter.onDidEnd((end) => ends.push(end));
    await session.refresh();
    for (const server of servers()) {
      statusWaiter.waitFor({ accountId: 'account-1', serverId: server.id }, server, 'stopped');
    }
    const before = calls.length;
    await clock.advance(60_000);
    // After 2, 5, 9.5, 16.25, 26, 36, 46 and 56 seconds.
    assert.deepEqual(
      calls.slice(before).map(({ method }) => method),
      Array.from({ length: 8 }, () => 'listServers'),
    );
    status = 'stopped';
    await clock.advance(10_000);
    assert.equal(
      ends.filter(({ end, server }) => end === 'settled' && server.status === 'stopped').length,
      40,
    );
    assert.equal(clock.pendingCount, 0);
  });

  it('fetches one of many by itself when the list lacks it', async () => {
    const ids = Array.from({ length: 10 }, (_, index) => String(index + 1));
    const listed = ids.map((id) => aServer({ id, status: 'stopping' }));
    const { statusWaiter, session, clock, calls } = await signedIn({
      listServers: () => Promise.resolve(aList(...listed)),
      getServer: () => Promise.reject(new AppError('notFound', '404')),
    });
    const ends: WaitResult[] = [];
    statusWaiter.onDidEnd((end) => ends.push(end));
    await session.refresh();
    for (const server of listed) {
      statusWaiter.waitFor({ accountId: 'account-1', serverId: server.id }, server, 'stopped');
    }
    listed.splice(0, 1);
    await clock.advance(2_000);
    assert.deepEqual(
      ends.map(({ end, ref: { serverId } }) => [serverId, end]),
      [['1', 'gone']],
    );
    assert.equal(calls.filter(({ method }) => method === 'getServer').length, 1);
    statusWaiter.dispose();
  });

  const listFailures = {
    500: { error: new AppError('server', '500', { status: 500 }), mostLists: 8, mostLooks: 36 },
    '429 with Retry-After': {
      error: new AppError('rateLimited', '429', { status: 429, retryAfterMs: 60_000 }),
      mostLists: 1,
      mostLooks: 0,
    },
    '503 with Retry-After': {
      error: new AppError('server', '503', { status: 503, retryAfterMs: 60_000 }),
      mostLists: 1,
      mostLooks: 0,
    },
  };
  for (const [words, { error, mostLists, mostLooks }] of Object.entries(listFailures)) {
    it(`asks for many no more often than for one while the list answers ${words}`, async () => {
      const servers = Array.from({ length: 40 }, (_, index) =>
        aServer({ id: String(index), status: 'stopping' }),
      );
      let fails = false;
      const { statusWaiter, session, clock, calls } = await signedIn({
        listServers: () => (fails ? Promise.reject(error) : Promise.resolve(aList(...servers))),
        getServer: () => Promise.reject(error),
      });
      await session.refresh();
      for (const server of servers) {
        statusWaiter.waitFor({ accountId: 'account-1', serverId: server.id }, server, 'stopped');
        await clock.advance(250);
      }
      await clock.advance(60_000);
      fails = true;
      const before = calls.length;
      await clock.advance(60_000);
      const methods = calls.slice(before).map(({ method }) => method);
      const lists = methods.filter((method) => method === 'listServers').length;
      assert.ok(lists > 0 && lists <= mostLists, `${lists} lists`);
      assert.ok(methods.length - lists <= mostLooks, `${methods.length - lists} looks`);
      assert.equal(statusWaiter.count, 40);
      statusWaiter.dispose();
    });
  }

  it('fetches many servers in turns when the list fails', async () => {
    const servers = Array.from({ length: 12 }, (_, index) =>
      aServer({ id: String(index), status: 'stopping' }),
    );
    let fails = false;
    const { statusWaiter, session, clock, calls } = await signedIn({
      listServers: () =>
        fails
          ? Promise.reject(new AppError('server', '500', { status: 500 }))
          : Promise.resolve(aList(...servers)),
      getServer: (id) => Promise.resolve(aServer({ id, status: 'stopped' })),
    });
    const ends: WaitResult[] = [];
    statusWaiter.onDidEnd((end) => ends.push(end));
    await session.refresh();
    for (const server of servers) {
      statusWaiter.waitFor({ accountId: 'account-1', serverId: server.id }, server, 'stopped');
    }
    fails = true;
    await clock.advance(60_000);
    assert.deepEqual(
      ends.map(({ end, server }) => [end, server.status]),
      Array.from({ length: 12 }, () => ['settled', 'stopped']),
    );
    assert.equal(calls.filter(({ method }) => method === 'getServer').length, 12);
    assert.equal(clock.pendingCount, 0);
  });

  it('fetches one of many that the list withholds', async () => {
    const listed = Array.from({ length: 6 }, (_, index) =>
      aServer({ id: String(index), status: 'stopping' }),
    );
    const made = aServer({ id: '99', status: 'provisioning' });
    const { statusWaiter, session, clock } = await signedIn({
      listServers: () => Promise.resolve({ servers: listed, total: 7 }),
      getServer: () => Promise.resolve({ ...made, status: 'active' }),
    });
    const ends: WaitResult[] = [];
    statusWaiter.onDidEnd((end) => ends.push(end));
    await session.refresh();
    session.servers.applyServer(made, session.servers.nextRevision());
    for (const server of listed) {
      statusWaiter.waitFor({ accountId: 'account-1', serverId: server.id }, server, 'stopped');
    }
    statusWaiter.waitFor({ accountId: 'account-1', serverId: '99' }, made, 'active');
    await clock.advance(5_000);
    assert.deepEqual(
      ends.map(({ end, server }) => [end, server.status]),
      [['settled', 'active']],
    );
    statusWaiter.dispose();
  });

  it('waits as long as Retry-After asks, whatever the HTTP status', async () => {
    const { statusWaiter, clock, looks } = await following(() =>
      Promise.reject(new AppError('server', '503', { status: 503, retryAfterMs: 300_000 })),
    );
    statusWaiter.waitFor(ref, starting, 'active');
    await clock.advance(301_999);
    assert.equal(looks(), 1);
    await clock.advance(1);
    assert.equal(looks(), 2);
    statusWaiter.dispose();
  });

  it('stops at once during a shared list request, and can start again at once', async () => {
    const listed = Array.from({ length: 6 }, (_, index) =>
      aServer({ id: String(index), status: 'stopping' }),
    );
    const list = deferred<ServerList>();
    let hangs = false;
    const { statusWaiter, session, clock } = await signedIn({
      listServers: () => (hangs ? list.promise : Promise.resolve(aList(...listed))),
      getServer: (id) => Promise.resolve(aServer({ id, status: 'stopped' })),
    });
    const ends: WaitResult[] = [];
    statusWaiter.onDidEnd((end) => ends.push(end));
    await session.refresh();
    const [first, second] = listed.map(({ id }) => ({ accountId: 'account-1', serverId: id })) as [
      ServerRef,
      ServerRef,
    ];
    for (const server of listed) {
      statusWaiter.waitFor({ accountId: 'account-1', serverId: server.id }, server, 'stopped');
    }
    await clock.advance(5_000);
    hangs = true;
    await clock.advance(10_000);
    statusWaiter.stop(first);
    statusWaiter.stop(second);
    statusWaiter.waitFor(second, aServer({ id: '1', status: 'stopping' }), 'stopped');
    await settle();
    assert.deepEqual(
      ends.map(({ end, ref: { serverId } }) => [serverId, end]),
      [
        ['0', 'stopped'],
        ['1', 'stopped'],
      ],
    );
    assert.ok(!statusWaiter.isWaiting(first));
    assert.ok(statusWaiter.isWaiting(second));
    list.resolve(aList(...listed.map((server) => ({ ...server, status: 'stopped' }))));
    await clock.advance(2_000);
    assert.equal(ends.filter(({ end }) => end === 'settled').length, 5);
    assert.equal(clock.pendingCount, 0);
  });

  it('forgets a stopped wait when the server is gone', async () => {
    const { statusWaiter, session } = await following(() => Promise.resolve(starting));
    statusWaiter.setViewed(true);
    session.servers.remove('12345');
    statusWaiter.stop(ref);
    await settle();
    session.servers.applyServer(starting, session.servers.nextRevision());
    assert.ok(statusWaiter.isWaiting(ref));
    statusWaiter.dispose();
  });
});
