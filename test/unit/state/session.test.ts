import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { ServerList } from '../../../src/api/servers.ts';
import { AppError } from '../../../src/core/errors.ts';
import type { Server } from '../../../src/core/server.ts';
import { aList, anAccount, aServer } from '../../support/builders.ts';
import { deferred } from '../../support/fakeApi.ts';
import { settle } from '../../support/fakeClock.ts';
import { signedIn } from '../../support/world.ts';

const unauthorized = (): AppError => new AppError('unauthorized', '401', { status: 401 });

describe('Session', () => {
  it('shares one list request among concurrent callers', async () => {
    const list = deferred<ServerList>();
    const { session, calls } = await signedIn({ listServers: () => list.promise });
    const all = [session.refresh(), session.refresh()];
    await settle();
    assert.equal(calls.length, 1);
    list.resolve(aList(aServer()));
    await Promise.all(all);
    assert.equal(session.servers.servers.length, 1);
    assert.ok(session.servers.load.loadedAt);
  });

  it('keeps the list when a refresh fails', async () => {
    const answers: (() => Promise<ServerList>)[] = [
      () => Promise.resolve(aList(aServer())),
      () => Promise.reject(new AppError('network', 'cut')),
    ];
    const { session } = await signedIn({ listServers: () => answers.shift()!() });
    await session.refresh();
    await assert.rejects(session.refresh(), { kind: 'network' });
    assert.equal(session.servers.servers.length, 1);
    assert.equal(session.servers.load.error?.kind, 'network');
  });

  it('reports a 401 once, and recovers when a later request succeeds', async () => {
    const answers: (() => Promise<ServerList>)[] = [
      () => Promise.reject(unauthorized()),
      () => Promise.reject(unauthorized()),
      () => Promise.resolve(aList()),
    ];
    const { session } = await signedIn({ listServers: () => answers.shift()!() });
    let changes = 0;
    session.onDidChange(() => (changes += 1));
    await assert.rejects(session.refresh());
    await assert.rejects(session.refresh());
    assert.ok(session.isRejected);
    assert.equal(changes, 1);
    await session.refresh();
    assert.ok(!session.isRejected);
  });

  it('does not recover with a reply to a request from before the 401', async () => {
    const look = deferred<Server>();
    const { session } = await signedIn({
      listServers: () => Promise.reject(unauthorized()),
      getServer: () => look.promise,
    });
    const looked = [session.loadServer('12345')];
    await settle();
    await assert.rejects(session.refresh());
    looked.push(session.loadServer('12345'));
    await settle();
    await assert.rejects(session.refresh());
    look.resolve(aServer());
    await Promise.all(looked);
    assert.ok(session.isRejected);
    await session.loadServer('12345');
    assert.ok(!session.isRejected);
  });

  it('drops replies to requests of a replaced token', async () => {
    const lists = [deferred<ServerList>(), deferred<ServerList>()];
    let asked = 0;
    const { session, accountStore, connected } = await signedIn({
      listServers: () => lists[asked++]!.promise,
    });
    const old = session.refresh();
    await settle();
    await accountStore.save(anAccount({ token: 'vps_new' }));
    const refreshed = session.refresh();
    lists[0]!.resolve(aList(aServer({ name: 'old' })));
    await assert.rejects(old, { kind: 'cancelled' });
    lists[1]!.resolve(aList(aServer({ name: 'new' })));
    await refreshed;
    assert.deepEqual(
      session.servers.servers.map(({ name }) => name),
      ['new'],
    );
    assert.deepEqual(connected, ['vps_test_token_1', 'vps_new']);
  });

  it("does not take an old token's 401 for one of the new token", async () => {
    const first = deferred<ServerList>();
    const { session, accountStore } = await signedIn({ listServers: () => first.promise });
    const old = session.refresh();
    await settle();
    await accountStore.save(anAccount({ token: 'vps_new' }));
    first.reject(unauthorized());
    await assert.rejects(old, { kind: 'cancelled' });
    assert.ok(!session.isRejected);
  });

  it('ends when the account signs out in any window', async () => {
    const list = deferred<ServerList>();
    const { session, sessions, accountStore } = await signedIn({ listServers: () => list.promise });
    const refreshing = session.refresh();
    await settle();
    await accountStore.remove('account-1');
    list.resolve(aList(aServer()));
    await assert.rejects(refreshing, { kind: 'cancelled' });
    assert.deepEqual(sessions.all, []);
    assert.deepEqual(session.servers.servers, []);
  });

  it('removes a server after a 404 that a complete list confirms', async () => {
    const lists = [aList(aServer())];
    const { session, calls } = await signedIn({
      listServers: () => Promise.resolve(lists.shift() ?? aList()),
      getServer: () => Promise.reject(new AppError('notFound', '404')),
    });
    await session.refresh();
    assert.equal(await session.loadServer('12345'), undefined);
    assert.deepEqual(session.servers.servers, []);
    assert.equal(await session.loadServer('12345'), undefined);
    assert.equal(calls.filter(({ method }) => method === 'listServers').length, 2);
  });

  it('keeps a server after a 404 that the list contradicts', async () => {
    const { session } = await signedIn({
      listServers: () => Promise.resolve(aList(aServer())),
      getServer: () => Promise.reject(new AppError('notFound', '404')),
    });
    await session.refresh();
    await assert.rejects(session.loadServer('12345'), { kind: 'notFound' });
    assert.equal(session.servers.servers.length, 1);
  });

  for (const gap of ['withheld', 'mayBeIncomplete'] as const) {
    it(`removes a server after a 404 and a list without it, where no list is ever complete: ${gap}`, async () => {
      const incomplete = (...servers: Server[]): ServerList =>
        gap === 'withheld'
          ? { servers, total: servers.length + 5 }
          : { servers, total: servers.length, mayBeIncomplete: true };
      let listed = [aServer(), aServer({ id: '2' })];
      const missing = new Set(['2', '3']);
      const { session } = await signedIn({
        listServers: () => Promise.resolve(incomplete(...listed)),
        getServer: (id) =>
          missing.has(id)
            ? Promise.reject(new AppError('notFound', '404'))
            : Promise.resolve(aServer({ id })),
      });
      await session.refresh();
      // The list contradicts the 404.
      await assert.rejects(session.loadServer('2'), { kind: 'notFound' });
      assert.ok(session.servers.get('2'));
      listed = [];
      assert.equal(await session.loadServer('2'), undefined);
      assert.equal(session.servers.get('2'), undefined);
      // No list contains it, but VPS.org does.
      assert.ok(session.servers.get('12345'));
    });
  }

  it('keeps a server after a 404 where a list was complete before and the next one is not', async () => {
    const lists: ServerList[] = [aList(aServer())];
    const { session } = await signedIn({
      listServers: () => Promise.resolve(lists.shift() ?? { servers: [], total: 1 }),
      getServer: () => Promise.reject(new AppError('notFound', '404')),
    });
    await session.refresh();
    await assert.rejects(session.loadServer('12345'), { kind: 'notFound' });
    assert.equal(session.servers.servers.length, 1);
  });

  it('removes a server that two incomplete lists lack and VPS.org does not find', async () => {
    const full = [aServer(), aServer({ id: '2' })];
    const lists = [full];
    const { session } = await signedIn({
      listServers: () => {
        const servers = lists.shift() ?? full.slice(0, 1);
        return Promise.resolve({ servers, total: servers.length, mayBeIncomplete: true });
      },
      getServer: () => Promise.reject(new AppError('notFound', '404')),
    });
    await session.refresh();
    await session.refresh();
    assert.deepEqual(
      session.servers.servers.map(({ id }) => id),
      ['12345'],
    );
  });

  it('removes a server of an earlier run that a complete list lacks', async () => {
    const { session } = await signedIn({ listServers: () => Promise.resolve(aList(aServer())) });
    session.servers.restore([aServer({ name: 'old' }), aServer({ id: '2' })], 1_000);
    assert.equal(session.servers.servers.length, 2);
    await session.refresh();
    assert.deepEqual(
      session.servers.servers.map(({ name }) => name),
      ['web-server-01'],
    );
  });

  it('shares the list that confirms the 404s of many servers', async () => {
    const servers = Array.from({ length: 40 }, (_, index) => aServer({ id: String(index) }));
    const { session, calls } = await signedIn({
      listServers: () => Promise.resolve(aList(...servers)),
      getServer: () => Promise.reject(new AppError('notFound', '404')),
    });
    await session.refresh();
    servers.splice(0, 20);
    const loads = Array.from({ length: 40 }, (_, index) => session.loadServer(String(index)));
    const results = await Promise.allSettled(loads);
    assert.equal(results.filter(({ status }) => status === 'fulfilled').length, 20);
    assert.equal(session.servers.servers.length, 20);
    assert.ok(calls.filter(({ method }) => method === 'listServers').length <= 3);
  });

  it('does not wait for the confirming list after an abort', async () => {
    const lists = [Promise.resolve(aList(aServer()))];
    const { session } = await signedIn({
      listServers: () => lists.shift() ?? new Promise(() => undefined),
      getServer: () => Promise.reject(new AppError('notFound', '404')),
    });
    await session.refresh();
    const abort = new AbortController();
    const loading = session.loadServer('12345', abort.signal);
    await settle();
    abort.abort();
    await assert.rejects(loading, { kind: 'cancelled' });
    assert.equal(session.servers.servers.length, 1);
  });

  it('returns undefined when the server was removed before an older reply arrives', async () => {
    const look = deferred<Server>();
    const { session } = await signedIn({
      listServers: () => Promise.resolve(aList(aServer())),
      getServer: () => look.promise,
    });
    await session.refresh();
    const looked = session.loadServer('12345');
    await settle();
    session.servers.remove('12345');
    look.resolve(aServer());
    assert.equal(await looked, undefined);
    assert.deepEqual(session.servers.servers, []);
  });

  it('drops usage that a detail reply no longer contains', async () => {
    const usage = { cpuPercent: 23.5, memoryUsedMiB: 2048, diskUsedGB: 35, bandwidthUsedGB: 450 };
    const looks = [aServer({ usage }), aServer()];
    const { session } = await signedIn({ getServer: () => Promise.resolve(looks.shift()!) });
    assert.deepEqual((await session.loadServer('12345'))?.usage, usage);
    assert.equal((await session.loadServer('12345'))?.usage, undefined);
  });

  it('connects again after a failure', async () => {
    const { session, sessions } = await signedIn({ listServers: () => Promise.resolve(aList()) });
    let tries = 0;
    session.replace(session.account, () => {
      tries += 1;
      return Promise.reject(new Error('no port'));
    });
    await assert.rejects(session.refresh(), { kind: 'server' });
    await assert.rejects(session.refresh(), { kind: 'server' });
    assert.equal(tries, 2);
    assert.equal(sessions.all.length, 1);
  });
});
