import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { ServerList } from '../../../src/api/api.ts';
import { AppError } from '../../../src/core/errors.ts';
import type { ServerRef } from '../../../src/core/refs.ts';
import type { Server } from '../../../src/core/server.ts';
import type { Followed } from '../../../src/state/follower.ts';
import { aList, aServer } from '../../support/builders.ts';
import { deferred } from '../../support/fakeApi.ts';
import { settle } from '../../support/fakeClock.ts';
import { signedIn } from '../../support/world.ts';

const ref = { accountId: 'account-1', serverId: '12345' };
const starting = aServer({ status: 'starting' });

async function following(look: () => Promise<Server>, first: Server = starting) {
  const world = await signedIn({ listServers: () => Promise.resolve(aList(first)), getServer: look });
  await world.session.refresh();
  const ends: Followed[] = [];
  world.follower.onDidEnd((end) => ends.push(end));
  const looks = (): number => world.calls.filter(({ method }) => method === 'getServer').length;
  return { ...world, ends, looks };
}

describe('following a server', () => {
  it('looks after 2 seconds, slowing to every 10, until it settles', async () => {
    let status = 'starting';
    const { follower, clock, ends, looks, session } = await following(() => Promise.resolve({ ...starting, status }));
    follower.follow(ref, starting, 'active');
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
    assert.deepEqual(ends.map(({ end, server }) => [end, server.status]), [['settled', 'active']]);
    assert.equal(session.servers.get('12345')?.status, 'active');
    assert.equal(clock.pendingCount, 0);
    assert.ok(!follower.isFollowing(ref));
  });

  it('gives up after 10 minutes', async () => {
    const { follower, clock, ends } = await following(() => Promise.resolve(starting));
    follower.follow(ref, starting, 'active');
    await clock.advance(590_000);
    assert.equal(ends.length, 0);
    await clock.advance(20_000);
    assert.deepEqual(ends.map(({ end }) => end), ['gaveUp']);
    assert.equal(clock.pendingCount, 0);
  });

  it('is not put off by passing faults', async () => {
    const answers = [
      () => Promise.reject(new AppError('network', 'cut')),
      () => Promise.reject(new AppError('timeout', 'late')),
      () => Promise.reject(new AppError('badResponse', 'html')),
      () => Promise.resolve(aServer()),
    ];
    const { follower, clock, ends } = await following(() => answers.shift()!());
    follower.follow(ref, starting, 'active');
    await clock.advance(40_000);
    assert.deepEqual(ends.map(({ end }) => end), ['settled']);
  });

  it('ends when the server is gone, when its token is rejected, and when the account is signed out', async () => {
    const gone = await following(() => Promise.reject(new AppError('notFound', '404')));
    gone.follower.follow(ref, starting, 'active');
    await gone.clock.advance(2_000);
    assert.deepEqual(gone.ends.map(({ end }) => end), ['gone']);

    const rejected = await following(() => Promise.reject(new AppError('unauthorized', '401')));
    rejected.follower.follow(ref, starting, 'active');
    await rejected.clock.advance(2_000);
    assert.deepEqual(rejected.ends.map(({ end }) => end), ['unreachable']);

    const out = await following(() => Promise.resolve(starting));
    out.follower.follow(ref, starting, 'active');
    await out.accountStore.remove('account-1');
    await out.clock.advance(0);
    assert.equal(out.ends.length, 1);
    assert.equal(out.clock.pendingCount, 0);
  });

  it('does not believe at once that nothing happened', async () => {
    const { follower, clock, ends } = await following(() => Promise.resolve(aServer({ status: 'active' })));
    follower.follow(ref, aServer(), 'stopped');
    await clock.advance(20_000);
    assert.equal(ends.length, 0);
    await clock.advance(20_000);
    assert.deepEqual(ends.map(({ end, server, target }) => [end, server.status, target]), [['settled', 'active', 'stopped']]);
  });

  it('stops waiting when told, and does not begin again by itself', async () => {
    const { follower, clock, ends, looks } = await following(() => Promise.resolve(starting));
    follower.setWatched(true);
    assert.ok(follower.isFollowing(ref));
    follower.stop(ref);
    await clock.advance(60_000);
    assert.deepEqual(ends.map(({ end }) => end), ['stopped']);
    assert.equal(looks(), 0);
  });

  it('picks servers in transition up again when somebody looks, and lets go when nobody does', async () => {
    const { follower, clock, looks } = await following(() => Promise.resolve(starting));
    assert.ok(!follower.isFollowing(ref));
    follower.setWatched(true);
    assert.ok(follower.isFollowing(ref));
    follower.setWatched(false);
    await clock.advance(60_000);
    assert.equal(looks(), 0);
    assert.equal(clock.pendingCount, 0);
  });

  it('goes on with what a person asked for when nobody looks', async () => {
    const { follower, clock, looks } = await following(() => Promise.resolve(starting));
    follower.setWatched(true);
    follower.follow(ref, starting, 'active');
    follower.setWatched(false);
    await clock.advance(10_000);
    assert.ok(looks() > 0);
  });

  for (const kind of ['forbidden', 'unauthorized'] as const) {
    it(`does not begin again and again after a ${kind}`, async () => {
      const { follower, clock, looks, ends } = await following(() => Promise.reject(new AppError(kind, 'no')));
      follower.setWatched(true);
      await clock.advance(60_000);
      assert.equal(looks(), 1);
      assert.equal(ends.length, 1);
      assert.equal(clock.pendingCount, 0);
    });
  }

  it('follows a few that it noticed, and leaves many to the list', async () => {
    let many = Array.from({ length: 40 }, (_, index) => aServer({ id: String(index), status: 'starting' }));
    const { follower, session } = await signedIn({ listServers: () => Promise.resolve(aList(...many)) });
    await session.refresh();
    follower.setWatched(true);
    assert.equal(follower.count, 0);
    many = many.map((server, index) => ({ ...server, status: index < 5 ? 'starting' : 'active' }));
    await session.refresh();
    assert.equal(follower.count, 5);
    follower.dispose();
  });

  it('looks at many by one list for all of them', async () => {
    const ids = Array.from({ length: 40 }, (_, index) => String(index + 1));
    let status = 'stopping';
    const servers = (): Server[] => ids.map((id) => aServer({ id, status }));
    const { follower, session, clock, calls } = await signedIn({ listServers: () => Promise.resolve(aList(...servers())) });
    const ends: Followed[] = [];
    follower.onDidEnd((end) => ends.push(end));
    await session.refresh();
    for (const server of servers()) {
      follower.follow({ accountId: 'account-1', serverId: server.id }, server, 'stopped');
    }
    const before = calls.length;
    await clock.advance(60_000);
    // 2, 5, 9.5, 16.25, 26, 36, 46, 56 seconds after the beginning.
    assert.deepEqual(calls.slice(before).map(({ method }) => method), Array.from({ length: 8 }, () => 'listServers'));
    status = 'stopped';
    await clock.advance(10_000);
    assert.equal(ends.filter(({ end, server }) => end === 'settled' && server.status === 'stopped').length, 40);
    assert.equal(clock.pendingCount, 0);
  });

  it('looks at one of many by itself when the list does not name it any more', async () => {
    const ids = Array.from({ length: 10 }, (_, index) => String(index + 1));
    const listed = ids.map((id) => aServer({ id, status: 'stopping' }));
    const { follower, session, clock, calls } = await signedIn({
      listServers: () => Promise.resolve(aList(...listed)),
      getServer: () => Promise.reject(new AppError('notFound', '404')),
    });
    const ends: Followed[] = [];
    follower.onDidEnd((end) => ends.push(end));
    await session.refresh();
    for (const server of listed) {
      follower.follow({ accountId: 'account-1', serverId: server.id }, server, 'stopped');
    }
    listed.splice(0, 1);
    await clock.advance(2_000);
    assert.deepEqual(ends.map(({ end, ref: { serverId } }) => [serverId, end]), [['1', 'gone']]);
    assert.equal(calls.filter(({ method }) => method === 'getServer').length, 1);
    follower.dispose();
  });

  const listFailures = {
    500: { error: new AppError('server', '500', { status: 500 }), mostLists: 8, mostLooks: 36 },
    '429 with Retry-After': { error: new AppError('rateLimited', '429', { status: 429, retryAfterMs: 60_000 }), mostLists: 1, mostLooks: 0 },
    '503 with Retry-After': { error: new AppError('server', '503', { status: 503, retryAfterMs: 60_000 }), mostLists: 1, mostLooks: 0 },
  };
  for (const [words, { error, mostLists, mostLooks }] of Object.entries(listFailures)) {
    it(`asks for many no more often than for one while the list answers ${words}`, async () => {
      const servers = Array.from({ length: 40 }, (_, index) => aServer({ id: String(index), status: 'stopping' }));
      let fails = false;
      const { follower, session, clock, calls } = await signedIn({
        listServers: () => (fails ? Promise.reject(error) : Promise.resolve(aList(...servers))),
        getServer: () => Promise.reject(error),
      });
      await session.refresh();
      for (const server of servers) {
        follower.follow({ accountId: 'account-1', serverId: server.id }, server, 'stopped');
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
      assert.equal(follower.count, 40);
      follower.dispose();
    });
  }

  it('looks at many by themselves, in turns, where the list fails and they do not', async () => {
    const servers = Array.from({ length: 12 }, (_, index) => aServer({ id: String(index), status: 'stopping' }));
    let fails = false;
    const { follower, session, clock, calls } = await signedIn({
      listServers: () => (fails ? Promise.reject(new AppError('server', '500', { status: 500 })) : Promise.resolve(aList(...servers))),
      getServer: (id) => Promise.resolve(aServer({ id, status: 'stopped' })),
    });
    const ends: Followed[] = [];
    follower.onDidEnd((end) => ends.push(end));
    await session.refresh();
    for (const server of servers) {
      follower.follow({ accountId: 'account-1', serverId: server.id }, server, 'stopped');
    }
    fails = true;
    await clock.advance(60_000);
    assert.deepEqual(ends.map(({ end, server }) => [end, server.status]), Array.from({ length: 12 }, () => ['settled', 'stopped']));
    assert.equal(calls.filter(({ method }) => method === 'getServer').length, 12);
    assert.equal(clock.pendingCount, 0);
  });

  it('finds out what became of one of many that the list keeps back', async () => {
    const listed = Array.from({ length: 6 }, (_, index) => aServer({ id: String(index), status: 'stopping' }));
    const made = aServer({ id: '99', status: 'provisioning' });
    const { follower, session, clock } = await signedIn({
      listServers: () => Promise.resolve({ servers: listed, total: 7 }),
      getServer: () => Promise.resolve({ ...made, status: 'active' }),
    });
    const ends: Followed[] = [];
    follower.onDidEnd((end) => ends.push(end));
    await session.refresh();
    session.servers.applyServer(made, session.servers.now());
    for (const server of listed) {
      follower.follow({ accountId: 'account-1', serverId: server.id }, server, 'stopped');
    }
    follower.follow({ accountId: 'account-1', serverId: '99' }, made, 'active');
    await clock.advance(5_000);
    assert.deepEqual(ends.map(({ end, server }) => [end, server.status]), [['settled', 'active']]);
    follower.dispose();
  });

  it('leaves a server alone for as long as Retry-After asks, whatever the status says', async () => {
    const { follower, clock, looks } = await following(() =>
      Promise.reject(new AppError('server', '503', { status: 503, retryAfterMs: 300_000 })),
    );
    follower.follow(ref, starting, 'active');
    await clock.advance(301_999);
    assert.equal(looks(), 1);
    await clock.advance(1);
    assert.equal(looks(), 2);
    follower.dispose();
  });

  it('stops waiting at once also for a list that others wait for, and can begin anew at once', async () => {
    const listed = Array.from({ length: 6 }, (_, index) => aServer({ id: String(index), status: 'stopping' }));
    const list = deferred<ServerList>();
    let hangs = false;
    const { follower, session, clock } = await signedIn({
      listServers: () => (hangs ? list.promise : Promise.resolve(aList(...listed))),
      getServer: (id) => Promise.resolve(aServer({ id, status: 'stopped' })),
    });
    const ends: Followed[] = [];
    follower.onDidEnd((end) => ends.push(end));
    await session.refresh();
    const [first, second] = listed.map(({ id }) => ({ accountId: 'account-1', serverId: id })) as [ServerRef, ServerRef];
    for (const server of listed) {
      follower.follow({ accountId: 'account-1', serverId: server.id }, server, 'stopped');
    }
    await clock.advance(5_000);
    hangs = true;
    await clock.advance(10_000);
    follower.stop(first);
    follower.stop(second);
    follower.follow(second, aServer({ id: '1', status: 'stopping' }), 'stopped');
    await settle();
    assert.deepEqual(ends.map(({ end, ref: { serverId } }) => [serverId, end]), [['0', 'stopped'], ['1', 'stopped']]);
    assert.ok(!follower.isFollowing(first));
    assert.ok(follower.isFollowing(second));
    list.resolve(aList(...listed.map((server) => ({ ...server, status: 'stopped' }))));
    await clock.advance(2_000);
    assert.equal(ends.filter(({ end }) => end === 'settled').length, 5);
    assert.equal(clock.pendingCount, 0);
  });

  it('forgets that it was told to stop when the server is gone', async () => {
    const { follower, session } = await following(() => Promise.resolve(starting));
    follower.setWatched(true);
    session.servers.remove('12345');
    follower.stop(ref);
    await settle();
    session.servers.applyServer(starting, session.servers.now());
    assert.ok(follower.isFollowing(ref));
    follower.dispose();
  });
});
