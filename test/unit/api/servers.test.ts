import assert from 'node:assert/strict';
import type { ServersApi } from '../../../src/api/client.ts';
import { assertError, makeApi, rejection, token } from './support/makeApi.ts';
import { fetchError } from './support/scriptedFetch.ts';
import { wireServer, wireServerDetail } from './support/wireServers.ts';

const emptyList = { json: { count: 0, results: [] } };

describe('requests', () => {
  it('have headers for token, JSON and user agent', async () => {
    const { api, sent } = makeApi([emptyList]);
    await api.listServers();
    assert.deepEqual(sent[0]?.headers, {
      Authorization: `Bearer ${token}`,
      Accept: 'application/json',
      Connection: 'close',
      'User-Agent': 'vps-org-vscode/0.1.0',
    });
    assert.equal(sent[0].redirect, 'manual');
  });

  it('end in a slash and have one slash between base URL and path', async () => {
    for (const baseUrl of ['https://admin.vps.test/api/v1', 'https://admin.vps.test/api/v1//']) {
      const { api, sent } = makeApi([emptyList], { baseUrl });
      await api.listServers();
      assert.equal(sent[0]?.url.href, 'https://admin.vps.test/api/v1/servers/');
    }
  });

  it('have the encoded filters of a list, without empty ones', async () => {
    const { api, sent } = makeApi([emptyList, emptyList]);
    await api.listServers({ status: 'active', location: 'us west&x=1' });
    assert.equal(sent[0]?.url.search, '?status=active&location=us+west%26x%3D1');
    await api.listServers({ status: '', location: undefined });
    assert.equal(sent[1]?.url.search, '');
  });

  it('use plain http for this machine only', async () => {
    for (const baseUrl of [
      'http://admin.vps.test/api/v1',
      'https://user:pw@admin.vps.test/',
      'nonsense',
      'ftp://x/',
    ]) {
      const { api, sent } = makeApi([], { baseUrl });
      assertError(await rejection(api.listServers()), { kind: 'invalid' });
      assert.equal(sent.length, 0);
    }
    for (const baseUrl of [
      'http://127.0.0.1:4000/api',
      'http://localhost/api',
      'http://[::1]:80/api',
    ]) {
      const { api, verify } = makeApi([emptyList], { baseUrl });
      await api.listServers();
      verify();
    }
  });
});

