import assert from 'node:assert/strict';
import { request, closeAll, json, start } from './harness.ts';

describe('Sandbox power actions', () => {
  afterEach(closeAll);

  const transitions = [
    ['start', 12347, 'starting', 6_000, 'active'],
    ['stop', 12345, 'stopping', 8_000, 'stopped'],
    ['reboot', 12345, 'rebooting', 10_000, 'active'],
  ] as const;
  for (const [action, id, transition, takesMs, end] of transitions) {
    it(`${action}: ${transition} at once, ${end} after ${takesMs / 1000} s`, async () => {
      const { sandbox, clock } = await start();
      const status = () => sandbox.world.get(id)?.status;
      const response = await request(sandbox, 'POST', `/servers/${id}/${action}/`);
      assert.equal(response.status, 200);
      const name = sandbox.world.get(id)?.name;
      assert.deepEqual(json(response), {
        status: 'success',
        message: `Server is ${transition}`,
        server: { id, name, status: transition },
      });
      await clock.advance(takesMs - 1);
      assert.equal(status(), transition);
      await clock.advance(1);
      assert.equal(status(), end);
      assert.equal(json(await request(sandbox, 'GET', `/servers/${id}/`)).status, end);
    });
  }

  const refusals = [
    ['start', 'active', /already running/u],
    ['stop', 'stopped', /already stopped/u],
    ['reboot', 'stopped', /not running/u],
    ['start', 'suspended', /suspended/u],
    ['stop', 'suspended', /suspended/u],
    ['reboot', 'suspended', /suspended/u],
    ['start', 'stopping', /busy \(stopping\)/u],
    ['stop', 'provisioning', /busy \(provisioning\)/u],
    ['stop', 'starting', /busy/u],
    ['reboot', 'rebooting', /busy/u],
    ['reboot', 'migrating', /busy \(migrating\)/u],
    ['start', 'constructor', /busy \(constructor\)/u],
  ] as const;
  for (const [action, status, complaint] of refusals) {
    it(`refuses to ${action} a server that is ${status}`, async () => {
      const { sandbox } = await start();
      sandbox.world.setStatus(12345, status);
      const before = sandbox.world.get(12345);
      const response = await request(sandbox, 'POST', `/servers/12345/${action}/`);
      assert.equal(response.status, 400);
      assert.match(String(json(response).detail), complaint);
      assert.equal(sandbox.world.get(12345), before);
    });
  }

  it('runs faster with a higher speed', async () => {
    const { sandbox, clock } = await start({ speed: 100 });
    await request(sandbox, 'POST', '/servers/12345/stop/');
    await clock.advance(79);
    assert.equal(sandbox.world.get(12345)?.status, 'stopping');
    await clock.advance(1);
    assert.equal(sandbox.world.get(12345)?.status, 'stopped');
  });

  it('dates the end of a transition by its due time, even when read much later', async () => {
    const { sandbox, clock } = await start();
    await request(sandbox, 'POST', '/servers/12345/stop/');
    await clock.advance(3_600_000);
    assert.equal(sandbox.world.get(12345)?.updated_at, '2026-01-15T12:00:08Z');
  });

  it('takes no longer than a full transition when the clock is set back', async () => {
    const { sandbox, clock } = await start();
    await request(sandbox, 'POST', '/servers/12345/stop/');
    await clock.advance(-86_400_000);
    assert.equal(sandbox.world.get(12345)?.status, 'stopping');
    await clock.advance(8_000);
    assert.equal(sandbox.world.get(12345)?.status, 'stopped');
  });

  it('keeps address and traffic across a stop and a start', async () => {
    const { sandbox, clock } = await start();
    const { world } = sandbox;
    const used = () => world.usage(world.servers[0] ?? assert.fail());
    await clock.advance(7_200_000);
    await request(sandbox, 'POST', '/servers/12345/stop/');
    const atStop = used().bandwidth_used;
    assert.ok(atStop > 450);
    await clock.advance(7_200_000);
    assert.deepEqual(
      [used().bandwidth_used, used().cpu_percent, used().memory_used],
      [atStop, 0, 0],
    );
    await request(sandbox, 'POST', '/servers/12345/start/');
    await clock.advance(6_000);
    assert.deepEqual(
      [used().bandwidth_used, used().cpu_percent, used().memory_used],
      [atStop, 23.5, 2048],
    );
    assert.equal(world.get(12345)?.ip_address, '203.0.113.10');
  });
});
