import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { AppError } from '../../../src/core/errors.ts';
import { PriceList } from '../../../src/core/pricing.ts';
import type { Plan } from '../../../src/core/plan.ts';
import type { PlanSummary } from '../../../src/core/server.ts';
import { openActivityMemory } from '../../../src/host/activityFile.ts';
import { maxEntries } from '../../../src/state/activityLog.ts';
import { activityWorld } from '../../support/activityWorld.ts';
import { aServer } from '../../support/builders.ts';
import { settle } from '../../support/fakeClock.ts';

const ref = { accountId: 'account-1', serverId: '12345' };
const other = { accountId: 'account-1', serverId: '2' };
const minuteMs = 60_000;
const small = aServer().plan!;
const large: PlanSummary = { ...small, id: '2', name: 'Performance VPS', vcpus: 4 };
const prices = new PriceList(
  [
    { ...small, priceMonthly: 12 },
    { ...large, priceMonthly: 48 },
  ].map((plan) => plan as unknown as Plan),
);

/** A time in the spelling of the API. */
const time = (ms: number): string => new Date(ms).toISOString();

describe('EditTracker', () => {
  it('records a server that was created elsewhere, with its price, and marks it', async () => {
    const world = await activityWorld({ prices });
    await world.refresh();
    world.set({ name: 'new', createdAt: time(world.clock.now()) }, '2');
    await world.refresh();
    assert.deepEqual(await world.lines(), [
      'new: Created elsewhere (Standard VPS ($12.00/month), us-west)',
    ]);
    assert.ok(world.changedServers.has(other));
    assert.ok(!world.changedServers.has(ref));
    assert.deepEqual(world.found, []);
  });

  it('records a plan that was changed elsewhere, with the prices that are known, and marks it', async () => {
    for (const [known, text] of [
      [prices, 'plan Standard VPS ($12.00/month) → Performance VPS ($48.00/month)'],
      [undefined, 'plan Standard VPS → Performance VPS'],
    ] as const) {
      const world = await activityWorld(known && { prices: known });
      await world.refresh();
      world.set({ plan: large });
      await world.refresh();
      assert.deepEqual(await world.lines(), [`web-server-01: Changed elsewhere: ${text}`]);
      assert.ok(world.changedServers.has(ref));
      assert.deepEqual(world.found, []);
    }
  });

  it('distinguishes plans of the same name by their specs, and ignores another id alone', async () => {
    const world = await activityWorld();
    await world.refresh();
    world.set({ plan: { ...small, id: '99' } });
    await world.refresh();
    world.set({ plan: { ...small, vcpus: 8 } });
    await world.refresh();
    assert.deepEqual(await world.lines(), [
      'web-server-01: Changed elsewhere: plan Standard VPS, 2 vCPU, 4 GiB memory, 80 GB disk → Standard VPS, 8 vCPU, 4 GiB memory, 80 GB disk',
    ]);
  });

  it('records other facts of a server in one line, without a mark', async () => {
    const world = await activityWorld();
    await world.refresh();
    world.set({
      name: 'web-2',
      hostname: 'web2.example.com',
      location: 'eu-central',
      os: { id: '3', name: 'Debian 12' },
      ipAddress: '203.0.113.99',
    });
    await world.refresh();
    assert.deepEqual(await world.lines(), [
      'web-2: Changed elsewhere: renamed from web-server-01 to web-2, hostname web01.example.com → web2.example.com, location us-west → eu-central, operating system Ubuntu 22.04 LTS → Debian 12, IP address 203.0.113.10 → 203.0.113.99',
    ]);
    assert.ok(!world.changedServers.has(ref));
  });

  it('records automatic backups, once details show that they were switched', async () => {
    const world = await activityWorld();
    world.set({ backupsEnabled: false });
    await world.session.refresh();
    world.set({ backupsEnabled: undefined });
    await world.refresh();
    assert.deepEqual(await world.lines(), []);
    world.set({ backupsEnabled: true });
    await world.session.loadServer('12345');
    await world.clock.advance(3_100);
    assert.deepEqual(await world.lines(), [
      'web-server-01: Changed elsewhere: automatic backups turned on',
    ]);
  });

  it('does not record the first list, facts that a list lacks, or the address of a new server', async () => {
    const world = await activityWorld();
    world.set({ createdAt: time(world.clock.now()), ipAddress: null });
    await world.refresh();
    world.set({ plan: undefined, location: undefined, hostname: undefined, os: undefined });
    await world.refresh();
    world.set({ ...aServer(), plan: { ...small, vcpus: undefined } });
    await world.refresh();
    assert.deepEqual(await world.lines(), []);
  });

  it('compares the first list with the cached one', async () => {
    const world = await activityWorld();
    world.session.servers.restore([aServer()], world.clock.now() - 60 * minuteMs);
    world.set({ plan: large });
    world.set({ name: 'new', createdAt: time(world.clock.now() - minuteMs) }, '2');
    await world.refresh();
    assert.deepEqual([...(await world.lines())].sort(), [
      'new: Created elsewhere (Standard VPS, us-west)',
      'web-server-01: Changed elsewhere: plan Standard VPS → Performance VPS',
    ]);
  });

  it('does not take an older server that lists lacked for a new one', async () => {
    const world = await activityWorld();
    await world.refresh();
    await world.clock.advance(60 * minuteMs);
    await world.refresh();
    world.set({ createdAt: time(world.clock.now() - 30 * minuteMs) }, '2');
    world.set({ createdAt: undefined }, '3');
    await world.refresh();
    assert.deepEqual(await world.lines(), []);
  });

  it('records a new server once, although a list lacked it again', async () => {
    const world = await activityWorld();
    await world.refresh();
    const createdAt = time(world.clock.now());
    for (let turn = 0; turn < 3; turn++) {
      world.set({ createdAt }, '2');
      await world.refresh();
      world.servers.delete('2');
      await world.session.refresh();
    }
    const created = (await world.lines()).filter((line) => line.includes('Created'));
    assert.equal(created.length, 1);
  });

  it('ignores a value that comes and goes', async () => {
    const world = await activityWorld();
    await world.refresh();
    world.set({ name: 'web-2' });
    await world.session.refresh();
    world.set({ name: 'web-server-01' });
    await world.refresh();
    assert.deepEqual(await world.lines(), []);
  });

  it('ignores settings that were changed from here or from another window', async () => {
    const file = openActivityMemory();
    const acting = await activityWorld({
      file,
      answers: {
        updateServer: (_id, settings) => {
          acting.set(settings);
          return Promise.resolve(undefined);
        },
        replaceServer: (_id, settings) => {
          acting.set(settings);
          return Promise.resolve(undefined);
        },
      },
    });
    const watching = await activityWorld({ file });
    acting.set({ backupsEnabled: true });
    watching.set({ backupsEnabled: true });
    await acting.refresh();
    await watching.refresh();
    await acting.actions.update(ref, 'rename', { name: 'Web-2' });
    await acting.actions.update(ref, 'setBackups', { backupsEnabled: false });
    await acting.refresh();
    // Long after the action, because only the details contain backups. VPS.org may change the case.
    await watching.clock.advance(120 * minuteMs);
    await watching.session.refresh();
    watching.set({ name: 'web-2', backupsEnabled: false });
    await watching.refresh();
    const settings = { name: 'web-3', hostname: 'web3.example.com', backupsEnabled: true };
    await acting.actions.replace(ref, settings);
    await acting.refresh();
    watching.set(settings);
    await watching.refresh();
    for (const world of [acting, watching]) {
      const lines = await world.lines();
      assert.deepEqual(
        lines.filter((line) => line.includes('elsewhere')),
        [],
      );
      assert.equal(lines.length, 3);
    }
    watching.set({ name: 'web-4' });
    await watching.refresh();
    assert.match((await watching.lines()).join('\n'), /renamed from web-3 to web-4/u);
  });

  it('records only what an own change of other settings does not explain', async () => {
    const world = await activityWorld({
      answers: {
        updateServer: (_id, settings) => {
          world.set({ ...settings, hostname: 'elsewhere.example.com' });
          return Promise.resolve(undefined);
        },
      },
    });
    await world.refresh();
    await world.actions.update(ref, 'rename', { name: 'web-2' });
    await world.refresh();
    assert.deepEqual([...(await world.lines())].sort(), [
      'web-2: Changed elsewhere: hostname web01.example.com → elsewhere.example.com',
      'web-server-01: rename done',
    ]);
  });

  it('does not take a refused rename for the reason', async () => {
    const refused = new AppError('invalid', '400', { status: 400 });
    const world = await activityWorld({ answers: { updateServer: () => Promise.reject(refused) } });
    await world.refresh();
    await world.actions.update(ref, 'rename', { name: 'web-2' });
    world.set({ name: 'web-2' });
    await world.refresh();
    assert.match((await world.lines()).join('\n'), /renamed from web-server-01 to web-2/u);
  });

  it('ignores servers that were created from here or from another window, also before the reply', async () => {
    const file = openActivityMemory();
    for (const isAnswered of [true, false]) {
      const acting = await activityWorld({
        file,
        answers: {
          createServer: () => {
            const server = aServer({ id: '2', name: 'new', createdAt: time(acting.clock.now()) });
            acting.servers.set('2', server);
            return isAnswered
              ? Promise.resolve({ server, message: undefined })
              : new Promise(() => undefined);
          },
        },
      });
      const watching = await activityWorld({ file });
      await acting.refresh();
      await watching.refresh();
      void acting.creation.create(acting.session, {
        name: 'new',
        planId: '1',
        osId: '5',
        location: 'us-west',
      });
      await settle();
      await acting.refresh();
      watching.set({ name: 'new', createdAt: time(watching.clock.now()) }, '2');
      await watching.refresh();
      for (const world of [acting, watching]) {
        assert.ok(!(await world.lines()).join('\n').includes('elsewhere'));
        assert.ok(!world.changedServers.has(other));
      }
    }
  });

  it('records what two windows find once, and marks it in both', async () => {
    const file = openActivityMemory();
    const worlds = [await activityWorld({ file }), await activityWorld({ file })];
    for (const world of worlds) {
      await world.refresh();
      world.set({ plan: large });
      world.set({ name: 'new', createdAt: time(world.clock.now()) }, '2');
      await world.refresh();
      assert.ok(world.changedServers.has(ref) && world.changedServers.has(other));
    }
    assert.equal((await worlds[1]?.lines())?.length, 2);
  });

  it('records no more than the activity shows when a whole fleet changes at once', async () => {
    const file = openActivityMemory();
    const world = await activityWorld({ file });
    const ids = Array.from({ length: 10_000 }, (_, index) => `server-${index}`);
    ids.forEach((id) => world.set({ name: id }, id));
    await world.refresh();
    ids.forEach((id) => world.set({ plan: large }, id));
    await world.refresh();
    assert.equal((await world.lines()).length, maxEntries);
    assert.equal((await file.read()).trim().split('\n').length, maxEntries);
    assert.ok(world.changedServers.has({ ...ref, serverId: 'server-9999' }));
    assert.deepEqual(world.found, []);
  });
});
