import assert from 'node:assert/strict';
import { ipv4, ipv6 } from '../../../src/sandbox/addresses.ts';
import { request, closeAll, json, results, start } from './harness.ts';

describe('World', () => {
  afterEach(closeAll);

  it('includes changes by other clients in replies', async () => {
    const { sandbox, clock } = await start();
    const { world } = sandbox;
    world.update(12345, { name: 'theirs' });
    world.remove('12346');
    world.setStatus(12347, 'starting');
    world.setStatus(12348, 'starting', true);
    const added = world.add({ name: 'added', location: 'eu-central', plan_id: 4 });
    await clock.advance(600_000);
    const servers = results(await request(sandbox, 'GET', '/servers/'));
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

  it('returns undefined or false for an unknown server', async () => {
    const { world } = (await start()).sandbox;
    assert.equal(world.update(1, { name: 'x' }), undefined);
    assert.equal(world.setStatus(1, 'active'), undefined);
    assert.equal(world.remove(1), false);
  });

  it('fires onDidChange for every change and nothing else', async () => {
    const { sandbox, clock } = await start();
    let changes = 0;
    const subscription = sandbox.onDidChange(() => changes++);
    await request(sandbox, 'GET', '/servers/');
    await request(sandbox, 'GET', '/servers/12345/');
    await request(sandbox, 'POST', '/servers/12345/start/');
    await request(sandbox, 'POST', '/servers/', { body: {} });
    assert.equal(changes, 0);
    await request(sandbox, 'POST', '/servers/12345/stop/');
    await request(sandbox, 'PATCH', '/servers/12345/', { body: { name: 'x' } });
    await request(sandbox, 'DELETE', '/servers/12345/');
    await request(sandbox, 'POST', '/servers/', {
      body: { name: 'x', plan_id: 1, os_id: 3, location: 'us-west' },
    });
    sandbox.world.update(12346, { name: 'y' });
    assert.equal(changes, 5);
    subscription.dispose();
    await clock.advance(100_000);
    sandbox.world.remove(12346);
    assert.equal(changes, 5);
  });

  it('keeps the usage of active servers within the limits of their plans', async () => {
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
        assert.ok(
          usage.memory_used <= 16384 && usage.disk_used <= 320 && usage.bandwidth_used < 8192,
        );
        assert.deepEqual(world.usage(record), usage);
        seen.add(usage.cpu_percent);
      }
      await clock.advance(15_000);
    }
    assert.ok(seen.size > 200);
  });

  it('changes usage gradually', async () => {
    const { sandbox, clock } = await start();
    const cpu = async () => {
      const usage = json(await request(sandbox, 'GET', '/servers/12345/')).resource_usage;
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

  it('has enough addresses and never repeats one', () => {
    const numbers = Array.from({ length: 50_000 }, (_, index) => index + 10);
    const v4 = new Set(numbers.map(ipv4));
    assert.equal(v4.size, numbers.length);
    assert.equal(new Set(numbers.map(ipv6)).size, numbers.length);
    for (const address of v4) {
      assert.match(address, /^(?:203\.0\.113|198\.51\.100|192\.0\.2|198\.1[89]\.\d+)\.\d+$/u);
      assert.ok(address.split('.').every((part) => Number(part) <= 255));
    }
  });

  it('assigns a free address to a new server', async () => {
    const { sandbox } = await start();
    sandbox.world.remove(12346);
    assert.equal(sandbox.world.add().ip_address, '203.0.113.11');
    assert.equal(sandbox.world.add().ip_address, '203.0.113.17');
  });
});
