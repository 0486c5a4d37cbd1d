import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readSnapshot } from '../../../src/sandbox/snapshot.ts';
import { FakeClock } from '../../support/fakeClock.ts';
import { request, closeAll, start } from './harness.ts';

const stored = (snapshot: unknown): unknown => JSON.parse(JSON.stringify(snapshot));

describe('Sandbox snapshot', () => {
  afterEach(closeAll);

  it('continues an earlier run, including transitions', async () => {
    const { sandbox, clock } = await start({ credit: 50 });
    await request(sandbox, 'POST', '/servers/', {
      body: { name: 'n', plan_id: 1, os_id: 3, location: 'us-west' },
    });
    await request(sandbox, 'POST', '/servers/12345/stop/');
    sandbox.world.setStatus(12346, 'starting', true);
    sandbox.world.remove(12347);
    await clock.advance(3_000);
    const state = stored(sandbox.snapshot());
    assert.ok(!JSON.stringify(state).includes(sandbox.token));
    await sandbox.close();

    const later = new FakeClock(clock.now());
    const next = (await start({ clock: later, state, seed: 'empty', credit: 1 })).sandbox;
    assert.deepEqual(stored(next.snapshot()), state);
    assert.equal(next.world.credit, 50 - 12 + 6);
    assert.notEqual(next.token, sandbox.token);
    await later.advance(4_999);
    assert.equal(next.world.get(12345)?.status, 'stopping');
    await later.advance(1);
    assert.equal(next.world.get(12345)?.status, 'stopped');
    await later.advance(60_000);
    assert.equal(next.world.get(12352)?.status, 'active');
    assert.ok(next.world.get(12352)?.ip_address);
    assert.equal(next.world.get(12346)?.status, 'starting');
    assert.equal(next.world.add().id, 12353);
  });

  it('dates a transition that ended while the editor was closed', async () => {
    const { sandbox, clock } = await start();
    await request(sandbox, 'POST', '/servers/12345/reboot/');
    const state = stored(sandbox.snapshot());
    const next = (await start({ clock: new FakeClock(clock.now() + 86_400_000), state })).sandbox;
    assert.equal(next.world.get(12345)?.status, 'active');
    assert.equal(next.world.get(12345)?.updated_at, '2026-01-15T12:00:10Z');
  });

  it('does not change with the run that it was taken from', async () => {
    const { sandbox } = await start();
    const state = sandbox.snapshot();
    const before = JSON.stringify(state);
    sandbox.world.update(12345, { name: 'x' });
    sandbox.world.remove(12346);
    assert.equal(JSON.stringify(state), before);
  });

  it('starts with the samples for any invalid state', async () => {
    const { sandbox } = await start();
    const valid = stored(sandbox.snapshot()) as { servers: Record<string, unknown>[] };
    const [server] = valid.servers;
    const garbage = [
      null,
      undefined,
      42,
      'text',
      [],
      {},
      { ...valid, credit: '5' },
      { ...valid, credit: -1 },
      { ...valid, nextId: null },
      { ...valid, servers: {} },
      { ...valid, servers: [null] },
      { ...valid, servers: [{ ...server, plan_id: 99 }] },
      { ...valid, servers: [{ ...server, os_id: '5' }] },
      { ...valid, servers: [{ ...server, location: 'mars' }] },
      { ...valid, servers: [{ ...server, updated_at: 'yesterday' }] },
      { ...valid, servers: [{ ...server, updated_at: '+275760-09-13T00:00:00Z' }] },
      { ...valid, servers: [{ ...server, due_at: 'soon' }] },
      { ...valid, servers: [{ ...server, usage: null }] },
    ];
    for (const state of garbage) {
      const next = (await start({ state })).sandbox;
      assert.equal(next.world.servers.length, 7, JSON.stringify(state));
      assert.equal(next.world.servers[0]?.name, 'web-server-01');
    }
  });

  it('accepts any JSON without throwing, as a whole or in a field', async () => {
    const { sandbox } = await start();
    const valid = stored(sandbox.snapshot()) as { servers: Record<string, unknown>[] };
    const fields = Object.keys(valid.servers[0] ?? {});
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(...fields), (value, field) => {
        readSnapshot(value);
        readSnapshot({ ...valid, servers: [{ ...valid.servers[0], [field]: value }] });
      }),
    );
  });

  it('serves every snapshot that it accepts', async () => {
    const { sandbox } = await start();
    const valid = stored(sandbox.snapshot()) as { servers: Record<string, unknown>[] };
    const amount = fc.oneof(
      fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }),
      fc.constant(null),
    );
    const status = fc.constantFrom(
      'active',
      'starting',
      'stopping',
      'provisioning',
      'toString',
      '',
    );
    await fc.assert(
      fc.asyncProperty(amount, amount, status, async (due_at, active_since, each) => {
        const servers = [{ ...valid.servers[0], due_at, active_since, status: each }];
        const next = (await start({ state: { ...valid, servers } })).sandbox;
        const response = await request(next, 'GET', '/servers/12345/');
        assert.equal(response.status, 200, response.text);
        await next.close();
      }),
      { numRuns: 50 },
    );
  });
});
