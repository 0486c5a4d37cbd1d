import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { ServerList } from '../../../src/api/api.ts';
import { AppError } from '../../../src/core/errors.ts';
import type { Server } from '../../../src/core/server.ts';
import { aList, anAccount, aServer } from '../../support/builders.ts';
import { deferred } from '../../support/fakeApi.ts';
import { settle } from '../../support/fakeClock.ts';
import { signedIn } from '../../support/world.ts';

const unauthorized = (): AppError => new AppError('unauthorized', '401', { status: 401 });

describe('an account at work', () => {
  it('asks for one list at a time, however many ask', async () => {
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

  it('keeps its list when a refresh fails', async () => {
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

  it('is rejected by a 401 once, and accepted again when the API thinks better of it', async () => {
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

  it('is not accepted again by what the API said before it refused', async () => {
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

  it('drops the answers that come by a token which was replaced', async () => {
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
    assert.deepEqual(session.servers.servers.map(({ name }) => name), ['new']);
    assert.deepEqual(connected, ['vps_test_token_1', 'vps_new']);
  });

  it('does not take an old token\'s 401 for one of the new token', async () => {
    const first = deferred<ServerList>();
    const { session, accountStore } = await signedIn({ listServers: () => first.promise });
    const old = session.refresh();
    await settle();
    await accountStore.save(anAccount({ token: 'vps_new' }));
    first.reject(unauthorized());
    await assert.rejects(old, { kind: 'cancelled' });
    assert.ok(!session.isRejected);
  });

  it('ends when its account is signed out, here or elsewhere', async () => {
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

  it('forgets a server that the API does not know any more', async () => {
    const { session } = await signedIn({
      listServers: () => Promise.resolve(aList(aServer())),
      getServer: () => Promise.reject(new AppError('notFound', '404')),
    });
    await session.refresh();
    assert.equal(await session.loadServer('12345'), undefined);
    assert.deepEqual(session.servers.servers, []);
  });

  it('takes a server for gone when that is known by the time an older answer arrives', async () => {
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

  it('shows no usage that a look did not find any more', async () => {
    const usage = { cpuPercent: 23.5, memoryUsedMiB: 2048, diskUsedGB: 35, bandwidthUsedGB: 450 };
    const looks = [aServer({ usage }), aServer()];
    const { session } = await signedIn({ getServer: () => Promise.resolve(looks.shift()!) });
    assert.deepEqual((await session.loadServer('12345'))?.usage, usage);
    assert.equal((await session.loadServer('12345'))?.usage, undefined);
  });

  it('tries to connect again after that failed', async () => {
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
