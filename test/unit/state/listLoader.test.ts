import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'mocha';
import type { CallOptions } from '../../../src/api/http/transport.ts';
import type { ServerList } from '../../../src/api/servers.ts';
import type { ListQuery } from '../../../src/core/filter.ts';
import { AppError } from '../../../src/core/errors.ts';
import { matchesQuery } from '../../../src/core/filter.ts';
import type { Server } from '../../../src/core/server.ts';
import type { Connection } from '../../../src/state/session.ts';
import { aList, aServer } from '../../support/builders.ts';
import { deferred, fakeApi } from '../../support/fakeApi.ts';
import { settle } from '../../support/fakeClock.ts';
import { signedIn } from '../../support/world.ts';

const minutes = 60_000;

describe('ListLoader while a request waits', () => {
  it('shows the reason of a long wait, and of none that is over before it is read', async () => {
    const reply = deferred<ServerList>();
    let wait: CallOptions['onWait'];
    const { session, clock } = await signedIn({
      listServers: (_query, options) => {
        wait = options?.onWait;
        return reply.promise;
      },
    });
    const refreshed = session.refresh();
    await settle();
    const limited = new AppError('rateLimited', '429', { retryAfterMs: 15_000 });
    wait?.(1_999, new AppError('network', 'refused'));
    assert.equal(session.servers.load.error, undefined);
    wait?.(15_000, limited);
    assert.equal(session.servers.load.error, limited);
    assert.equal(session.servers.load.isLoading, true);
    reply.resolve(aList(aServer()));
    await refreshed;
    assert.equal(session.servers.load.error, undefined);
    assert.equal(session.servers.load.loadedAt, clock.now());
  });
});

describe('ListLoader with a query', () => {
  let servers: Server[];
  let asked: ListQuery[];
  let looked: string[];
  let fault: AppError | undefined;

  beforeEach(() => {
    servers = Array.from({ length: 12 }, (_, index) =>
      aServer({ id: String(index), status: index < 4 ? 'stopped' : 'active' }),
    );
    asked = [];
    looked = [];
    fault = undefined;
  });

  const truth = (query: ListQuery = {}): ServerList => {
    const listed = servers.filter((server) => matchesQuery(server, query));
    return { servers: listed, total: listed.length };
  };

  async function world(
    listServers: (query: ListQuery) => Promise<ServerList> = (query) =>
      Promise.resolve(truth(query)),
  ) {
    const state = await signedIn({
      listServers: (query = {}) => {
        asked.push(query);
        return listServers(query);
      },
      getServer: (id) => {
        looked.push(id);
        const found = servers.find((server) => server.id === id);
        return found && !fault
          ? Promise.resolve(found)
          : Promise.reject(fault ?? new AppError('notFound', '404'));
      },
    });
    return { ...state, statusOf: (id: string) => state.session.servers.get(id)?.status };
  }

  function change(id: string, facts: Partial<Server>): void {
    servers = servers.map((server) => (server.id === id ? { ...server, ...facts } : server));
  }

  it('requests the complete list first, then the filtered one', async () => {
    const { session } = await world();
    session.setQuery({ status: 'stopped' });
    await session.refreshShown();
    await session.refreshShown();
    assert.deepEqual(asked, [{}, { status: 'stopped' }]);
    assert.equal(session.servers.servers.length, 12);
  });

  it('refreshes when the query changes, and not for the same query', async () => {
    const { session, sessions } = await world();
    await session.refresh();
    sessions.setQuery({ location: 'us-west' });
    sessions.setQuery({ location: 'us-west' });
    await session.refreshShown();
    assert.deepEqual(asked, [{}, { location: 'us-west' }]);
  });

  it('requests the complete list every ten minutes, and whenever it is needed', async () => {
    const { session, clock } = await world();
    session.setQuery({ status: 'stopped' });
    await session.refresh();
    await clock.advance(9 * minutes);
    await session.refreshShown();
    await clock.advance(1 * minutes);
    await session.refreshShown();
    await session.refresh();
    assert.deepEqual(asked, [{}, { status: 'stopped' }, {}, {}]);
  });

  it('fetches a server that is missing from the filtered list', async () => {
    const { session, statusOf } = await world();
    session.setQuery({ status: 'stopped' });
    await session.refresh();
    change('1', { status: 'active' });
    servers = servers.filter(({ id }) => id !== '2');
    await session.refreshShown();
    assert.deepEqual(looked.toSorted(), ['1', '2']);
    assert.equal(statusOf('1'), 'active');
    assert.equal(statusOf('2'), undefined);
    assert.equal(statusOf('7'), 'active');
  });

  it('requests the complete list when many servers are missing', async () => {
    const { session } = await world();
    session.setQuery({ status: 'active' });
    await session.refresh();
    servers = servers.map((server) => ({ ...server, status: 'stopped' }));
    await session.refreshShown();
    assert.deepEqual(asked, [{}, { status: 'active' }, {}]);
    assert.deepEqual(looked, []);
    assert.ok(session.servers.servers.every(({ status }) => status === 'stopped'));
  });

  it('stops narrowing when the API omits a matching server', async () => {
    const { session, statusOf } = await world((query) =>
      Promise.resolve(query.status ? { servers: [], total: 0 } : truth()),
    );
    session.setQuery({ status: 'stopped' });
    await session.refresh();
    await session.refreshShown();
    await session.refreshShown();
    assert.deepEqual(asked, [{}, { status: 'stopped' }, {}]);
    assert.equal(statusOf('1'), 'stopped');
  });

  it('keeps missing servers when the API withholds some', async () => {
    const { session } = await world((query) =>
      Promise.resolve(query.status ? { servers: [], total: 4 } : truth()),
    );
    session.setQuery({ status: 'stopped' });
    await session.refresh();
    await session.refreshShown();
    assert.deepEqual(looked, []);
    assert.equal(session.servers.servers.length, 12);
  });

  it('sends one request at a time, and never serves a filtered list for a complete one', async () => {
    const first = deferred<ServerList>();
    let isFirst = true;
    const { session } = await world((query) => {
      if (query.status && isFirst) {
        isFirst = false;
        return first.promise;
      }
      return Promise.resolve(truth(query));
    });
    await session.refresh();
    session.setQuery({ status: 'stopped' });
    const part = session.refreshShown();
    const wholes = [session.refresh(), session.refresh()];
    session.setQuery({ status: 'active' });
    const other = session.refreshShown();
    await settle();
    assert.equal(asked.length, 2);
    first.resolve(truth({ status: 'stopped' }));
    await Promise.all([part, ...wholes, other]);
    // The complete list that was under way serves the other query too.
    assert.deepEqual(asked, [{}, { status: 'stopped' }, {}]);
  });

  it('keeps the servers and the error when a request fails', async () => {
    const { session } = await world((query) =>
      query.status ? Promise.reject(new AppError('network', 'cut')) : Promise.resolve(truth()),
    );
    session.setQuery({ status: 'stopped' });
    await session.refresh();
    await assert.rejects(session.refreshShown(), { kind: 'network' });
    assert.equal(session.servers.servers.length, 12);
    assert.equal(session.servers.load.error?.kind, 'network');
  });

  it('requests the complete list as soon as the query is cleared', async () => {
    const { session, sessions } = await world();
    sessions.setQuery({ status: 'stopped' });
    await session.refresh();
    sessions.setQuery({});
    await session.refreshShown();
    assert.deepEqual(asked, [{}, {}]);
  });

  it('succeeds when fetching a missing server fails, and keeps that server', async () => {
    const { session, statusOf } = await world();
    session.setQuery({ status: 'stopped' });
    await session.refresh();
    change('1', { status: 'active' });
    const [known] = servers.splice(1, 1);
    fault = new AppError('network', 'cut');
    await session.refreshShown();
    assert.equal(session.servers.load.error, undefined);
    assert.equal(statusOf('1'), 'stopped');
    fault = undefined;
    servers.push(known!);
    await session.refreshShown();
    assert.deepEqual(asked, [{}, { status: 'stopped' }, { status: 'stopped' }]);
    assert.equal(statusOf('1'), 'active');
  });
});

