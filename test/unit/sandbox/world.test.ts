import assert from 'node:assert/strict';
import { ipv4, ipv6 } from '../../../src/sandbox/addresses.ts';
import { ask, closeAll, json, results, start } from './harness.ts';

describe('sandbox: world', () => {
  afterEach(closeAll);

  it('shows what somebody else did', async () => {
    const { sandbox, clock } = await start();
    const { world } = sandbox;
    world.rename(12345, 'theirs');
    world.remove('12346');
    world.setStatus(12347, 'starting');
    world.setStatus(12348, 'starting', true);
    const added = world.add({ name: 'added', location: 'eu-central', plan_id: 4 });
    await clock.advance(600_000);
    const servers = results(await ask(sandbox, 'GET', '/servers/'));
    assert.deepEqual(
      servers.map((each) => [each.id, each.name, each.status]),
      [
        [12345, 'theirs', 'active'],
        [12347, 'cache-01', 'active'],
        [12348, 'api-eu-01', 'starting'],
        [12349, 'staging-eu-01', 'stopped'],
        [12350, 'old-shop', 'suspended'],
        [12351, 'edge-sg-01', 'active'],
        [added.id, 'added', 'active'],
      ],
    );
  });

  it('says so when there is no such server', async () => {
    const { world } = (await start()).sandbox;
    assert.equal(world.rename(1, 'x'), undefined);
    assert.equal(world.setStatus(1, 'active'), undefined);
    assert.equal(world.remove(1), false);
  });

  it('puts an odd server among good ones', async () => {
    const { sandbox } = await start();
    sandbox.world.replaceRaw(12346, { id: 12346, name: 7 });
    sandbox.world.replaceRaw(12347, null);
    const servers = results(await ask(sandbox, 'GET', '/servers/'));
    assert.deepEqual(servers.slice(1, 3), [{ id: 12346, name: 7 }, null]);
    assert.deepEqual(json(await ask(sandbox, 'GET', '/servers/12346/')), { id: 12346, name: 7 });
    sandbox.world.replaceRaw(12346, undefined);
    assert.equal(json(await ask(sandbox, 'GET', '/servers/12346/')).name, 'db-server-01');
  });

  it('tells of every change, and of nothing else', async () => {
    const { sandbox, clock } = await start();
    let changes = 0;
    const subscription = sandbox.onDidChange(() => changes++);
    await ask(sandbox, 'GET', '/servers/');
    await ask(sandbox, 'GET', '/servers/12345/');
    await ask(sandbox, 'POST', '/servers/12345/start/');
    await ask(sandbox, 'POST', '/servers/', { body: {} });
    assert.equal(changes, 0);
    await ask(sandbox, 'POST', '/servers/12345/stop/');
    await ask(sandbox, 'PATCH', '/servers/12345/', { body: { name: 'x' } });
    await ask(sandbox, 'DELETE', '/servers/12345/');
    await ask(sandbox, 'POST', '/servers/', { body: { name: 'x', plan_id: 1, os_id: 3, location: 'us-west' } });
    sandbox.world.rename(12346, 'y');
    assert.equal(changes, 5);
    subscription.dispose();
    await clock.advance(100_000);
    sandbox.world.remove(12346);
    assert.equal(changes, 5);
  });

  it('moves the usage of active servers within what their plans have', async () => {
    const { sandbox, clock } = await start({ seed: { count: 50 } });
    const { world } = sandbox;
    const seen = new Set<number>();
    for (let step = 0; step < 200; step++) {
      for (const record of world.servers) {
        const usage = world.usage(record);
        const active = record.status === 'active';
        assert.ok(usage.cpu_percent >= 0 && usage.cpu_percent <= 100);
        assert.equal(usage.cpu_percent > 0, active);
        assert.equal(usage.memory_used > 0, active);
        assert.ok(usage.memory_used <= 16384 && usage.disk_used <= 320 && usage.bandwidth_used < 8192);
        assert.deepEqual(world.usage(record), usage);
        seen.add(usage.cpu_percent);
      }
      await clock.advance(15_000);
    }
    assert.ok(seen.size > 200);
  });

  it('moves usage from one look to the next, but not by leaps', async () => {
    const { sandbox, clock } = await start();
    const cpu = async () => {
      const usage = json(await ask(sandbox, 'GET', '/servers/12345/')).resource_usage;
      return Number((usage as Record<string, unknown>).cpu_percent);
    };
    let last = await cpu();
    const steps = [];
    for (let step = 0; step < 40; step++) {
      await clock.advance(15_000);
      const next = await cpu();
      steps.push(Math.abs(next - last));
      last = next;
    }
    assert.ok(steps.filter((step) => step > 0).length > 30);
    assert.ok(Math.max(...steps) < 30);
  });

  it('never runs out of addresses, and gives none twice', () => {
    const numbers = Array.from({ length: 50_000 }, (_, index) => index + 10);
    const v4 = new Set(numbers.map(ipv4));
    assert.equal(v4.size, numbers.length);
    assert.equal(new Set(numbers.map(ipv6)).size, numbers.length);
    for (const address of v4) {
      assert.match(address, /^(?:203\.0\.113|198\.51\.100|192\.0\.2|198\.1[89]\.\d+)\.\d+$/u);
      assert.ok(address.split('.').every((part) => Number(part) <= 255));
    }
  });

  it('gives a free address to a new server', async () => {
    const { sandbox } = await start();
    sandbox.world.remove(12346);
    assert.equal(sandbox.world.add().ip_address, '203.0.113.11');
    assert.equal(sandbox.world.add().ip_address, '203.0.113.17');
  });

  it('begins empty when told so', async () => {
    const { sandbox } = await start({ seed: 'empty' });
    assert.deepEqual(json(await ask(sandbox, 'GET', '/servers/')), { count: 0, results: [] });
  });

  it('lists 10,000 servers, each one its own', async () => {
    const { sandbox } = await start({ seed: { count: 10_000 } });
    const answer = await ask(sandbox, 'GET', '/servers/');
    const servers = results(answer);
    assert.equal(json(answer).count, 10_000);
    for (const field of ['id', 'name', 'ip_address']) {
      assert.equal(new Set(servers.map((each) => each[field])).size, 10_000, field);
    }
    assert.equal(new Set(servers.map((each) => each.location)).size, 4);
    const again = (await start({ seed: { count: 10_000 } })).sandbox;
    assert.equal((await ask(again, 'GET', '/servers/')).text, answer.text);
  }).timeout(20_000);
});
