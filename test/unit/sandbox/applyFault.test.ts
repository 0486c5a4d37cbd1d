import assert from 'node:assert/strict';
import { gunzipSync } from 'node:zlib';
import type { Fault } from '../../sandbox/faults.ts';
import type { FaultySandbox } from '../../sandbox/faultySandbox.ts';
import { request, requestUrl, closeAll, json, results, start, type Response } from './harness.ts';

const aborted = { code: 'ECONNRESET' };

/** Starts a sandbox that applies the fault to its next request. */
async function startWith(fault: Fault, times = 1): Promise<Awaited<ReturnType<typeof start>>> {
  const started = await start();
  started.sandbox.faults.add({ fault, times });
  return started;
}

const list = (sandbox: FaultySandbox): Promise<Response> => request(sandbox, 'GET', '/servers/');
const status = (sandbox: FaultySandbox): string | undefined => sandbox.world.get(12345)?.status;

describe('applyFault', () => {
  afterEach(closeAll);

  it('cutBefore: no response and no effect', async () => {
    const { sandbox } = await startWith({ kind: 'cutBefore' });
    await assert.rejects(request(sandbox, 'POST', '/servers/12345/stop/'), aborted);
    assert.equal(status(sandbox), 'active');
    assert.equal((await list(sandbox)).status, 200);
  });

  it('cutAfter: no response after the effect', async () => {
    const { sandbox } = await startWith({ kind: 'cutAfter' });
    await assert.rejects(request(sandbox, 'POST', '/servers/12345/stop/'), aborted);
    assert.equal(status(sandbox), 'stopping');
  });

  it('halfBody: a connection cut in the middle of the body', async () => {
    const { sandbox } = await startWith({ kind: 'halfBody' });
    const response = await fetch(`${sandbox.url}/servers/`, {
      headers: { Authorization: `Bearer ${sandbox.token}` },
    });
    assert.equal(response.status, 200);
    assert.ok(Number(response.headers.get('content-length')) > 1000);
    await assert.rejects(response.text());
  });

  it('status: any status, with a matching body and no effect', async () => {
    for (const code of [401, 403, 404, 409, 429]) {
      const { sandbox } = await startWith({ kind: 'status', status: code });
      const response = await request(sandbox, 'DELETE', '/servers/12345/');
      assert.equal(response.status, code);
      assert.equal(typeof json(response).detail, 'string');
      assert.equal(response.headers['retry-after'], code === 429 ? '2' : undefined);
      assert.equal(status(sandbox), 'active');
    }
    for (const code of [500, 502, 503]) {
      const { sandbox } = await startWith({ kind: 'status', status: code });
      const response = await list(sandbox);
      assert.equal(response.status, code);
      assert.equal(response.headers['content-type'], 'text/html');
      assert.match(response.text, new RegExp(`<title>${code} `, 'u'));
    }
  });

  it('status: with a custom body, custom headers and an effect', async () => {
    const { sandbox } = await startWith({
      kind: 'status',
      status: 429,
      body: 'Slow down',
      headers: { 'Retry-After': '120' },
      effect: true,
    });
    const response = await request(sandbox, 'DELETE', '/servers/12345/');
    assert.deepEqual(
      [response.status, response.text, response.headers['retry-after']],
      [429, 'Slow down', '120'],
    );
    assert.equal(status(sandbox), undefined);
  });

  it('html200: a page instead of JSON', async () => {
    const { sandbox } = await startWith({ kind: 'html200' });
    const response = await list(sandbox);
    assert.deepEqual([response.status, response.headers['content-type']], [200, 'text/html']);
    assert.match(response.text, /^<!DOCTYPE html>/u);
  });

  it('truncatedJson: a complete response with half of the JSON', async () => {
    const { sandbox } = await startWith({ kind: 'truncatedJson' });
    const response = await list(sandbox);
    assert.equal(response.headers['content-length'], String(response.bytes.length));
    assert.throws(() => json(response), SyntaxError);
  });

  it('wrongShape: unexpected JSON', async () => {
    const { sandbox } = await startWith({ kind: 'wrongShape' });
    assert.deepEqual(json(await list(sandbox)), { unexpected: [true] });
    sandbox.faults.add({ fault: { kind: 'wrongShape', body: null } });
    assert.equal((await list(sandbox)).text, 'null');
  });

  it('empty: no body', async () => {
    const { sandbox } = await startWith({ kind: 'empty' });
    const response = await list(sandbox);
    assert.deepEqual(
      [response.status, response.text, response.headers['content-length']],
      [200, '', '0'],
    );
  });

  it('malformedServers: odd entries among the good ones', async () => {
    const { sandbox } = await startWith({ kind: 'malformedServers' });
    const response = await list(sandbox);
    const servers = (json(response).results as unknown[]).slice();
    assert.equal(json(response).count, servers.length);
    assert.ok(servers.length > 25);
    assert.ok(servers.includes(null) && servers.includes('a string'));
    const ids = servers.map((each) => (each as { id?: unknown } | null)?.id);
    for (const good of sandbox.world.servers) {
      assert.ok(ids.includes(good.id));
    }
    assert.ok(ids.some((id) => typeof id === 'string' && /^[0-9a-f-]{36}$/u.test(id)));
  });

  it('duplicateIds: servers that appear twice', async () => {
    const { sandbox } = await startWith({ kind: 'duplicateIds' });
    const ids = results(await list(sandbox)).map((each) => each.id);
    assert.equal(ids.length, 9);
    assert.equal(new Set(ids).size, 7);
  });

  it('pages: a paginated list from one fault', async () => {
    const { sandbox } = await startWith({ kind: 'pages', size: 3 });
    const names: unknown[] = [];
    const pages: unknown[] = [];
    let next: unknown = `${sandbox.url}/servers/?order=x`;
    while (typeof next === 'string') {
      const response = await requestUrl(next, 'GET', sandbox.token);
      const page = json(response);
      assert.equal(page.count, 7);
      names.push(...results(response).map((each) => each.name));
      pages.push([page.previous, results(response).length]);
      next = page.next;
    }
    assert.deepEqual(
      names,
      sandbox.world.servers.map((each) => each.name),
    );
    assert.deepEqual(pages, [
      [null, 3],
      [`${sandbox.url}/servers/?order=x&page=1`, 3],
      [`${sandbox.url}/servers/?order=x&page=2`, 1],
    ]);
    sandbox.faults.assertUsed();
    assert.equal(results(await list(sandbox)).length, 7);
  });

  it('nextOtherOrigin: a next page at another origin', async () => {
    const { sandbox } = await startWith({
      kind: 'nextOtherOrigin',
      url: 'https://evil.example/servers/?page=2',
    });
    assert.equal(json(await list(sandbox)).next, 'https://evil.example/servers/?page=2');
  });

  it('nextLoop: pages without an end', async () => {
    const { sandbox } = await startWith({ kind: 'nextLoop' });
    const first = json(await list(sandbox)).next;
    const second = json(await requestUrl(String(first), 'GET', sandbox.token)).next;
    assert.equal(second, first);
    assert.equal(json(await requestUrl(String(second), 'GET', sandbox.token)).next, first);
  });

  it('list faults do not change other replies', async () => {
    const { sandbox } = await startWith({ kind: 'pages', size: 3 });
    assert.equal(json(await request(sandbox, 'GET', '/servers/12345/')).name, 'web-server-01');
  });

  it('redirect: to another URL', async () => {
    const { sandbox } = await startWith({ kind: 'redirect', location: 'https://evil.example/' });
    const response = await list(sandbox);
    assert.deepEqual([response.status, response.headers.location], [302, 'https://evil.example/']);
    sandbox.faults.add({ fault: { kind: 'redirect', location: '/x', status: 308 } });
    const permanent = await request(sandbox, 'DELETE', '/servers/12345/');
    assert.deepEqual([permanent.status, permanent.headers.location], [308, '/x']);
    assert.equal(status(sandbox), 'active');
  });

  it('large: the requested number of bytes, in chunks', async () => {
    const { sandbox } = await startWith({ kind: 'large', bytes: 20_000_001 });
    const response = await list(sandbox);
    assert.equal(response.bytes.length, 20_000_001);
    assert.equal(response.headers['content-length'], undefined);
    assert.deepEqual(json(response).results, []);
  });

  it('large: stops when the client cancels', async () => {
    const { sandbox } = await startWith({ kind: 'large', bytes: Number.MAX_SAFE_INTEGER });
    const response = await fetch(`${sandbox.url}/servers/`, {
      headers: { Authorization: `Bearer ${sandbox.token}` },
    });
    await response.body?.cancel();
    assert.equal((await list(sandbox)).status, 200);
  });

  it('gzip: the regular reply, compressed', async () => {
    const { sandbox } = await startWith({ kind: 'gzip' });
    const response = await list(sandbox);
    assert.equal(response.headers['content-encoding'], 'gzip');
    const plain = JSON.parse(gunzipSync(response.bytes).toString()) as { count: number };
    assert.equal(plain.count, 7);
  });
});