describe('ListLoader without a query', () => {
  it('does not repeat a failed request within the given age', async () => {
    const answers = [
      aList(aServer()),
      new AppError('network', 'cut'),
      new AppError('server', '503', { retryAfterMs: 60_000 }),
      aList(),
    ];
    const { session, clock, calls } = await signedIn({
      listServers: () => {
        const answer = answers.shift()!;
        return answer instanceof AppError ? Promise.reject(answer) : Promise.resolve(answer);
      },
    });
    await session.refresh();
    await clock.advance(10_000);
    await assert.rejects(session.refreshIfOlder(8_000), { kind: 'network' });
    await assert.rejects(session.refreshIfOlder(8_000), { kind: 'network' });
    assert.equal(calls.length, 2);
    await clock.advance(8_000);
    await assert.rejects(session.refreshIfOlder(8_000), { kind: 'server' });
    await clock.advance(59_999);
    await assert.rejects(session.refreshIfOlder(8_000), { kind: 'server' });
    assert.equal(calls.length, 3);
    await clock.advance(1);
    await session.refreshIfOlder(8_000);
    assert.equal(calls.length, 4);
  });

  for (const facts of [{ total: 20 }, { total: 1, mayBeIncomplete: true }]) {
    it(`that cannot tell of servers in transition has a few of them looked at in turn (${JSON.stringify(facts)})`, async () => {
      const made = Array.from({ length: 7 }, (_, index) =>
        aServer({ id: String(index), status: 'provisioning' }),
      );
      const looked: string[] = [];
      const { session } = await signedIn({
        listServers: () => Promise.resolve({ servers: [aServer()], ...facts }),
        getServer: (id) => {
          looked.push(id);
          return id === '3'
            ? Promise.reject(new AppError('network', 'cut'))
            : Promise.resolve(made[Number(id)]!);
        },
      });
      for (const server of made) {
        session.servers.applyServer(server, session.servers.nextRevision());
      }
      await session.refresh();
      assert.equal(looked.length, 5);
      await session.refresh();
      assert.deepEqual(looked.toSorted(), ['0', '1', '2', '3', '4', '5', '6']);
    });
  }

  it('does not end loading when a request of the previous token ends', async () => {
    const list = deferred<ServerList>();
    const { session } = await signedIn({});
    const connection = deferred<Connection>();
    const { api } = fakeApi({
      listServers: (_query, { signal } = {}) =>
        signal?.aborted ? Promise.reject(AppError.cancelled()) : list.promise,
    });
    session.replace(session.account, () => connection.promise);
    const old = session.refresh();
    session.replace(session.account, () => Promise.resolve({ api, dispose: () => undefined }));
    const next = session.refresh();
    connection.resolve({ api, dispose: () => undefined });
    await assert.rejects(old, { kind: 'cancelled' });
    assert.ok(session.servers.load.isLoading);
    list.resolve(aList());
    await next;
    assert.ok(!session.servers.load.isLoading);
  });
});
