import assert from 'node:assert/strict';
import type { RequestListener } from 'node:http';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import nodeFetch from 'node-fetch';
import type { ServersApi } from '../../../src/api/client.ts';
import { createServersApi } from '../../../src/api/client.ts';
import type { Fetch } from '../../../src/api/http/attempt.ts';
import { FakeClock } from '../../support/fakeClock.ts';
import { useLoopbacks } from './support/loopback.ts';
import type { Loopback } from '../../support/loopback.ts';
import { assertError, rejection, token } from './support/makeApi.ts';
import { wireServerDetail } from './support/wireServers.ts';
import { explainError } from '../../../src/text/connection.ts';

// The compiler checks that node-fetch fits without a cast.
const fetch: Fetch = nodeFetch;
const detail = JSON.stringify(wireServerDetail({ id: 7 }));

describe('client with node-fetch', () => {
  const serve = useLoopbacks();
  let clock: FakeClock;

  beforeEach(() => {
    clock = new FakeClock();
  });

  afterEach(() => {
    assert.equal(clock.pendingCount, 0, 'a timer was left behind');
  });

  function apiFor(server: Loopback): ServersApi {
    return createServersApi({
      explain: explainError,
      fetch,
      baseUrl: `${server.origin}/api/v1`,
      token,
      clock,
      random: () => 0,
      timeoutMs: () => 30_000,
    });
  }

  /** Fires due timers until `promise` settles, while the network works. The clock does not advance. */
  async function drive<T>(promise: Promise<T>): Promise<T> {
    const state = { settled: false };
    const done = (): void => void (state.settled = true);
    promise.then(done, done);
    while (!state.settled) {
      await clock.advance(0);
    }
    return await promise;
  }

  it('sends token, path and body, and reads the reply', async () => {
    let body = '';
    const server = await serve((request, response) => {
      request.setEncoding('utf8');
      request.on('data', (chunk: string) => (body += chunk));
      request.on('end', () => response.end(detail));
    });
    const updated = await apiFor(server).updateServer('7', { name: 'größer' });
    assert.equal(updated?.id, '7');
    const [request] = server.received;
    assert.equal(request?.method, 'PATCH');
    assert.equal(request.url, '/api/v1/servers/7/');
    assert.equal(request.headers.authorization, `Bearer ${token}`);
    assert.equal(request.headers['content-type'], 'application/json');
    assert.deepEqual(JSON.parse(body), { name: 'größer' });
  });

  it('sends an id with special characters as one path segment', async () => {
    const server = await serve((_request, response) => response.writeHead(204).end());
    await apiFor(server).deleteServer('%2e%2e/a?b#c');
    assert.equal(server.received[0]?.url, '/api/v1/servers/%252e%252e%2Fa%3Fb%23c/');
  });

  it('reads compressed bodies', async () => {
    for (const [encoding, compress] of [
      ['gzip', gzipSync],
      ['deflate', deflateSync],
      ['br', brotliCompressSync],
    ] as const) {
      const server = await serve((_request, response) => {
        response.writeHead(200, { 'Content-Encoding': encoding }).end(compress(detail));
      });
      assert.equal((await apiFor(server).getServer('7')).name, 'web-server-01', encoding);
    }
  });

  it('reads empty bodies that are announced as compressed', async () => {
    const empty = Buffer.alloc(0);
    for (const [encoding, bytes] of [
      ['gzip', empty],
      ['x-gzip', empty],
      ['deflate', empty],
      ['x-deflate', empty],
      ['br', empty],
      ['identity', empty],
      ['gzip', gzipSync('')],
      ['deflate', deflateSync('')],
      ['br', brotliCompressSync('')],
    ] as const) {
      for (const status of [200, 202, 204]) {
        for (const isChunked of [false, true]) {
          const server = await serve((_request, response) => {
            response.writeHead(status, {
              'Content-Encoding': encoding,
              'Content-Type': 'application/json',
              ...(isChunked || status === 204 ? {} : { 'Content-Length': bytes.length }),
            });
            response.end(status === 204 ? undefined : bytes);
          });
          await apiFor(server).deleteServer('7');
          assert.deepEqual(await apiFor(server).power('7', 'stop'), {
            server: undefined,
            message: undefined,
          });
          const error = await rejection(apiFor(server).getServer('7'));
          assertError(error, { kind: 'badResponse', reason: 'empty' });
        }
      }
    }
  });

  it('uses a connection once, so that no change is lost to one that the server closes', async () => {
    const used = new Set<object>();
    const server = await serve((request, response) => {
      // A server that closes idle connections, at the worst moment: with the next request on its way.
      if (used.has(request.socket)) {
        request.socket.destroy();
        return;
      }
      used.add(request.socket);
      response.end(detail);
    });
    const api = apiFor(server);
    for (let round = 0; round < 5; round++) {
      await api.getServer('7');
      await api.power('7', 'reboot');
      await api.updateServer('7', { name: 'a' });
      await api.deleteServer('7');
    }
    assert.equal(server.received.length, 20);
    assert.ok(server.received.every(({ headers }) => headers.connection === 'close'));
  });

  it('rejects a small body that decompresses to more than 16 MiB', async () => {
    const bomb = gzipSync(Buffer.alloc(17 * 1024 * 1024, 32));
    const server = await serve((_request, response) => {
      response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(bomb);
    });
    assertError(await rejection(apiFor(server).getServer('7')), {
      kind: 'badResponse',
      reason: 'tooLarge',
      status: 200,
    });
  });

  it('rejects an endless body and closes its connection', async () => {
    let closed: Promise<void> | undefined;
    const server = await serve((request, response) => {
      closed = new Promise((resolve) => request.socket.once('close', () => resolve()));
      const chunk = Buffer.alloc(1024 * 1024, 32);
      const write = (): void => {
        while (!response.destroyed && response.write(chunk));
      };
      response.on('drain', write);
      write();
    });
    assertError(await rejection(apiFor(server).getServer('7')), {
      kind: 'badResponse',
      reason: 'tooLarge',
    });
    await closed;
  });

  it('does not wait for a body announced as too large, and closes its connection', async () => {
    let closed: Promise<void> | undefined;
    const server = await serve((request, response) => {
      closed = new Promise((resolve) => request.socket.once('close', () => resolve()));
      response.writeHead(200, { 'Content-Length': String(40 * 1024 * 1024) }).write('{');
    });
    assertError(await rejection(apiFor(server).getServer('7')), {
      kind: 'badResponse',
      reason: 'tooLarge',
    });
    await closed;
  });

  it('rejects a body that is not compressed as announced', async () => {
    const server = await serve((_request, response) => {
      response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(detail);
    });
    assertError(await rejection(apiFor(server).getServer('7')), {
      kind: 'badResponse',
      reason: 'notJson',
    });
    assert.equal(server.received.length, 1);
  });

  const cuts: readonly [string, RequestListener][] = [
    ['before the headers', (request) => void request.socket.destroy()],
    [
      'in a body of known length',
      (request, response) => {
        response.writeHead(200, { 'Content-Length': String(detail.length) });
        response.write(detail.slice(0, 50), () => request.socket.destroy());
      },
    ],
    [
      'in a chunked body',
      (request, response) => {
        response.writeHead(200);
        response.write(detail.slice(0, 50), () => request.socket.destroy());
      },
    ],
  ];
  for (const [where, cut] of cuts) {
    it(`retries a GET whose connection breaks ${where}, then reports a network error`, async () => {
      const server = await serve(cut);
      assertError(await drive(rejection(apiFor(server).getServer('7'))), {
        kind: 'network',
        path: '/servers/7/',
      });
      assert.equal(server.received.length, 3);
    });
  }

  it('recovers a GET from one broken connection', async () => {
    const server = await serve((request, response) => {
      if (server.received.length === 1) {
        request.socket.destroy();
      } else {
        response.end(detail);
      }
    });
    assert.equal((await drive(apiFor(server).getServer('7'))).id, '7');
  });

  it('sends a POST once when its connection breaks', async () => {
    const server = await serve((request) => void request.socket.destroy());
    const error = await drive(rejection(apiFor(server).power('7', 'reboot')));
    assertError(error, { kind: 'network', method: 'POST', code: 'ECONNRESET' });
    assert.equal(server.received.length, 1);
  });

  it('reports a refused connection as a network error with its code', async () => {
    const server = await serve(() => undefined);
    const api = apiFor(server);
    await server.close();
    assertError(await drive(rejection(api.getServer('7'))), {
      kind: 'network',
      code: 'ECONNREFUSED',
    });
  });

  it('closes the connection to a server that hangs at the time limit', async () => {
    for (const beginBody of [false, true]) {
      let hanging = (): void => undefined;
      let closed: Promise<void> | undefined;
      const reached = new Promise<void>((resolve) => (hanging = resolve));
      const server = await serve((request, response) => {
        closed = new Promise((resolve) => request.socket.once('close', () => resolve()));
        if (beginBody) {
          response.writeHead(400).write('{"detail": "x"');
        }
        hanging();
      });
      const error = rejection(apiFor(server).deleteServer('7'));
      await reached;
      await clock.advance(29_999);
      assert.equal(clock.pendingCount, 1);
      await clock.advance(1);
      // A received status says more than the time limit.
      assertError(await error, { kind: beginBody ? 'invalid' : 'timeout' });
      await closed;
    }
  });

  it('closes the connection of a cancelled call', async () => {
    let closed: Promise<void> | undefined;
    const controller = new AbortController();
    const server = await serve((request) => {
      closed = new Promise((resolve) => request.socket.once('close', () => resolve()));
      controller.abort();
    });
    assertError(await rejection(apiFor(server).getServer('7', { signal: controller.signal })), {
      kind: 'cancelled',
    });
    await closed;
    assert.equal(server.received.length, 1);
  });
});

