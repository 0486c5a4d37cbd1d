import assert from 'node:assert/strict';
import { errorText } from '../../../src/text/errors.ts';
import { assertError, makeApi, rejection } from './support/makeApi.ts';
import { fetchError } from './support/scriptedFetch.ts';
import type { Step } from './support/scriptedFetch.ts';

const rejected = { status: 401, json: { detail: 'Invalid token.' } };
const owner = { json: { account: { email: 'jo@example.com' } } };
const list = { json: { count: 0, results: [] } };

const unconfirmed = { kind: 'badResponse', reason: 'intermediary', status: 401 } as const;
const confirmed = { kind: 'unauthorized', status: 401 } as const;

describe('a 401', () => {
  it('counts once another request is answered with 401 too', async () => {
    const { api, sent, verify } = makeApi([rejected, rejected]);
    assertError(await rejection(api.power('7', 'stop')), confirmed);
    assert.deepEqual(
      sent.map(({ method, url }) => `${method} ${url.pathname}`),
      ['POST /api/v1/servers/7/stop/', 'GET /api/v1/account/me/'],
    );
    verify();
  });

  it('is that of somebody in between where the account endpoint accepts the token', async () => {
    const { api, verify } = makeApi([rejected, owner]);
    const error = await rejection(api.listServers());
    assertError(error, unconfirmed);
    assert.equal(
      errorText(error),
      'A proxy or gateway between you and VPS.org answered (HTTP 401): Invalid token.',
    );
    verify();
  });

  it('is confirmed by the list where there is no account endpoint', async () => {
    const absent: readonly Step[] = [
      { status: 403, json: { detail: 'Your token may not do this.' } },
      { status: 404, json: { detail: 'Not found.' } },
      { status: 404, text: '<html>' },
      { status: 501 },
      { status: 401, text: '<html>' },
      { text: '<html>' },
    ];
    for (const step of absent) {
      const confirming = makeApi([rejected, step, rejected]);
      assertError(await rejection(confirming.api.getServer('7')), confirmed);
      assert.equal(confirming.sent[2]?.url.pathname, '/api/v1/servers/');
      confirming.verify();
      const contradicting = makeApi([rejected, step, list]);
      assertError(await rejection(contradicting.api.getServer('7')), unconfirmed);
      contradicting.verify();
    }
  });

  it('of the account endpoint is confirmed by the list', async () => {
    const confirming = makeApi([rejected, rejected]);
    assertError(await rejection(confirming.api.getOwner()), confirmed);
    assert.equal(confirming.sent[1]?.url.pathname, '/api/v1/servers/');
    const contradicting = makeApi([rejected, list]);
    assert.equal(await contradicting.api.getOwner(), undefined);
    contradicting.verify();
  });

  it('is not confirmed by a connection that fails', async () => {
    const cut = fetchError('cut', 'CERT_HAS_EXPIRED');
    const { api, verify } = makeApi([rejected, cut]);
    assertError(await rejection(api.deleteServer('7')), unconfirmed);
    verify();
  });

  it('is confirmed once, until a request succeeds', async () => {
    const { api, verify } = makeApi([rejected, rejected, rejected, list, rejected, owner]);
    assertError(await rejection(api.listServers()), confirmed);
    assertError(await rejection(api.listServers()), confirmed);
    await api.listServers();
    assertError(await rejection(api.listServers()), unconfirmed);
    verify();
  });

  it('is not confirmed after an abort', async () => {
    const abort = new AbortController();
    const { api, sent } = makeApi([rejected, 'hang']);
    const failed = rejection(api.getServer('7', { signal: abort.signal }));
    while (sent.length < 2) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    abort.abort();
    assertError(await failed, { kind: 'cancelled' });
  });
});
