import assert from 'node:assert/strict';
import type { ErrorKind } from '../../../src/core/errors.ts';
import { assertError, makeApi, rejection, token } from './support/makeApi.ts';
import { fetchError } from './support/scriptedFetch.ts';
import { wireServerDetail } from './support/wireServers.ts';

describe('status errors', () => {
  const kinds: readonly [number, ErrorKind][] = [
    [400, 'invalid'],
    [401, 'unauthorized'],
    [402, 'paymentRequired'],
    [403, 'forbidden'],
    [404, 'notFound'],
    [405, 'conflict'],
    [409, 'conflict'],
    [418, 'conflict'],
    [422, 'invalid'],
    [429, 'rateLimited'],
    [500, 'server'],
    [503, 'server'],
  ];
  for (const [status, kind] of kinds) {
    it(`makes ${status} ${kind}, with the server's message`, async () => {
      const refusal = { status, json: { detail: 'So it is.', name: ['Too long.'] } };
      // A second request confirms a 401.
      const { api, verify } = makeApi(status === 401 ? [refusal, refusal] : [refusal]);
      assertError(await rejection(api.power('7', 'stop')), {
        kind,
        status,
        method: 'POST',
        path: '/servers/7/stop/',
        serverMessage: 'So it is.',
        fields: { name: ['Too long.'] },
      });
      verify();
    });
  }

  it('does not take a 404 with a web page as proof that a server is gone', async () => {
    const page = { status: 404, text: '\n<!DOCTYPE html><title>Not Found</title>' };
    const { api } = makeApi([page, page, page, page, page]);
    const calls = [
      api.getServer('7'),
      api.updateServer('7', {}),
      api.deleteServer('7'),
      api.power('7', 'stop'),
    ];
    for (const call of calls) {
      assertError(await rejection(call), {
        kind: 'badResponse',
        reason: 'intermediary',
        status: 404,
      });
    }
    assertError(await rejection(api.listServers()), { kind: 'badResponse', status: 404 });
  });

  it('takes a 404 in JSON of the API as proof that a server is gone', async () => {
    for (const text of ['{"detail": "Not found."}', '{"detail": "<b>Not found.</b>"}']) {
      const { api } = makeApi([{ status: 404, text }]);
      assertError(await rejection(api.deleteServer('7')), { kind: 'notFound' });
    }
  });

  it('makes statuses without a meaning here bad responses', async () => {
    for (const status of [100, 300, 304, 600, 999]) {
      const { api } = makeApi([{ status }]);
      assertError(await rejection(api.getServer('7')), { kind: 'badResponse', status });
    }
  });

  it('keeps the status when the body cannot be read', async () => {
    const bodyError = fetchError('cut', 'ECONNRESET');
    const { api } = makeApi([
      { status: 401, bodyError },
      { status: 409, bodyError },
    ]);
    assertError(await rejection(api.getServer('7')), {
      kind: 'badResponse',
      reason: 'intermediary',
      status: 401,
      serverMessage: undefined,
    });
    assertError(await rejection(api.deleteServer('7')), {
      kind: 'conflict',
      status: 409,
      serverMessage: undefined,
    });
  });

  it('carries the requested wait, also where nothing is retried', async () => {
    const { api } = makeApi([{ status: 429, headers: { 'Retry-After': '7' } }]);
    assertError(await rejection(api.deleteServer('7')), {
      kind: 'rateLimited',
      retryAfterMs: 7000,
    });
  });
});

describe('bodies of good replies', () => {
  const bodies: readonly [string, string][] = [
    ['', 'empty'],
    [' \n', 'empty'],
    ['<!doctype html><title>Log in</title>', 'notJson'],
    ['OK', 'notJson'],
    ['{nonsense}', 'notJson'],
    ['{"id": 7}}', 'notJson'],
    ['{"id": [7}', 'notJson'],
    ['{"id": 7, "na', 'truncated'],
    ['{"id": 7, "plan": {"id": 1}', 'truncated'],
    ['[{"id": 7}', 'truncated'],
    ['{', 'truncated'],
  ];
  for (const [text, reason] of bodies) {
    it(`are ${reason}: ${JSON.stringify(text)}`, async () => {
      const { api, verify } = makeApi([{ text }]);
      assertError(await rejection(api.getServer('7')), {
        kind: 'badResponse',
        status: 200,
        reason,
      } as object);
      verify();
    });
  }

  it('are not read when announced as larger than 16 MiB', async () => {
    const { api } = makeApi([
      { headers: { 'content-length': '16777217' }, json: wireServerDetail({ id: 7 }) },
    ]);
    assertError(await rejection(api.getServer('7')), { kind: 'badResponse', reason: 'tooLarge' });
    const fits = makeApi([
      { headers: { 'content-length': '16777216' }, json: wireServerDetail({ id: 7 }) },
    ]);
    assert.equal((await fits.api.getServer('7')).id, '7');
  });
});

describe('secrets', () => {
  it('are redacted in errors, wherever the server put them', async () => {
    const echo = `Bad header "Authorization: Bearer ${token}" / ${Buffer.from(token).toString('base64')}`;
    const { api } = makeApi([
      { status: 400, json: { detail: echo, [token]: [echo], name: [token] } },
      { status: 500, text: echo },
    ]);
    const first = await rejection(api.power('7', 'stop'));
    assertError(first, { kind: 'invalid' });
    assert.ok(!JSON.stringify(first).includes(Buffer.from(token).toString('base64')));
    assert.deepEqual(first.fields.name, ['[redacted]']);
    assert.ok('[redacted]' in first.fields);
    assertError(await rejection(api.power('7', 'stop')), { kind: 'server' });
  });

  it('are redacted in the cause of a failed connection', async () => {
    const { api } = makeApi([
      fetchError(`request to https://x/?t=${token} failed`, 'ECONNREFUSED'),
    ]);
    const error = await rejection(api.deleteServer('7'));
    assertError(error, {
      kind: 'network',
      code: 'ECONNREFUSED',
      method: 'DELETE',
      path: '/servers/7/',
    });
    assert.match(String(error.cause), /request to .*\[redacted\]/);
  });

  it('are not logged, nor are bodies and queries', async () => {
    const { api, warnings, debugLines } = makeApi([
      { json: [{ id: 5, name: 12, hostname: token }] },
      { status: 400, json: { detail: token } },
    ]);
    await api.listServers({ location: 'us-west' });
    await rejection(api.deleteServer(token));
    assert.deepEqual(debugLines, [
      'GET /servers/ 200 in 0 ms',
      'DELETE /servers/[redacted]/ 400 invalid in 0 ms',
    ]);
    assert.ok(!warnings.join().includes(token));
  });

  it('are rejected before a request is sent where no header can carry them', async () => {
    for (const bad of ['', 'a b', 'a\r\nX: y', 'tökén', '\u200b']) {
      const { api, sent } = makeApi([], { token: bad });
      assertError(await rejection(api.listServers()), { kind: 'unauthorized', status: undefined });
      assert.equal(sent.length, 0);
    }
  });
});

describe('an unexpected error', () => {
  it('becomes an AppError without the token', async () => {
    const { api } = makeApi([], {
      timeoutMs: () => {
        throw new TypeError(`boom ${token}`);
      },
    });
    assertError(await rejection(api.deleteServer('7')), { method: 'DELETE' });
  });
});