describe('redirects', () => {
  const serve = useLoopbacks();

  function apiFor(server: Loopback): ServersApi {
    return createServersApi({
      explain: explainError,
      fetch,
      baseUrl: `${server.origin}/api/v1`,
      token,
      clock: new FakeClock(),
      timeoutMs: () => 30_000,
    });
  }

  it('are followed with the token for GET below the base URL', async () => {
    for (const status of [301, 302, 303, 307, 308]) {
      const server = await serve((request, response) => {
        if (request.url?.startsWith('/api/v1/moved/')) {
          response.end(detail);
        } else {
          response.writeHead(status, { Location: '/api/v1/moved/servers/7/' }).end('moved');
        }
      });
      assert.equal((await apiFor(server).getServer('7')).id, '7');
      assert.equal(server.received[1]?.headers.authorization, `Bearer ${token}`);
    }
  });

  it('are not followed to another origin, which receives no request', async () => {
    const other = await serve((_request, response) => response.end(detail));
    const hosts = [
      other.origin,
      other.origin.replace('127.0.0.1', 'localhost'),
      other.origin.replace('http:', 'https:'),
    ];
    for (const target of hosts) {
      const server = await serve((_request, response) => {
        response.writeHead(302, { Location: `${target}/api/v1/servers/7/` }).end();
      });
      assertError(await rejection(apiFor(server).getServer('7')), {
        kind: 'badResponse',
        reason: 'redirect',
        status: 302,
      });
    }
    assert.equal(other.received.length, 0);
  });

  it('are not followed to other parts of the origin', async () => {
    for (const target of [
      '/',
      '/login?next=/api/v1/',
      '/api/v2/servers/7/',
      '/api/v1',
      '/api/v10/servers/7/',
      '/API/V1/servers/7/',
      '/api/v1/../admin/',
      '/api/v1/%2e%2e/admin/',
      '/api/v1/..%2fadmin/',
      '/api/v1/x%2f..%2f..%2fadmin',
      '/api/v1/..;/admin/',
      '/api/v1/..\\\\admin/',
      '//api/v1/servers/7/',
    ]) {
      const server = await serve((_request, response) => {
        response.writeHead(302, { Location: target }).end();
      });
      assertError(await rejection(apiFor(server).getServer('7')), { reason: 'redirect' });
      assert.equal(server.received.length, 1, target);
    }
  });

  it('are not followed to another origin at the second step', async () => {
    const other = await serve((_request, response) => response.end(detail));
    const server = await serve((request, response) => {
      const location = request.url === '/api/v1/second' ? `${other.origin}/` : '/api/v1/second';
      response.writeHead(307, { Location: location }).end();
    });
    assertError(await rejection(apiFor(server).getServer('7')), {
      kind: 'badResponse',
      reason: 'redirect',
    });
    assert.equal(server.received.length, 2);
    assert.equal(other.received.length, 0);
  });

  it('are bad responses without a location, or with one that is invalid or has a password', async () => {
    for (const location of [undefined, 'http://[', 'data:,x', 'http://user:pw@HOST/']) {
      const server = await serve((request, response) => {
        const target = location?.replace('HOST', request.headers.host ?? '');
        response.writeHead(302, target === undefined ? {} : { Location: target }).end();
      });
      assertError(await rejection(apiFor(server).getServer('7')), {
        kind: 'badResponse',
        reason: 'redirect',
      });
      assert.equal(server.received.length, 1);
    }
  });

  it('are followed five times, not six', async () => {
    for (const [steps, works] of [
      [5, true],
      [6, false],
    ] as const) {
      const server = await serve((request, response) => {
        const step = Number(/step=(\d+)/.exec(request.url ?? '')?.[1] ?? 0);
        if (step === steps) {
          response.end(detail);
        } else {
          response.writeHead(302, { Location: `?step=${step + 1}` }).end();
        }
      });
      const outcome = await apiFor(server)
        .getServer('7')
        .then(
          () => true,
          () => false,
        );
      assert.equal(outcome, works);
      assert.equal(server.received.length, 6);
    }
  });

  it('are followed for GET only, also on the same origin', async () => {
    const server = await serve((_request, response) => {
      response.writeHead(307, { Location: '/api/v1/servers/8/' }).end();
    });
    const api = apiFor(server);
    for (const call of [
      api.deleteServer('7'),
      api.power('7', 'stop'),
      api.updateServer('7', { name: 'a' }),
    ]) {
      assertError(await rejection(call), { kind: 'badResponse', reason: 'redirect', status: 307 });
    }
    assert.equal(server.received.length, 3);
  });

  it('with an endless body close the connection', async () => {
    let closed: Promise<void> | undefined;
    const server = await serve((request, response) => {
      closed = new Promise((resolve) => request.socket.once('close', () => resolve()));
      response.writeHead(302, { Location: 'https://other.test/' }).write('x');
    });
    assertError(await rejection(apiFor(server).getServer('7')), { reason: 'redirect' });
    await closed;
  });

  it('include page links, which are not followed to another origin', async () => {
    const other = await serve((_request, response) => response.end('[]'));
    const server = await serve((_request, response) => {
      response.end(
        JSON.stringify({
          count: 2,
          next: `${other.origin}/api/v1/servers/?page=2`,
          results: [wireServerDetail()],
        }),
      );
    });
    assert.equal((await apiFor(server).listServers()).servers.length, 1);
    assert.equal(other.received.length, 0);
  });
});
