import assert from 'node:assert/strict';
import type { ErrorKind } from '../../../src/core/errors.ts';
import { assertError, makeApi, rejection, token } from './support/makeApi.ts';
import { fetchError } from './support/scriptedFetch.ts';
import { wireServerDetail } from './support/wireServers.ts';

describe('Statuses', () => {
  const kinds: readonly [number, ErrorKind][] = [
    [400, 'invalid'],
    [401, 'unauthorized'],
    [402, 'paymentRequired'],
    [403, 'forbidden'],
    [404, 'notFound'],
    [405, 'server'],
    [409, 'conflict'],
    [418, 'server'],
    [422, 'invalid'],
    [429, 'rateLimited'],
    [500, 'server'],
    [503, 'server'],
  ];
  for (const [status, kind] of kinds) {
    it(`${status} is ${kind}, with the server's words`, async () => {
      const { api, verify } = makeApi([{ status, json: { detail: 'So it is.', name: ['Too long.'] } }]);
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

  it('404 with a web page does not say that a server is gone: a gateway says so of everything', async () => {
    const page = { status: 404, text: '\n<!DOCTYPE html><title>Not Found</title>' };
    const { api } = makeApi([page, page, page, page, page]);
    const calls = [api.getServer('7'), api.updateServer('7', {}), api.deleteServer('7'), api.power('7', 'stop')];
    for (const call of calls) {
      assertError(await rejection(call), { kind: 'badResponse', reason: 'notJson', status: 404 });
    }
    assertError(await rejection(api.listServers()), { kind: 'notFound' });
  });

  it('404 without a web page says so', async () => {
    for (const text of ['', 'Not found.', '{"detail": "<b>Not found.</b>"}']) {
      const { api } = makeApi([{ status: 404, text }]);
      assertError(await rejection(api.deleteServer('7')), { kind: 'notFound' });
    }
  });

  it('that mean nothing here are bad responses', async () => {
    for (const status of [100, 300, 304, 600, 999]) {
      const { api } = makeApi([{ status }]);
      assertError(await rejection(api.getServer('7')), { kind: 'badResponse', status });
    }
  });

  it('hold even when the words that came with them could not be read', async () => {
    const { api } = makeApi([{ status: 401, bodyError: fetchError('cut', 'ECONNRESET') }]);
    assertError(await rejection(api.getServer('7')), {
      kind: 'unauthorized',
      status: 401,
      serverMessage: undefined,
    });
  });

  it('carry how long the server wants to be left alone, also where nothing is repeated', async () => {
    const { api } = makeApi([{ status: 429, headers: { 'Retry-After': '7' } }]);
    assertError(await rejection(api.deleteServer('7')), { kind: 'rateLimited', retryAfterMs: 7000 });
  });
});

describe('Bodies of good replies', () => {
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
    it(`${JSON.stringify(text)} is ${reason}`, async () => {
      const { api, verify } = makeApi([{ text }]);
      assertError(await rejection(api.getServer('7')), {
        kind: 'badResponse',
        status: 200,
        ...{ reason },
      } as object);
      verify();
    });
  }

  it('announced as larger than 32 MiB are not read', async () => {
    const { api } = makeApi([
      { headers: { 'content-length': '33554433' }, json: wireServerDetail({ id: 7 }) },
    ]);
    assertError(await rejection(api.getServer('7')), { kind: 'badResponse', reason: 'tooLarge' });
    const fits = makeApi([{ headers: { 'content-length': '33554432' }, json: wireServerDetail({ id: 7 }) }]);
    assert.equal((await fits.api.getServer('7')).id, '7');
  });
});

describe('Secrets', () => {
  it('do not leave in errors, whoever put them there', async () => {
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

  it('do not leave in the cause of a failed connection', async () => {
    const { api } = makeApi([fetchError(`request to https://x/?t=${token} failed`, 'ECONNREFUSED')]);
    const error = await rejection(api.deleteServer('7'));
    assertError(error, { kind: 'network', code: 'ECONNREFUSED', method: 'DELETE', path: '/servers/7/' });
    assert.match(String(error.cause), /request to .*\[redacted\]/);
  });

  it('do not get into the log, nor do bodies and queries', async () => {
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

  it('that no header can carry are refused before anything is sent', async () => {
    for (const bad of ['', 'a b', 'a\r\nX: y', 'tökén', '\u200b']) {
      const { api, sent } = makeApi([], { token: bad });
      assertError(await rejection(api.listServers()), { kind: 'unauthorized', status: undefined });
      assert.equal(sent.length, 0);
    }
  });
});

describe('Anything unforeseen', () => {
  it('comes out as an AppError with the token taken out', async () => {
    const { api } = makeApi([], {
      timeoutMs: () => {
        throw new TypeError(`boom ${token}`);
      },
    });
    assertError(await rejection(api.deleteServer('7')), { method: 'DELETE' });
  });
});
