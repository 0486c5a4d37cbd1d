import assert from 'node:assert/strict';
import { request, closeAll, json, results, start } from './harness.ts';

describe('Sandbox servers', () => {
  afterEach(closeAll);

  it('lists servers in the short form, with the documented samples first', async () => {
    const { sandbox } = await start();
    const response = await request(sandbox, 'GET', '/servers/');
    assert.equal(response.status, 200);
    assert.equal(response.headers['content-type'], 'application/json');
    assert.equal(json(response).count, 7);
    const [web, db] = results(response);
    assert.deepEqual(web, {
      id: 12345,
      name: 'web-server-01',
      hostname: 'web01.example.com',
      status: 'active',
      ip_address: '203.0.113.10',
      location: 'us-west',
      plan: { id: 1, name: 'Standard VPS', vcpus: 2, memory: 4096, storage: 80 },
      os: { id: 5, name: 'Ubuntu 22.04 LTS' },
      created_at: '2025-01-10T14:30:00Z',
      updated_at: '2025-01-10T14:30:00Z',
    });
    assert.deepEqual(
      [db?.id, db?.name, db?.hostname, db?.status, db?.ip_address, db?.location],
      [12346, 'db-server-01', 'db01.example.com', 'active', '203.0.113.11', 'us-east'],
    );
    assert.deepEqual(db?.plan, {
      id: 2,
      name: 'Performance VPS',
      vcpus: 4,
      memory: 8192,
      storage: 160,
    });
    assert.deepEqual(db?.os, { id: 3, name: 'Debian 12' });
  });

  it('has samples in several locations and statuses, with distinct addresses', async () => {
    const { sandbox } = await start();
    const servers = sandbox.world.servers;
    assert.deepEqual(
      new Set(servers.map((each) => each.status)),
      new Set(['active', 'stopped', 'suspended']),
    );
    assert.equal(new Set(servers.map((each) => each.location)).size, 4);
    assert.equal(new Set(servers.map((each) => each.ip_address)).size, servers.length);
    assert.equal(new Set(servers.map((each) => each.ipv6_address)).size, servers.length);
  });

  it('filters by status and location', async () => {
    const { sandbox } = await start();
    const names = async (query: string) =>
      results(await request(sandbox, 'GET', `/servers/?${query}`)).map((each) => each.name);
    assert.deepEqual(await names('status=stopped'), ['cache-01', 'staging-eu-01']);
    assert.deepEqual(await names('location=us-west'), ['web-server-01', 'old-shop']);
    assert.deepEqual(await names('status=suspended&location=us-west'), ['old-shop']);
    assert.deepEqual(await names('status=nonsense'), []);
    assert.equal((await names('status=&location=')).length, 7);
  });

  it('returns one server in full', async () => {
    const { sandbox } = await start();
    const response = await request(sandbox, 'GET', '/servers/12345/');
    assert.equal(response.status, 200);
    const server = json(response);
    assert.equal(server.ipv6_address, '2001:0db8::1');
    assert.equal(server.backups_enabled, true);
    assert.deepEqual(server.plan, {
      id: 1,
      name: 'Standard VPS',
      vcpus: 2,
      memory: 4096,
      storage: 80,
      bandwidth: 2048,
    });
    assert.deepEqual(server.resource_usage, {
      cpu_percent: 23.5,
      memory_used: 2048,
      disk_used: 35,
      bandwidth_used: 450,
    });
  });

  it('replaces all settings by PUT, which requires all three', async () => {
    const { sandbox, clock } = await start();
    await clock.advance(5_000);
    const body = {
      name: 'renamed',
      hostname: 'new.example.com',
      backups_enabled: false,
      status: 'stopped',
    };
    const response = await request(sandbox, 'PUT', '/servers/12345/', { body });
    assert.equal(response.status, 200);
    const server = json(response);
    assert.deepEqual(
      [server.name, server.hostname, server.backups_enabled, server.status, server.updated_at],
      ['renamed', 'new.example.com', false, 'active', '2026-01-15T12:00:05Z'],
    );
    const incomplete = await request(sandbox, 'PUT', '/servers/12345/', { body: { name: 'x' } });
    assert.equal(incomplete.status, 400);
    assert.deepEqual(json(incomplete), {
      hostname: ['This field is required.'],
      backups_enabled: ['This field is required.'],
    });
    assert.equal(sandbox.world.get(12345)?.name, 'renamed');
  });

  it('accepts by PUT the representation of a server without a hostname', async () => {
    const { sandbox } = await start();
    const server = json(await request(sandbox, 'GET', '/servers/12351/'));
    assert.equal(server.hostname, '');
    assert.equal((await request(sandbox, 'PUT', '/servers/12351/', { body: server })).status, 200);
  });

  it('changes only the given settings by PATCH', async () => {
    const { sandbox } = await start();
    const response = await request(sandbox, 'PATCH', '/servers/12345/', {
      body: { backups_enabled: false },
    });
    assert.equal(response.status, 200);
    assert.equal(json(response).backups_enabled, false);
    assert.equal(json(response).name, 'web-server-01');
    const before = sandbox.world.get(12345);
    assert.equal(
      (await request(sandbox, 'PATCH', '/servers/12345/', { body: { color: 'red' } })).status,
      200,
    );
    assert.equal(sandbox.world.get(12345), before);
  });

  it('rejects invalid settings by field', async () => {
    const { sandbox } = await start();
    const body = { name: 'two words', hostname: 'nodots', backups_enabled: 'yes' };
    const response = await request(sandbox, 'PATCH', '/servers/12345/', { body });
    assert.equal(response.status, 400);
    assert.deepEqual(Object.keys(json(response)), ['name', 'hostname', 'backups_enabled']);
    const nulled = await request(sandbox, 'PATCH', '/servers/12345/', { body: { name: null } });
    assert.deepEqual(json(nulled), { name: ['This field may not be null.'] });
  });

  it('gives each change within one second its own timestamp', async () => {
    const { sandbox } = await start();
    const versions = [];
    for (const name of ['a', 'b', 'c']) {
      versions.push(
        json(await request(sandbox, 'PATCH', '/servers/12345/', { body: { name } })).updated_at,
      );
    }
    assert.equal(new Set(versions).size, 3);
  });

  it('deletes in any status, once, and refunds the price', async () => {
    const { sandbox } = await start({ credit: 0 });
    for (const id of [12345, 12347, 12350]) {
      const response = await request(sandbox, 'DELETE', `/servers/${id}/`);
      assert.equal(response.status, 204);
      assert.equal(response.text, '');
      assert.equal(response.headers['content-type'], undefined);
      assert.equal((await request(sandbox, 'DELETE', `/servers/${id}/`)).status, 404);
    }
    assert.equal(sandbox.world.credit, 12 + 6 + 24);
  });

  it('responds with 404 to every request for an unknown server', async () => {
    const { sandbox } = await start();
    for (const [method, path] of [
      ['GET', '/servers/1/'],
      ['GET', '/servers/abc/'],
      ['GET', '/servers/012345/'],
      ['PUT', '/servers/1/'],
      ['PATCH', '/servers/1/'],
      ['DELETE', '/servers/1/'],
      ['POST', '/servers/1/start/'],
      ['POST', '/servers/1/stop/'],
      ['POST', '/servers/1/reboot/'],
    ] as const) {
      const response = await request(sandbox, method, path);
      assert.equal(response.status, 404, `${method} ${path}`);
      assert.deepEqual(json(response), { detail: 'Not found.' });
    }
  });
});
