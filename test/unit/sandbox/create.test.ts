import assert from 'node:assert/strict';
import { request, closeAll, json, results, start } from './harness.ts';

const valid = { name: 'new-01', plan_id: 1, os_id: 5, location: 'us-east' };

describe('Sandbox server creation', () => {
  afterEach(closeAll);

  it('responds at once with a server that is being provisioned', async () => {
    const { sandbox } = await start();
    const body = {
      ...valid,
      hostname: 'new01.example.com',
      ssh_key_id: 7,
      backups_enabled: true,
      unknown: 1,
    };
    const response = await request(sandbox, 'POST', '/servers/', { body });
    assert.equal(response.status, 201);
    const { message, ...server } = json(response);
    assert.match(String(message), /2-5 minutes/u);
    assert.deepEqual(server, {
      id: 12352,
      name: 'new-01',
      hostname: 'new01.example.com',
      status: 'provisioning',
      ip_address: null,
      location: 'us-east',
      plan: { id: 1, name: 'Standard VPS', vcpus: 2, memory: 4096, storage: 80 },
      os: { id: 5, name: 'Ubuntu 22.04 LTS' },
      created_at: '2026-01-15T12:00:00Z',
      updated_at: '2026-01-15T12:00:00Z',
      backups_enabled: true,
    });
  });

  it('has no usage and no address until it is active, 40 seconds later', async () => {
    const { sandbox, clock } = await start();
    await request(sandbox, 'POST', '/servers/', { body: valid });
    await clock.advance(39_999);
    const early = json(await request(sandbox, 'GET', '/servers/12352/'));
    assert.deepEqual(
      [early.status, early.ip_address, early.ipv6_address, early.resource_usage, early.hostname],
      ['provisioning', null, null, null, ''],
    );
    await clock.advance(1);
    const late = json(await request(sandbox, 'GET', '/servers/12352/'));
    assert.deepEqual(
      [late.status, late.ip_address, late.ipv6_address, late.updated_at],
      ['active', '203.0.113.17', '2001:0db8::8', '2026-01-15T12:00:40Z'],
    );
    assert.equal((late.resource_usage as Record<string, unknown>).bandwidth_used, 0);
  });

  it('deducts the price from the credit and responds with 402 when there is not enough', async () => {
    const { sandbox } = await start({ credit: 30, seed: 'empty' });
    assert.equal(
      (await request(sandbox, 'POST', '/servers/', { body: { ...valid, plan_id: 2 } })).status,
      201,
    );
    assert.equal(sandbox.world.credit, 6);
    const refused = await request(sandbox, 'POST', '/servers/', { body: valid });
    assert.equal(refused.status, 402);
    assert.match(String(json(refused).detail), /\$6\.00/u);
    assert.equal(sandbox.world.servers.length, 1);
    await request(sandbox, 'DELETE', '/servers/12345/');
    assert.equal(sandbox.world.credit, 30);
    assert.equal((await request(sandbox, 'POST', '/servers/', { body: valid })).status, 201);
  });

  it('never reuses an id', async () => {
    const { sandbox } = await start();
    await request(sandbox, 'POST', '/servers/', { body: valid });
    await request(sandbox, 'DELETE', '/servers/12352/');
    assert.equal(json(await request(sandbox, 'POST', '/servers/', { body: valid })).id, 12353);
  });

  it('names missing fields', async () => {
    const { sandbox } = await start();
    const required = ['This field is required.'];
    const missing = { name: required, plan_id: required, os_id: required, location: required };
    assert.deepEqual(json(await request(sandbox, 'POST', '/servers/', { body: {} })), missing);
    assert.deepEqual(json(await request(sandbox, 'POST', '/servers/')), missing);
  });

  const invalid: readonly (readonly [field: string, value: unknown, complaint: RegExp])[] = [
    ['name', '', /letters, digits and hyphens/u],
    ['name', 'under_score', /letters, digits and hyphens/u],
    ['name', 'x'.repeat(64), /63/u],
    ['name', 5, /valid string/u],
    ['name', null, /null/u],
    ['plan_id', '1', /valid integer/u],
    ['plan_id', 1.5, /valid integer/u],
    ['plan_id', 99, /does not exist/u],
    ['plan_id', 5, /not available/u],
    ['os_id', true, /valid integer/u],
    ['os_id', 99, /does not exist/u],
    ['location', 'mars', /Unknown location/u],
    ['location', 7, /valid string/u],
    ['hostname', 'localhost', /qualified/u],
    ['hostname', '-a.example.com', /qualified/u],
    ['hostname', '192.0.2.1', /qualified/u],
    ['hostname', `${'a.'.repeat(126)}abc`, /qualified/u],
    ['ssh_key_id', 0, /above 0/u],
    ['ssh_key_id', '7', /above 0/u],
    ['backups_enabled', 'true', /valid boolean/u],
    ['backups_enabled', null, /null/u],
  ];
  for (const [field, value, complaint] of invalid) {
    it(`rejects ${field} ${JSON.stringify(value)?.slice(0, 30)}`, async () => {
      const { sandbox } = await start();
      const response = await request(sandbox, 'POST', '/servers/', {
        body: { ...valid, [field]: value },
      });
      assert.equal(response.status, 400);
      const { [field]: words, ...others } = json(response) as Record<string, string[]>;
      assert.match(words?.[0] ?? '', complaint);
      assert.deepEqual(others, {});
      assert.equal(sandbox.world.servers.length, 7);
    });
  }

  it('rejects a plan that is not offered at the location', async () => {
    const { sandbox } = await start();
    const body = { ...valid, plan_id: 4, location: 'us-west' };
    const response = await request(sandbox, 'POST', '/servers/', { body });
    assert.equal(response.status, 400);
    assert.deepEqual(json(response), { location: ['Plan "Business VPS" is not offered here.'] });
  });

  it('rejects a body that is not a JSON object', async () => {
    const { sandbox } = await start();
    const broken = await request(sandbox, 'POST', '/servers/', { body: '{"name": ' });
    assert.equal(broken.status, 400);
    assert.match(String(json(broken).detail), /^JSON parse error/u);
    for (const body of ['[]', 'null', '"text"', '5']) {
      const response = await request(sandbox, 'POST', '/servers/', { body });
      assert.equal(response.status, 400);
      assert.deepEqual(Object.keys(json(response)), ['non_field_errors']);
    }
  });

  it('rejects other media types and bodies larger than 1 MB', async () => {
    const { sandbox } = await start();
    const headers = { 'Content-Type': 'text/plain' };
    const text = await request(sandbox, 'POST', '/servers/', {
      body: JSON.stringify(valid),
      headers,
    });
    assert.equal(text.status, 415);
    const atLimit = JSON.stringify(valid).padEnd(1024 * 1024);
    assert.equal(
      (await request(sandbox, 'POST', '/servers/', { body: `${atLimit} ` })).status,
      413,
    );
    assert.equal((await request(sandbox, 'POST', '/servers/', { body: atLimit })).status, 201);
  });

  it('lists the new server under its location', async () => {
    const { sandbox } = await start();
    await request(sandbox, 'POST', '/servers/', { body: valid });
    const listed = results(
      await request(sandbox, 'GET', '/servers/?location=us-east&status=provisioning'),
    );
    assert.deepEqual(
      listed.map((each) => each.name),
      ['new-01'],
    );
  });
});