describe('server calls', () => {
  it('read a detail reply', async () => {
    const { api, sent, warnings } = makeApi([{ json: wireServerDetail() }]);
    assert.deepEqual(await api.getServer('12345'), {
      id: '12345',
      name: 'web-server-01',
      hostname: 'web01.example.com',
      status: 'active',
      ipAddress: '203.0.113.10',
      ipv6Address: '2001:0db8::1',
      location: 'us-west',
      plan: {
        id: '1',
        name: 'Standard VPS',
        vcpus: 2,
        memoryMiB: 4096,
        storageGB: 80,
        bandwidthGB: 2048,
      },
      os: { id: '5', name: 'Ubuntu 22.04 LTS' },
      backupsEnabled: true,
      usage: { cpuPercent: 23.5, memoryUsedMiB: 2048, diskUsedGB: 35, bandwidthUsedGB: 450 },
      createdAt: '2025-01-10T14:30:00Z',
      updatedAt: '2025-01-11T08:00:00Z',
    });
    assert.equal(sent[0]?.method, 'GET');
    assert.equal(sent[0].url.pathname, '/api/v1/servers/12345/');
    assert.deepEqual(warnings, []);
  });

  it('return a server as raw JSON without the token', async () => {
    const raw = { id: 12345, extra: [null, { deep: true }], echo: `is ${token}` };
    const { api } = makeApi([{ json: raw }]);
    assert.deepEqual(await api.getServerJson('12345'), { ...raw, echo: 'is [redacted]' });
  });

  it('reject a reply about another server', async () => {
    const { api } = makeApi([{ json: wireServerDetail({ id: 99 }) }]);
    assertError(await rejection(api.getServer('12345')), {
      kind: 'badResponse',
      reason: 'wrongShape',
    });
  });

  it('create a server and return it with the message', async () => {
    const { api, sent } = makeApi([
      {
        status: 201,
        json: wireServer({
          status: 'provisioning',
          ip_address: null,
          message: 'Ready in\n2-5 <b>minutes</b>.',
        }),
      },
    ]);
    const reply = await api.createServer({
      name: 'web-server-01',
      location: 'us-west',
      planId: 1,
      osId: 5,
    });
    assert.equal(reply.server.status, 'provisioning');
    assert.equal(reply.server.ipAddress, null);
    assert.equal(reply.message, 'Ready in 2-5 minutes .');
    assert.equal(sent[0]?.method, 'POST');
    assert.equal(sent[0].url.pathname, '/api/v1/servers/');
    assert.equal(sent[0].headers['Content-Type'], 'application/json');
    assert.deepEqual(JSON.parse(sent[0].body ?? ''), {
      name: 'web-server-01',
      plan_id: 1,
      os_id: 5,
      location: 'us-west',
    });
  });

  it('send the optional fields of a creation under their API names', async () => {
    const { api, sent } = makeApi([{ status: 201, json: wireServer() }]);
    await api.createServer({
      name: 'a',
      location: 'us-west',
      planId: 1,
      osId: 5,
      hostname: 'a.example.com',
      sshKeyId: 7,
      backupsEnabled: false,
    });
    assert.deepEqual(JSON.parse(sent[0]?.body ?? ''), {
      name: 'a',
      plan_id: 1,
      os_id: 5,
      location: 'us-west',
      hostname: 'a.example.com',
      ssh_key_id: 7,
      backups_enabled: false,
    });
  });

  it('leave the outcome of a creation open when its reply has no server', async () => {
    const unusable = [
      { text: '' },
      { text: '<html></html>' },
      { json: { message: 'ok' } },
      { json: [] },
      { text: '{"id": 1' },
    ];
    for (const body of unusable) {
      const { api, verify } = makeApi([{ status: 201, ...body }]);
      const error = await rejection(
        api.createServer({ name: 'a', location: 'b', planId: 1, osId: 1 }),
      );
      assertError(error, { kind: 'badResponse', status: 201, method: 'POST' });
      verify();
    }
  });

  it('replace all settings with PUT and change single ones with PATCH', async () => {
    const { api, sent } = makeApi([
      { json: wireServer({ name: 'b' }) },
      { json: wireServer({ backups_enabled: true }) },
    ]);
    const replaced = await api.replaceServer('12345', {
      name: 'b',
      hostname: 'b.example.com',
      backupsEnabled: false,
    });
    assert.equal(replaced?.name, 'b');
    assert.equal(sent[0]?.method, 'PUT');
    assert.deepEqual(JSON.parse(sent[0].body ?? ''), {
      name: 'b',
      hostname: 'b.example.com',
      backups_enabled: false,
    });
    const updated = await api.updateServer('12345', { backupsEnabled: true });
    assert.equal(updated?.backupsEnabled, true);
    assert.equal(sent[1]?.method, 'PATCH');
    assert.deepEqual(JSON.parse(sent[1].body ?? ''), { backups_enabled: true });
    assert.equal(sent[1].url.pathname, '/api/v1/servers/12345/');
  });

  it('take a good status as success of a change, even with an unreadable body', async () => {
    const replies = [
      { step: { status: 204 }, warned: 0 },
      { step: { status: 200, text: '  ' }, warned: 0 },
      { step: { status: 200, text: 'OK' }, warned: 1 },
      { step: { status: 200, text: '{"id": 123' }, warned: 1 },
      { step: { status: 200, json: { ok: true } }, warned: 1 },
      // Only the settings that were sent: not enough for a server.
      {
        step: { status: 200, json: { id: 12345, name: 'b', hostname: 'c', backups_enabled: true } },
        warned: 1,
      },
      { step: { status: 200, json: { id: 12345, name: 'b', status: 'active' } }, warned: 0 },
      { step: { status: 200, json: wireServer({ id: 99 }) }, warned: 1 },
      { step: { status: 200, bodyError: fetchError('cut', 'ECONNRESET') }, warned: 1 },
    ];
    for (const { step, warned } of replies) {
      const { api, warnings, verify } = makeApi([step, step]);
      assert.equal(await api.updateServer('12345', { name: 'b' }), undefined);
      assert.equal(
        await api.replaceServer('12345', { name: 'b', hostname: 'c', backupsEnabled: true }),
        undefined,
      );
      assert.equal(warnings.length, warned * 2, JSON.stringify(step));
      verify();
    }
  });

  it('delete on any good reply', async () => {
    for (const step of [
      { status: 204 },
      { status: 200, text: 'gone' },
      { status: 202, json: { id: 5 } },
    ]) {
      const { api, sent } = makeApi([step]);
      assert.equal(await api.deleteServer('12345'), undefined);
      assert.equal(sent[0]?.method, 'DELETE');
      assert.equal(sent[0].url.pathname, '/api/v1/servers/12345/');
      assert.equal(sent[0].body, undefined);
    }
  });

  it('send power actions without a body and read the fragment', async () => {
    for (const action of ['start', 'stop', 'reboot'] as const) {
      const { api, sent } = makeApi([
        {
          json: {
            status: 'success',
            message: 'On its way',
            server: { id: 12345, name: 'web-server-01', status: 'starting' },
          },
        },
      ]);
      assert.deepEqual(await api.power('12345', action), {
        server: { id: '12345', name: 'web-server-01', status: 'starting' },
        message: 'On its way',
      });
      assert.equal(sent[0]?.method, 'POST');
      assert.equal(sent[0].url.pathname, `/api/v1/servers/12345/${action}/`);
      assert.equal(sent[0].body, undefined);
      assert.equal(sent[0].headers['Content-Type'], undefined);
    }
  });

  it('take a good status as success of a power action, even with an unreadable body', async () => {
    const steps = [
      { status: 204 },
      { text: 'OK' },
      { text: 'null' },
      { json: { server: 'x' } },
      { json: { server: { id: 12345 } } },
      { json: { server: { id: 99, status: 'active' } } },
      { json: { server: null } },
      { bodyError: fetchError('cut', 'ECONNRESET') },
    ];
    for (const step of steps) {
      const { api, verify } = makeApi([step]);
      assert.deepEqual(await api.power('12345', 'start'), {
        server: undefined,
        message: undefined,
      });
      verify();
    }
  });

  it('do not take a web page as success, and send the change once', async () => {
    const calls: readonly ((api: ServersApi) => Promise<unknown>)[] = [
      (api) => api.power('12345', 'stop'),
      (api) => api.deleteServer('12345'),
      (api) => api.updateServer('12345', { name: 'b' }),
      (api) => api.replaceServer('12345', { name: 'b', hostname: 'c', backupsEnabled: true }),
    ];
    for (const call of calls) {
      const { api, verify } = makeApi([
        { status: 200, text: ' \n<!DOCTYPE html><title>Hotel</title>' },
      ]);
      assertError(await rejection(call(api)), {
        kind: 'badResponse',
        reason: 'notJson',
        status: 200,
      });
      verify();
    }
  });
});
