import assert from 'node:assert/strict';
import { closeAll, json, request, results, start } from './harness.ts';

describe('startFaultySandbox', () => {
  afterEach(closeAll);

  it('records the last 1000 requests, without unauthorized ones', async () => {
    const { sandbox, clock } = await start();
    await request(sandbox, 'PATCH', '/servers/12345/?x=1', { body: { name: 'a' } });
    await request(sandbox, 'POST', '/servers/', { body: 'not json' });
    await request(sandbox, 'POST', '/servers/', { body: { name: 'b' }, token: 'other' });
    await request(sandbox, 'GET', '/servers/', { token: null });
    const time = clock.now();
    const authorization = `Bearer ${sandbox.token}`;
    assert.deepEqual(sandbox.requests, [
      { method: 'PATCH', path: '/servers/12345/?x=1', authorization, body: { name: 'a' }, time },
      { method: 'POST', path: '/servers/', authorization, body: 'not json', time },
    ]);
    for (let index = 0; index < 1000; index++) {
      await request(sandbox, 'GET', `/plans/?n=${index}`);
    }
    assert.equal(sandbox.requests.length, 1000);
    assert.equal(sandbox.requests[0]?.path, '/plans/?n=0');
  });

  it('starts without servers on request', async () => {
    const { sandbox } = await start({ seed: 'empty' });
    assert.deepEqual(json(await request(sandbox, 'GET', '/servers/')), { count: 0, results: [] });
  });

  it('generates 10,000 distinct servers, the same ones every time', async () => {
    const { sandbox } = await start({ seed: { count: 10_000 } });
    const response = await request(sandbox, 'GET', '/servers/');
    const servers = results(response);
    assert.equal(json(response).count, 10_000);
    for (const field of ['id', 'name', 'ip_address']) {
      assert.equal(new Set(servers.map((each) => each[field])).size, 10_000, field);
    }
    assert.equal(new Set(servers.map((each) => each.location)).size, 4);
    const second = (await start({ seed: { count: 10_000 } })).sandbox;
    assert.equal((await request(second, 'GET', '/servers/')).text, response.text);
  });
});
