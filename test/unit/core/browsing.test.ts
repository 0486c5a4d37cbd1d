import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { isFiltering, matcher, noFilter, parseFilter } from '../../../src/core/filter.ts';
import { groupServers } from '../../../src/core/grouping.ts';
import { runLimited } from '../../../src/core/concurrency.ts';
import { toAccountId, toServerRef, toServerRefs } from '../../../src/core/refs.ts';
import { aServer } from '../../support/builders.ts';
import { deferred } from '../../support/fakeApi.ts';
import { FakeClock, settle } from '../../support/fakeClock.ts';

describe('the filter', () => {
  const server = aServer({ ipv6Address: '2001:0db8::1' });
  for (const text of ['WEB', 'web01.example', '203.0.113', '2001:0DB8', 'standard', 'ubuntu', 'us-w', 'active', '12345', 'web ubuntu']) {
    it(`finds "${text}"`, () => assert.ok(matcher({ ...noFilter, text })(server)));
  }
  it('wants every word', () => assert.ok(!matcher({ ...noFilter, text: 'web debian' })(server)));
  it('wants one of the statuses and one of the locations', () => {
    assert.ok(matcher({ text: '', statuses: ['stopped', 'active'], locations: ['us-west'] })(server));
    assert.ok(!matcher({ text: '', statuses: ['stopped'], locations: [] })(server));
    assert.ok(!matcher({ text: '', statuses: [], locations: ['us-east'] })(server));
  });
  it('is off when it says nothing', () => {
    assert.ok(!isFiltering({ text: '  ', statuses: [], locations: [] }));
    assert.ok(isFiltering({ ...noFilter, text: 'x' }));
  });
  it('is read from anything that was stored, without complaint', () => {
    assert.deepEqual(parseFilter({ text: 'a', statuses: ['active', 3], locations: 'x' }), {
      text: 'a',
      statuses: ['active'],
      locations: [],
    });
    fc.assert(fc.property(fc.anything(), (value) => typeof parseFilter(value).text === 'string'));
  });
});

describe('groups', () => {
  const servers = [
    aServer({ id: '1', name: 'web-10', location: 'us-west' }),
    aServer({ id: '2', name: 'web-2', location: 'us-west', status: 'stopped' }),
    aServer({ id: '3', name: 'db', location: undefined }),
    aServer({ id: '4', name: 'api', location: 'eu-1' }),
  ];
  it('are by location, in order, the unknown last; servers by name with numbers as numbers', () => {
    assert.deepEqual(
      groupServers(servers, 'location').map((group) => [group.key, group.servers.map(({ name }) => name)]),
      [
        ['eu-1', ['api']],
        ['us-west', ['web-2', 'web-10']],
        ['', ['db']],
      ],
    );
  });
  it('are by status', () => {
    assert.deepEqual(groupServers(servers, 'status').map((group) => group.key), ['stopped', 'active']);
  });
  it('are one, when not wanted', () => assert.equal(groupServers(servers, 'none').length, 1));
  it('lose no server and double none', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', 'b', undefined)), (places) => {
        const all = places.map((location, index) => aServer({ id: String(index), location }));
        const ids = groupServers(all, 'location').flatMap((group) => group.servers.map(({ id }) => id));
        assert.deepEqual([...ids].sort(), all.map(({ id }) => id).sort());
      }),
    );
  });
});

describe('what asks for attention', () => {
  const servers = ['active', 'stopped', 'suspended', 'rebooting', 'migrating'].flatMap((status, index) => [
    aServer({ id: `${index}b`, name: `${status}-10`, status }),
    aServer({ id: `${index}a`, name: `${status}-2`, status }),
  ]);

  it('comes first within a group, the rest by name with numbers in natural order', () => {
    const [group] = groupServers(servers, 'none');
    assert.deepEqual(
      group?.servers.map(({ name }) => name),
      ['migrating-2', 'migrating-10', 'suspended-2', 'suspended-10', 'active-2', 'active-10', 'rebooting-2', 'rebooting-10', 'stopped-2', 'stopped-10'],
    );
  });

  it('comes first among the statuses', () => {
    assert.deepEqual(
      groupServers(servers, 'status').map(({ key }) => key),
      ['suspended', 'migrating', 'rebooting', 'stopped', 'active'],
    );
  });

  it('moves no row by a power action', () => {
    const [before] = groupServers(servers, 'none');
    const stopping = servers.map((server) => (server.status === 'active' ? { ...server, status: 'stopping' } : server));
    const [after] = groupServers(stopping, 'none');
    assert.deepEqual(after?.servers.map(({ id }) => id), before?.servers.map(({ id }) => id));
  });
});

