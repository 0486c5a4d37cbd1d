import assert from 'node:assert/strict';
import { gunzipSync } from 'node:zlib';
import type { Fault } from '../../../src/sandbox/faults.ts';
import type { FaultySandbox } from '../../../src/sandbox/faultySandbox.ts';
import { ask, askUrl, closeAll, json, results, start, type Answer } from './harness.ts';

const aborted = { code: 'ECONNRESET' };

/** A sandbox whose next request meets the fault. */
async function startWith(fault: Fault, times = 1): Promise<Awaited<ReturnType<typeof start>>> {
  const started = await start();
  started.sandbox.faults.add({ fault, times });
  return started;
}

const list = (sandbox: FaultySandbox): Promise<Answer> => ask(sandbox, 'GET', '/servers/');
const status = (sandbox: FaultySandbox): string | undefined => sandbox.world.get(12345)?.status;

describe('sandbox: faults on the wire', () => {
  afterEach(closeAll);

  it('cutBefore: no answer, no effect', async () => {
    const { sandbox } = await startWith({ kind: 'cutBefore' });
    await assert.rejects(ask(sandbox, 'POST', '/servers/12345/stop/'), aborted);
    assert.equal(status(sandbox), 'active');
    assert.equal((await list(sandbox)).status, 200);
  });

  it('cutAfter: no answer, but the effect', async () => {
    const { sandbox } = await startWith({ kind: 'cutAfter' });
    await assert.rejects(ask(sandbox, 'POST', '/servers/12345/stop/'), aborted);
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

  it('status: any status, with a fitting body and no effect', async () => {
    for (const code of [401, 403, 404, 409, 429]) {
      const { sandbox } = await startWith({ kind: 'status', status: code });
      const answer = await ask(sandbox, 'DELETE', '/servers/12345/');
      assert.equal(answer.status, code);
      assert.equal(typeof json(answer).detail, 'string');
      assert.equal(answer.headers['retry-after'], code === 429 ? '2' : undefined);
      assert.equal(status(sandbox), 'active');
    }
    for (const code of [500, 502, 503]) {
      const { sandbox } = await startWith({ kind: 'status', status: code });
      const answer = await list(sandbox);
      assert.equal(answer.status, code);
      assert.equal(answer.headers['content-type'], 'text/html');
      assert.match(answer.text, new RegExp(`<title>${code} `, 'u'));
    }
  });

  it('status: with a body and headers of its own, and with an effect when told so', async () => {
    const { sandbox } = await startWith({
      kind: 'status',
      status: 429,
      body: 'Slow down',
      headers: { 'Retry-After': '120' },
      effect: true,
    });
    const answer = await ask(sandbox, 'DELETE', '/servers/12345/');
    assert.deepEqual([answer.status, answer.text, answer.headers['retry-after']], [429, 'Slow down', '120']);
    assert.equal(status(sandbox), undefined);
  });

  it('html200: a page where JSON should be', async () => {
    const { sandbox } = await startWith({ kind: 'html200' });
    const answer = await list(sandbox);
    assert.deepEqual([answer.status, answer.headers['content-type']], [200, 'text/html']);
    assert.match(answer.text, /^<!DOCTYPE html>/u);
  });

  it('truncatedJson: a whole reply with half the JSON', async () => {
    const { sandbox } = await startWith({ kind: 'truncatedJson' });
    const answer = await list(sandbox);
    assert.equal(answer.headers['content-length'], String(answer.bytes.length));
    assert.throws(() => json(answer), SyntaxError);
  });

  it('wrongShape: other JSON than promised', async () => {
    const { sandbox } = await startWith({ kind: 'wrongShape' });
    assert.deepEqual(json(await list(sandbox)), { unexpected: [true] });
    sandbox.faults.add({ fault: { kind: 'wrongShape', body: null } });
    assert.equal((await list(sandbox)).text, 'null');
  });

  it('empty: no body at all', async () => {
    const { sandbox } = await startWith({ kind: 'empty' });
    const answer = await list(sandbox);
    assert.deepEqual([answer.status, answer.text, answer.headers['content-length']], [200, '', '0']);
  });

  it('oddServers: odd entries among the good ones', async () => {
    const { sandbox } = await startWith({ kind: 'oddServers' });
    const answer = await list(sandbox);
    const servers = (json(answer).results as unknown[]).slice();
    assert.equal(json(answer).count, servers.length);
    assert.ok(servers.length > 25);
    assert.ok(servers.includes(null) && servers.includes('a string'));
    const ids = servers.map((each) => (each as { id?: unknown } | null)?.id);
    for (const good of sandbox.world.servers) {
      assert.ok(ids.includes(good.id));
    }
    assert.ok(ids.some((id) => typeof id === 'string' && /^[0-9a-f-]{36}$/u.test(id)));
  });

  it('duplicateIds: servers that come twice', async () => {
    const { sandbox } = await startWith({ kind: 'duplicateIds' });
    const ids = results(await list(sandbox)).map((each) => each.id);
    assert.equal(ids.length, 9);
    assert.equal(new Set(ids).size, 7);
  });

  it('pages: a list in parts, from one fault', async () => {
    const { sandbox } = await startWith({ kind: 'pages', size: 3 });
    const names: unknown[] = [];
    const pages: unknown[] = [];
    let next: unknown = `${sandbox.url}/servers/?order=x`;
    while (typeof next === 'string') {
      const answer = await askUrl(next, 'GET', sandbox.token);
      const page = json(answer);
      assert.equal(page.count, 7);
      names.push(...results(answer).map((each) => each.name));
      pages.push([page.previous, results(answer).length]);
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

  it('nextElsewhere: a next page at another origin', async () => {
    const { sandbox } = await startWith({ kind: 'nextElsewhere', url: 'https://evil.example/servers/?page=2' });
    assert.equal(json(await list(sandbox)).next, 'https://evil.example/servers/?page=2');
  });

  it('nextCircle: pages without an end', async () => {
    const { sandbox } = await startWith({ kind: 'nextCircle' });
    const first = json(await list(sandbox)).next;
    const second = json(await askUrl(String(first), 'GET', sandbox.token)).next;
    assert.equal(second, first);
    assert.equal(json(await askUrl(String(second), 'GET', sandbox.token)).next, first);
  });

  it('list faults leave other replies alone', async () => {
    const { sandbox } = await startWith({ kind: 'pages', size: 3 });
    assert.equal(json(await ask(sandbox, 'GET', '/servers/12345/')).name, 'web-server-01');
  });

  it('redirect: to somewhere else', async () => {
    const { sandbox } = await startWith({ kind: 'redirect', location: 'https://evil.example/' });
    const answer = await list(sandbox);
    assert.deepEqual([answer.status, answer.headers.location], [302, 'https://evil.example/']);
    sandbox.faults.add({ fault: { kind: 'redirect', location: '/x', status: 308 } });
    const permanent = await ask(sandbox, 'DELETE', '/servers/12345/');
    assert.deepEqual([permanent.status, permanent.headers.location], [308, '/x']);
    assert.equal(status(sandbox), 'active');
  });

  it('large: as many bytes as asked for, in pieces', async () => {
    const { sandbox } = await startWith({ kind: 'large', bytes: 20_000_001 });
    const answer = await list(sandbox);
    assert.equal(answer.bytes.length, 20_000_001);
    assert.equal(answer.headers['content-length'], undefined);
    assert.deepEqual(json(answer).results, []);
  });

  it('large: stops when nobody reads on', async () => {
    const { sandbox } = await startWith({ kind: 'large', bytes: Number.MAX_SAFE_INTEGER });
    const response = await fetch(`${sandbox.url}/servers/`, {
      headers: { Authorization: `Bearer ${sandbox.token}` },
    });
    await response.body?.cancel();
    assert.equal((await list(sandbox)).status, 200);
  });

  it('gzip: the real reply, compressed', async () => {
    const { sandbox } = await startWith({ kind: 'gzip' });
    const answer = await list(sandbox);
    assert.equal(answer.headers['content-encoding'], 'gzip');
    const plain = JSON.parse(gunzipSync(answer.bytes).toString()) as { count: number };
    assert.equal(plain.count, 7);
  });
});
