import assert from 'node:assert/strict';
import { assertError, makeApi, rejection } from './support/makeApi.ts';
import { fetchError } from './support/scriptedFetch.ts';
import type { Step } from './support/scriptedFetch.ts';
import { settle } from '../../support/fakeClock.ts';
import { wireServerDetail } from './support/wireServers.ts';

const good = { json: wireServerDetail({ id: 7 }) };
const refused = fetchError('refused', 'ECONNREFUSED');

describe('retries of GET', () => {
  const transient: readonly [string, Step][] = [
    ['a refused connection', refused],
    [
      'a truncated body',
      { bodyError: fetchError('Premature close', 'ERR_STREAM_PREMATURE_CLOSE') },
    ],
    ['429', { status: 429 }],
    ['502', { status: 502, text: '<html>' }],
    ['503', { status: 503 }],
    ['504', { status: 504 }],
  ];
  for (const [name, step] of transient) {
    it(`happen twice after ${name}`, async () => {
      const { api, clock, verify } = makeApi([step, step, good]);
      const server = api.getServer('7');
      await clock.advance(750);
      assert.equal((await server).id, '7');
      assert.equal(clock.pendingCount, 0);
      verify();
    });
  }

  it('end after two repeats with the last error', async () => {
    const { api, clock, verify } = makeApi([{ status: 502 }, { status: 503 }, refused]);
    const error = rejection(api.getServer('7'));
    await clock.advance(60_000);
    assertError(await error, { kind: 'network', code: 'ECONNREFUSED' });
    verify();
  });

  it('wait a random part of 500 ms, then of 1 s', async () => {
    const { api, clock, sent } = makeApi([refused, refused, good]);
    const server = api.getServer('7');
    await clock.advance(249);
    assert.equal(sent.length, 1);
    await clock.advance(1);
    assert.equal(sent.length, 2);
    await clock.advance(499);
    assert.equal(sent.length, 2);
    await clock.advance(1);
    assert.equal(sent.length, 3);
    await server;
  });

  it('report each wait, and its reason', async () => {
    const { api, clock } = makeApi([
      { status: 429, headers: { 'retry-after': '5' } },
      { status: 503 },
      { json: [] },
    ]);
    const waits: unknown[] = [];
    const list = api.listServers(
      {},
      { onWait: (waitMs, { kind, status }) => waits.push([waitMs, kind, status]) },
    );
    await clock.advance(60_000);
    await list;
    assert.deepEqual(waits, [
      [5_000, 'rateLimited', 429],
      [500, 'server', 503],
    ]);
  });

  it('happen once after a timeout', async () => {
    const { api, clock, verify } = makeApi(['hang', 'hang']);
    const error = rejection(api.getServer('7'));
    await clock.advance(30_000);
    await clock.advance(250);
    await clock.advance(30_000);
    await clock.advance(60_000);
    assertError(await error, { kind: 'timeout' });
    verify();
  });

  const permanent: readonly [string, Step][] = [
    ['400', { status: 400 }],
    ['401', { status: 401 }],
    ['404', { status: 404 }],
    ['500', { status: 500 }],
    ['501', { status: 501 }],
    ['a body that is no JSON', { text: 'x' }],
    ['a redirect to another origin', { status: 302, headers: { location: 'https://evil.test/' } }],
    ['a bad certificate', fetchError('expired', 'CERT_HAS_EXPIRED')],
  ];
  for (const [name, step] of permanent) {
    it(`do not happen after ${name}`, async () => {
      const { api, verify, clock } = makeApi([step]);
      await rejection(api.getServer('7'));
      assert.equal(clock.pendingCount, 0);
      verify();
    });
  }

  it('wait as long as Retry-After requests', async () => {
    const { api, clock, sent } = makeApi([{ status: 429, headers: { 'Retry-After': '20' } }, good]);
    const server = api.getServer('7');
    await clock.advance(19_999);
    assert.equal(sent.length, 1);
    await clock.advance(1);
    await server;
    assert.equal(sent.length, 2);
  });

  it('do not wait more than 20 s: the error comes at once, with the wait', async () => {
    for (const [status, kind] of [
      [429, 'rateLimited'],
      [503, 'server'],
    ] as const) {
      const { api, verify } = makeApi([{ status, headers: { 'Retry-After': '21' } }]);
      assertError(await rejection(api.getServer('7')), { kind, retryAfterMs: 21_000 });
      verify();
    }
  });

  it('stop waiting when the call is cancelled', async () => {
    const { api, clock, verify } = makeApi([{ status: 503 }]);
    const controller = new AbortController();
    const error = rejection(api.getServer('7', { signal: controller.signal }));
    await settle();
    assert.equal(clock.pendingCount, 1);
    controller.abort();
    assertError(await error, { kind: 'cancelled' });
    assert.equal(clock.pendingCount, 0);
    verify();
  });
});

describe('changes', () => {
  const steps: readonly Step[] = [
    refused,
    { status: 429, headers: { 'Retry-After': '0' } },
    { status: 502 },
    { status: 503 },
    { status: 504 },
    { status: 307, headers: { location: '/api/v1/servers/8/' } },
    { status: 303, headers: { location: '/api/v1/servers/8/' } },
    'hang',
  ];
  const settings = { name: 'a', hostname: 'a.example.com', backupsEnabled: true };
  for (const step of steps) {
    it(`are sent once, whatever happens: ${JSON.stringify(step)}`, async () => {
      const { api, clock, sent } = makeApi([step, step, step, step, step]);
      const errors = [
        api.createServer({ name: 'a', location: 'b', planId: 1, osId: 1 }),
        api.replaceServer('7', settings),
        api.updateServer('7', { name: 'b' }),
        api.deleteServer('7'),
        api.power('7', 'reboot'),
      ].map(rejection);
      await clock.advance(120_000);
      await Promise.all(errors);
      assert.deepEqual(
        sent.map((request) => request.method),
        ['POST', 'PUT', 'PATCH', 'DELETE', 'POST'],
      );
      assert.equal(clock.pendingCount, 0);
    });
  }
});