describe('work on many things', () => {
  it('runs so many at a time and keeps the order of the results', async () => {
    let running = 0;
    let most = 0;
    const results = await runLimited([1, 2, 3, 4, 5, 6], 2, async (item) => {
      most = Math.max(most, (running += 1));
      await settle();
      running -= 1;
      return item * 10;
    });
    assert.deepEqual(results, [10, 20, 30, 40, 50, 60]);
    assert.equal(most, 2);
  });
  it('begins nothing more once it is called off', async () => {
    const abort = new AbortController();
    const first = deferred<string>();
    const begun: number[] = [];
    const all = runLimited(
      [1, 2, 3],
      1,
      (item) => {
        begun.push(item);
        return first.promise;
      },
      abort.signal,
    );
    abort.abort();
    first.resolve('done');
    assert.deepEqual(await all, ['done', undefined, undefined]);
    assert.deepEqual(begun, [1]);
  });
});

describe('work on many things that is asked to slow down', () => {
  const every = [1, 2, 3, 4, 5, 6, 7, 8];
  const slow = Symbol('slow');

  function run(clock: FakeClock, work: (item: number) => number | typeof slow, pauseMs = 10_000, signal?: AbortSignal) {
    const begun: number[] = [];
    const pauses: number[] = [];
    const all = runLimited(
      every,
      3,
      async (item) => {
        begun.push(item);
        await Promise.resolve();
        return work(item);
      },
      signal,
      { clock, pauseAfter: (result) => (result === slow ? pauseMs : undefined), longestPauseMs: 60_000, onPause: (ms) => pauses.push(ms) },
    );
    return { all, begun, pauses };
  }

  it('pauses as a whole, then goes on one at a time', async () => {
    const clock = new FakeClock();
    const { all, begun, pauses } = run(clock, (item) => (item === 2 ? slow : item));
    await clock.advance(9_999);
    // What was under way by then ended; nothing new began.
    const before = [...begun];
    assert.ok(before.length >= 3 && before.length < 8, String(before));
    await clock.advance(1);
    await clock.advance(0);
    assert.deepEqual(await all, [1, slow, 3, 4, 5, 6, 7, 8]);
    assert.deepEqual(pauses, [10_000]);
    assert.equal(clock.pendingCount, 0);
  });

  it('does not begin what it would have to wait too long for', async () => {
    const clock = new FakeClock();
    const { all, pauses } = run(clock, (item) => (item === 1 ? slow : item), 60_001);
    await clock.advance(0);
    const results = await all;
    assert.equal(results[0], slow);
    assert.equal(results.at(-1), undefined);
    assert.deepEqual(pauses, []);
  });

  it('ends at once when it is called off during a pause', async () => {
    const clock = new FakeClock();
    const abort = new AbortController();
    const { all } = run(clock, () => slow, 10_000, abort.signal);
    await clock.advance(5_000);
    abort.abort();
    await clock.advance(0);
    assert.equal((await all).filter((result) => result === undefined).length, 5);
    assert.equal(clock.pendingCount, 0);
  });
});

describe('a command argument', () => {
  it('stands for the servers of a group, and for no others', () => {
    const group = { kind: 'group', children: [{ accountId: 'a', serverId: '1' }, { accountId: 'a' }, null, { accountId: 'a', serverId: '2' }] };
    assert.deepEqual(toServerRefs(group).map(({ serverId }) => serverId), ['1', '2']);
    for (const value of [undefined, null, 'group', { kind: 'group' }, { kind: 'group', children: 'x' }, { kind: 'account', children: group.children }]) {
      assert.deepEqual(toServerRefs(value), []);
    }
  });

  it('names a server only where it has both ids as text', () => {
    assert.deepEqual(toServerRef({ accountId: 'a', serverId: '1', status: 'x' }), { accountId: 'a', serverId: '1' });
    for (const value of [undefined, null, 'a', 1, {}, { accountId: 'a' }, { accountId: 1, serverId: '1' }, { accountId: '', serverId: '' }]) {
      assert.equal(toServerRef(value), undefined);
    }
  });
  it('names an account only where it has its id as text', () => {
    assert.equal(toAccountId({ accountId: 'a' }), 'a');
    assert.equal(toAccountId(['a']), undefined);
  });
});
