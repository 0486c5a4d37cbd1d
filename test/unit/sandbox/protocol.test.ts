import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { request, requestUrl, closeAll, json, results, start } from './harness.ts';

describe('Sandbox protocol', () => {
  afterEach(closeAll);

  it('returns the account and the token', async () => {
    const { sandbox } = await start();
    const response = await request(sandbox, 'GET', '/account/me/');
    assert.equal(response.status, 200);
    const { account, token } = json(response) as Record<string, Record<string, unknown>>;
    assert.deepEqual(Object.keys(account ?? {}), [
      'email',
      'first_name',
      'last_name',
      'company_name',
      'created_at',
    ]);
    assert.equal(account?.email, 'sample@example.com');
    assert.equal(token?.name, 'Sample token');
    assert.ok(Array.isArray(token?.permissions));
  });

  it('lists all plans, or the plans of one location', async () => {
    const { sandbox } = await start();
    const all = results(await request(sandbox, 'GET', '/plans/'));
    assert.deepEqual(all[0], {
      id: 1,
      name: 'Standard VPS',
      slug: 'standard-vps',
      vcpus: 2,
      memory: 4096,
      storage: 80,
      bandwidth: 2048,
      price_monthly: 12,
      price_hourly: 0.018,
      available: true,
      locations: ['us-west', 'us-east', 'eu-central', 'ap-southeast'],
      description: 'Sample plan with an invented price.',
    });
    assert.equal(all.filter((each) => each.available === false).length, 1);
    const names = async (location: string) =>
      results(await request(sandbox, 'GET', `/plans/?location=${location}`)).map(
        (each) => each.name,
      );
    assert.deepEqual(await names('ap-southeast'), ['Standard VPS', 'Starter VPS']);
    assert.deepEqual(await names('mars'), []);
  });

  it('refuses requests without the right token', async () => {
    const { sandbox } = await start({ token: 'vps_right' });
    const refusals: readonly (readonly [Record<string, string>, RegExp])[] = [
      [{}, /not provided/u],
      [{ Authorization: 'Bearer vps_wrong' }, /Invalid token/u],
      [{ Authorization: 'Bearer vps_right2' }, /Invalid token/u],
      [{ Authorization: 'Bearer ' }, /Invalid token/u],
      [{ Authorization: 'Token vps_right' }, /Invalid token/u],
      [{ Authorization: 'vps_right' }, /Invalid token/u],
    ];
    for (const [headers, complaint] of refusals) {
      for (const [method, path] of [
        ['GET', '/servers/'],
        ['DELETE', '/servers/12345/'],
        ['PUT', '/plans/'],
      ] as const) {
        const response = await request(sandbox, method, path, { token: null, headers });
        assert.equal(response.status, 401);
        assert.equal(response.headers['www-authenticate'], 'Bearer');
        assert.match(String(json(response).detail), complaint);
      }
    }
    assert.equal(sandbox.world.servers.length, 7);
    assert.equal((await request(sandbox, 'GET', '/servers/')).status, 200);
  });

  it('generates a new token for every sandbox', async () => {
    const [one, two] = [await start(), await start()];
    assert.match(one.sandbox.token, /^vps_sample_[0-9a-f]{64}$/u);
    assert.notEqual(one.sandbox.token, two.sandbox.token);
  });

  it('responds with 404 to unknown paths, and with 401 without a token', async () => {
    const { sandbox } = await start();
    for (const path of [
      '/',
      '/nothing/',
      '/servers/1/resize/',
      '/servers//',
      '/servers/12345/start/x/',
      '/account/',
    ]) {
      assert.equal((await request(sandbox, 'GET', path)).status, 404, path);
      assert.equal((await request(sandbox, 'GET', path, { token: null })).status, 401, path);
    }
    const origin = new URL(sandbox.url).origin;
    for (const path of ['/', '/servers/', '/api/v1', '/api/v2/servers/', '/api/v10/servers/']) {
      assert.equal((await requestUrl(`${origin}${path}`, 'GET', sandbox.token)).status, 404, path);
    }
  });

  it('responds with 405 and the allowed methods', async () => {
    const { sandbox } = await start();
    for (const [method, path, allow] of [
      ['DELETE', '/servers/', 'GET, POST'],
      ['POST', '/servers/12345/', 'GET, PUT, PATCH, DELETE'],
      ['GET', '/servers/12345/start/', 'POST'],
      ['OPTIONS', '/plans/', 'GET'],
      ['POST', '/account/me/', 'GET'],
    ] as const) {
      const response = await request(sandbox, method, path);
      assert.equal(response.status, 405);
      assert.equal(response.headers.allow, allow);
    }
  });

  it('requires the slash at the end of a path', async () => {
    const { sandbox } = await start();
    const got = await request(sandbox, 'GET', '/servers?status=active');
    assert.equal(got.status, 301);
    assert.equal(got.headers.location, '/api/v1/servers/?status=active');
    assert.equal(
      (await request(sandbox, 'GET', '/servers/12345')).headers.location,
      '/api/v1/servers/12345/',
    );
    for (const [method, path] of [
      ['POST', '/servers'],
      ['POST', '/servers/12345/stop'],
      ['DELETE', '/servers/12345'],
    ] as const) {
      const response = await request(sandbox, method, path);
      assert.equal(response.status, 404);
      assert.match(String(json(response).detail), /slash/u);
    }
    assert.equal(sandbox.world.get(12345)?.status, 'active');
  });

  it('accepts only its own host names', async () => {
    const { sandbox } = await start();
    const { port } = new URL(sandbox.url);
    sandbox.faults.add({ fault: { kind: 'hang' }, match: { method: 'DELETE' } });
    for (const host of [
      'evil.example',
      `evil.example:${port}`,
      '127.0.0.1',
      'localhost:1',
      `[::1]:${port}`,
    ]) {
      const response = await request(sandbox, 'DELETE', '/servers/12345/', {
        headers: { Host: host },
      });
      assert.equal(response.status, 403, host);
    }
    assert.equal(sandbox.faults.pending.length, 1);
    for (const host of [`127.0.0.1:${port}`, `localhost:${port}`, `LocalHost:${port}`]) {
      assert.equal(
        (await request(sandbox, 'GET', '/servers/', { headers: { Host: host } })).status,
        200,
        host,
      );
    }
  });

  it('refuses a request without a Host header', async () => {
    const { sandbox } = await start();
    const socket = connect(Number(new URL(sandbox.url).port), '127.0.0.1');
    socket.end('GET /api/v1/servers/ HTTP/1.0\r\n\r\n');
    let text = '';
    for await (const chunk of socket) {
      text += String(chunk);
    }
    assert.match(text, /^HTTP\/1\.1 403 /u);
  });

  it('sends no CORS headers', async () => {
    const { sandbox } = await start();
    const headers = { Origin: 'https://evil.example', 'Access-Control-Request-Method': 'DELETE' };
    for (const method of ['GET', 'OPTIONS']) {
      const response = await request(sandbox, method, '/servers/', { headers });
      assert.deepEqual(
        Object.keys(response.headers).filter((name) => name.startsWith('access-control')),
        [],
      );
    }
  });
});
