import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { ServersApi } from '../../../src/api/client.ts';
import { AppError } from '../../../src/core/errors.ts';
import { openActivityMemory } from '../../../src/host/activityFile.ts';
import { maxEntries } from '../../../src/state/activityLog.ts';
import { activityWorld } from '../../support/activityWorld.ts';
import { aList, aServer } from '../../support/builders.ts';
import { settle } from '../../support/fakeClock.ts';

const ref = { accountId: 'account-1', serverId: '12345' };
const minuteMs = 60_000;

const stops: Pick<ServersApi, 'power'> = {
  power: (id, action) =>
    Promise.resolve({
      server: {
        id,
        name: undefined,
        status: { start: 'starting', stop: 'stopping', reboot: 'rebooting' }[action],
      },
      message: undefined,
    }),
};

describe('ChangeTracker', () => {
  it('marks, records and reports a change that follows from nothing done here', async () => {
    const world = await activityWorld();
    await world.refresh();
    world.set({ status: 'suspended' });
    await world.refresh();
    assert.ok(world.changedServers.has(ref));
    assert.deepEqual(
      world.found.map(({ name, before, after }) => [name, before, after]),
      [['web-server-01', 'active', 'suspended']],
    );
    assert.deepEqual(await world.lines(), ['web-server-01: active -> suspended']);
  });

  it('ignores the first list, and everything but statuses', async () => {
    const world = await activityWorld();
    await world.refresh();
    world.set({ name: 'renamed', plan: undefined });
    await world.refresh();
    assert.deepEqual(world.found, []);
    assert.ok(!world.changedServers.has(ref));
  });

  it('compares the first list with the cached one, and says when that was', async () => {
    const world = await activityWorld();
    const cachedAt = world.clock.now() - 60 * minuteMs;
    world.session.servers.restore([aServer()], cachedAt);
    world.set({ status: 'stopped' });
    await world.refresh();
    assert.deepEqual(
      world.found.map(({ after, comparedAt }) => [after, comparedAt]),
      [['stopped', cachedAt]],
    );
  });

  it('ignores what an action from here led to, until another change follows', async () => {
    const world = await activityWorld({ answers: stops });
    await world.refresh();
    await world.actions.power(ref, 'stop');
    world.set({ status: 'stopping' });
    await world.refresh();
    world.set({ status: 'stopped' });
    await world.clock.advance(minuteMs);
    await world.refresh();
    assert.deepEqual(world.found, []);
    assert.ok(!world.changedServers.has(ref));
    world.set({ status: 'active' });
    await world.refresh();
    world.set({ status: 'stopped' });
    await world.refresh();
    assert.deepEqual(
      world.found.map(({ before, after }) => [before, after]),
      [
        ['stopped', 'active'],
        ['active', 'stopped'],
      ],
    );
  });

  it('ignores what another window did, even before it has the answer', async () => {
    const file = openActivityMemory();
    const acting = await activityWorld({
      file,
      answers: { power: () => new Promise(() => undefined) },
    });
    const world = await activityWorld({ file });
    await acting.session.refresh();
    await world.refresh();
    void acting.actions.power(ref, 'stop');
    world.set({ status: 'stopped' });
    await world.refresh();
    assert.deepEqual(world.found, []);
    assert.deepEqual(await world.lines(), ['web-server-01: stop sent']);
  });

  it('ignores what an action on more servers than the activity shows led to', async () => {
    const file = openActivityMemory();
    const world = await activityWorld({ file });
    const ids = Array.from({ length: 2 * maxEntries }, (_, index) => `server-${index}`);
    world.servers.clear();
    ids.forEach((id) => world.set({ name: id }, id));
    await world.refresh();
    for (const id of ids) {
      // A long message fills the file, so that it is compacted several times.
      const end = world.record({ ...ref, serverId: id, action: 'stop', name: id });
      end({ kind: 'done', message: 'long '.repeat(1_000) });
      world.set({ status: 'stopped' }, id);
      await settle();
    }
    const other = await activityWorld({ file });
    ids.forEach((id) => other.set({ name: id }, id));
    await other.refresh();
    ids.forEach((id) => other.set({ status: 'stopped' }, id));
    await other.refresh();
    await world.refresh();
    assert.deepEqual([world.found.length, other.found.length], [0, 0]);
    assert.equal((await world.log.read()).length, maxEntries);
  });

  it('does not take an action for the reason whose result a newer one undid', async () => {
    const file = openActivityMemory();
    const acting = await activityWorld({ file, answers: stops });
    await acting.session.refresh();
    await acting.actions.power(ref, 'stop');
    acting.set({ status: 'stopped' });
    await acting.clock.advance(5 * minuteMs);
    await acting.actions.power(ref, 'start');
    const world = await activityWorld({ file });
    await world.clock.advance(10 * minuteMs);
    await world.refresh();
    world.set({ status: 'stopped' });
    await world.clock.advance(minuteMs);
    await world.refresh();
    assert.deepEqual(
      world.found.map(({ before, after }) => [before, after]),
      [['active', 'stopped']],
    );
  });

  it('reports a change that an action from here does not lead to', async () => {
    const file = openActivityMemory();
    const acting = await activityWorld({ file, answers: stops });
    const world = await activityWorld({ file });
    await acting.session.refresh();
    await world.refresh();
    await acting.actions.power(ref, 'stop');
    world.set({ status: 'suspended' });
    await world.refresh();
    assert.equal(world.found.length, 1);
  });

  it('does not take a refused action for the reason', async () => {
    const refused = new AppError('invalid', '400', { status: 400 });
    const world = await activityWorld({ answers: { power: () => Promise.reject(refused) } });
    await world.refresh();
    world.set({ status: 'stopped' });
    await world.actions.power(ref, 'stop');
    await world.clock.advance(4_000);
    assert.equal(world.found.length, 1);
    assert.deepEqual([...(await world.lines())].sort(), [
      'web-server-01: active -> stopped',
      'web-server-01: stop refused',
    ]);
  });

  it('does not report what another window announced, but marks it', async () => {
    const file = openActivityMemory();
    const [first, second] = [await activityWorld({ file }), await activityWorld({ file })];
    for (const world of [first, second]) {
      await world.refresh();
      await world.clock.advance(minuteMs);
      world.set({ status: 'suspended' });
      await world.refresh();
      assert.ok(world.changedServers.has(ref));
    }
    assert.deepEqual([first.found.length, second.found.length], [1, 0]);
    assert.equal((await second.lines()).length, 1);
  });

  it('reports what another window found and did not announce, and records it once', async () => {
    const file = openActivityMemory();
    const worlds = [
      await activityWorld({ file, isAnnouncing: false }),
      await activityWorld({ file }),
      await activityWorld({ file }),
    ];
    for (const world of worlds) {
      await world.refresh();
      await world.clock.advance(minuteMs);
      world.set({ status: 'suspended' });
      await world.refresh();
    }
    assert.deepEqual(
      worlds.map(({ found }) => found.length),
      [1, 1, 0],
    );
    assert.deepEqual(await worlds[0]?.lines(), ['web-server-01: active -> suspended']);
  });

  it('counts the message about an unexpected end of waiting as announced', async () => {
    const file = openActivityMemory();
    const acting = await activityWorld({ file, answers: stops });
    const world = await activityWorld({ file });
    await acting.refresh();
    await world.refresh();
    acting.set({ status: 'suspended' });
    world.set({ status: 'suspended' });
    await acting.actions.power(ref, 'reboot');
    await acting.clock.advance(2 * minuteMs);
    await world.refresh();
    assert.deepEqual([acting.found, world.found], [[], []]);
  });

  it('waits for a transition to settle, and records a reboot', async () => {
    const world = await activityWorld();
    await world.refresh();
    for (const status of ['rebooting', 'active']) {
      assert.ok(!world.changedServers.has(ref));
      world.set({ status });
      await world.refresh();
    }
    assert.ok(world.changedServers.has(ref));
    assert.deepEqual(await world.lines(), ['web-server-01: rebooting -> active']);
  });

  it('ignores a status that comes and goes', async () => {
    const world = await activityWorld();
    await world.refresh();
    world.set({ status: 'unknown' });
    await world.session.refresh();
    world.set({ status: 'active' });
    await world.refresh();
    assert.deepEqual(await world.lines(), []);
  });

  it('reports a deletion that a complete list confirms', async () => {
    const world = await activityWorld();
    await world.refresh();
    world.servers.clear();
    await world.refresh();
    assert.deepEqual(
      world.found.map(({ before, after }) => [before, after]),
      [['active', undefined]],
    );
  });

  it('does not take a server that an incomplete list lacks for deleted', async () => {
    const world = await activityWorld({
      answers: { listServers: () => Promise.resolve({ ...aList(), total: 1 }) },
    });
    world.session.servers.restore([aServer()], 0);
    await world.refresh();
    assert.equal(world.session.servers.servers.length, 0);
    assert.deepEqual(await world.lines(), []);
  });

  it('ignores a server that is missing from one list only', async () => {
    const world = await activityWorld();
    await world.refresh();
    world.servers.clear();
    await world.session.refresh();
    world.set({});
    await world.refresh();
    assert.deepEqual(await world.lines(), []);
  });

  it('ignores a server that lists lack again and again, although it is there', async () => {
    const lists = [aList(aServer()), aList()];
    let turn = 0;
    const world = await activityWorld({
      answers: { listServers: () => Promise.resolve(lists[turn++ % 2] ?? aList()) },
    });
    for (let minute = 0; minute < 10; minute++) {
      await world.refresh();
      await world.clock.advance(minuteMs);
    }
    assert.deepEqual(world.found, []);
    assert.deepEqual(await world.lines(), []);
  });

  it('reports what became of a server that a list lacked', async () => {
    let isListed = true;
    const world = await activityWorld({
      answers: {
        listServers: () => Promise.resolve(isListed ? aList(aServer()) : aList()),
        getServer: () => Promise.resolve(aServer({ status: 'suspended' })),
      },
    });
    await world.refresh();
    isListed = false;
    await world.refresh();
    assert.deepEqual(
      world.found.map(({ before, after }) => [before, after]),
      [['active', 'suspended']],
    );
  });

  it('confirms many deletions with one list', async () => {
    let [lists, details] = [0, 0];
    const ids = Array.from({ length: 30 }, (_, index) => `server-${index}`);
    const world = await activityWorld({
      answers: {
        listServers: () => {
          lists += 1;
          return Promise.resolve(aList(...world.servers.values()));
        },
        getServer: (id) => {
          details += 1;
          return Promise.reject(new AppError('notFound', id));
        },
      },
    });
    ids.forEach((id) => world.set({ name: id }, id));
    await world.refresh();
    world.servers.clear();
    await world.refresh();
    assert.equal(world.found.length, 31);
    assert.deepEqual([lists, details], [3, 0]);
  });

  it('does not report a deletion before a request confirms it', async () => {
    let failures = 2;
    const world = await activityWorld({
      answers: {
        getServer: () =>
          Promise.reject(new AppError(failures-- > 0 ? 'server' : 'notFound', 'failed')),
      },
    });
    await world.refresh();
    world.servers.clear();
    await world.refresh();
    await world.clock.advance(minuteMs);
    assert.deepEqual(world.found, []);
    await world.clock.advance(2 * minuteMs);
    assert.equal(world.found.length, 1);
    assert.equal(failures, -1);
  });

  it('gives up on a deletion that no request confirms', async () => {
    let requests = 0;
    const world = await activityWorld({
      answers: {
        getServer: () => {
          requests += 1;
          return Promise.reject(new AppError('network', 'offline'));
        },
      },
    });
    await world.refresh();
    world.servers.clear();
    await world.refresh();
    await world.clock.advance(60 * minuteMs);
    assert.deepEqual([world.found.length, requests], [0, 3]);
  });

  it('ignores a deletion from here', async () => {
    const world = await activityWorld({ answers: { deleteServer: () => Promise.resolve() } });
    await world.refresh();
    world.changedServers.add(ref);
    await world.actions.delete(ref);
    world.servers.clear();
    await world.refresh();
    assert.deepEqual(await world.lines(), ['web-server-01: delete done']);
    await world.clock.advance(minuteMs);
    assert.equal(world.changedServers.has(ref), false);
  });

  it('ignores a deletion that was reported to the person who wanted to delete the server', async () => {
    const world = await activityWorld();
    await world.refresh();
    world.servers.clear();
    await world.session.refresh();
    world.record({ ...ref, action: 'delete', name: 'web-server-01' })({ kind: 'gone' });
    await world.refresh();
    assert.deepEqual(await world.lines(), ['web-server-01: delete gone']);
  });

  it('judges later changes although one could not be judged', async () => {
    const world = await activityWorld();
    await world.refresh();
    world.servers.set('2', aServer({ id: '2' }));
    await world.refresh();
    const subscription = world.changedServers.onDidChange(() => {
      throw new Error('broken');
    });
    world.set({ status: 'suspended' });
    world.set({ status: 'suspended' }, '2');
    await world.refresh();
    subscription.dispose();
    assert.deepEqual(world.warnings, ['Could not judge a change', 'Could not judge a change']);
    world.set({ status: 'stopped' });
    await world.refresh();
    assert.equal(world.found.length, 1);
  });

  it('leaves an unexpected end of waiting to its own message', async () => {
    const world = await activityWorld({ answers: stops });
    await world.refresh();
    world.set({ status: 'suspended' });
    await world.actions.power(ref, 'reboot');
    await world.clock.advance(2 * minuteMs);
    assert.ok(world.changedServers.has(ref));
    assert.deepEqual(world.found, []);
  });
});
