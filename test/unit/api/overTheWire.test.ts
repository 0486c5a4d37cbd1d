import assert from 'node:assert/strict';
import type { RequestListener } from 'node:http';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import nodeFetch from 'node-fetch';
import type { ServersApi } from '../../../src/api/api.ts';
import { createServersApi } from '../../../src/api/client.ts';
import type { Fetch } from '../../../src/api/fetch.ts';
import { FakeClock } from '../../support/fakeClock.ts';
import { useLoopbacks } from './support/loopback.ts';
import type { Loopback } from './support/loopback.ts';
import { assertError, rejection, token } from './support/makeApi.ts';
import { wireServerDetail } from './support/wireServers.ts';

// The compiler checks here that node-fetch fits without a cast.
const fetch: Fetch = nodeFetch;
const detail = JSON.stringify(wireServerDetail({ id: 7 }));

describe('With node-fetch, over the wire', () => {
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
      fetch,
      baseUrl: `${server.origin}/api/v1`,
      token,
      clock,
      random: () => 0,
      timeoutMs: () => 30_000,
    });
  }

  /** Lets the network do its part: keeps firing what is due until `promise` has settled. Time itself stands still. */
  async function drive<T>(promise: Promise<T>): Promise<T> {
    const state = { settled: false };
    const done = (): void => void (state.settled = true);
    promise.then(done, done);
    while (!state.settled) {
      await clock.advance(0);
    }
    return await promise;
  }

  it('a whole round works: token, path, body, answer', async () => {
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

  it('an id with odd characters reaches the server as one segment', async () => {
    const server = await serve((_request, response) => response.writeHead(204).end());
    await apiFor(server).deleteServer('%2e%2e/a?b#c');
    assert.equal(server.received[0]?.url, '/api/v1/servers/%252e%252e%2Fa%3Fb%23c/');
  });

  it('compressed bodies are read', async () => {
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

  it('a small body that unpacks to more than 32 MiB is refused', async () => {
    const bomb = gzipSync(Buffer.alloc(33 * 1024 * 1024, 32));
    const server = await serve((_request, response) => {
      response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(bomb);
    });
    assertError(await rejection(apiFor(server).getServer('7')), {
      kind: 'badResponse',
      reason: 'tooLarge',
      status: 200,
    });
  }).timeout(10_000);

  it('an endless body is refused, and its connection closed', async () => {
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
    assertError(await rejection(apiFor(server).getServer('7')), { kind: 'badResponse', reason: 'tooLarge' });
    await closed;
  }).timeout(10_000);

  it('a body announced as too large is not waited for, and its connection closed', async () => {
    let closed: Promise<void> | undefined;
    const server = await serve((request, response) => {
      closed = new Promise((resolve) => request.socket.once('close', () => resolve()));
      response.writeHead(200, { 'Content-Length': String(40 * 1024 * 1024) }).write('{');
    });
    assertError(await rejection(apiFor(server).getServer('7')), { kind: 'badResponse', reason: 'tooLarge' });
    await closed;
  });

  it('a body that is not compressed as it says is a bad response', async () => {
    const server = await serve((_request, response) => {
      response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(detail);
    });
    assertError(await rejection(apiFor(server).getServer('7')), { kind: 'badResponse', reason: 'notJson' });
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
    it(`a connection cut ${where} is a network error, and a GET is tried again`, async () => {
      const server = await serve(cut);
      assertError(await drive(rejection(apiFor(server).getServer('7'))), {
        kind: 'network',
        path: '/servers/7/',
      });
      assert.equal(server.received.length, 3);
    });
  }

  it('a GET survives one cut connection', async () => {
    const server = await serve((request, response) => {
      if (server.received.length === 1) {
        request.socket.destroy();
      } else {
        response.end(detail);
      }
    });
    assert.equal((await drive(apiFor(server).getServer('7'))).id, '7');
  });

  it('a POST whose connection is cut is sent once', async () => {
    const server = await serve((request) => void request.socket.destroy());
    const error = await drive(rejection(apiFor(server).power('7', 'reboot')));
    assertError(error, { kind: 'network', method: 'POST', code: 'ECONNRESET' });
    assert.equal(server.received.length, 1);
  });

  it('nobody listening is a network error with its code', async () => {
    const server = await serve(() => undefined);
    const api = apiFor(server);
    await server.close();
    assertError(await drive(rejection(api.getServer('7'))), { kind: 'network', code: 'ECONNREFUSED' });
  });

  it('a server that hangs runs into the time limit, and its connection is closed', async () => {
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
      // Once a status has come it tells more than the time limit does.
      assertError(await error, { kind: beginBody ? 'invalid' : 'timeout' });
      await closed;
    }
  });

  it('calling off closes the connection', async () => {
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

describe('Redirects', () => {
  const serve = useLoopbacks();

  function apiFor(server: Loopback): ServersApi {
    return createServersApi({
      fetch,
      baseUrl: `${server.origin}/api/v1`,
      token,
      clock: new FakeClock(),
      timeoutMs: () => 30_000,
    });
  }

  it('of a GET on the same origin are followed, with the token', async () => {
    for (const status of [301, 302, 303, 307, 308]) {
      const server = await serve((request, response) => {
        if (request.url?.startsWith('/api/v2/')) {
          response.end(detail);
        } else {
          response.writeHead(status, { Location: '/api/v2/servers/7/' }).end('moved');
        }
      });
      assert.equal((await apiFor(server).getServer('7')).id, '7');
      assert.equal(server.received[1]?.headers.authorization, `Bearer ${token}`);
    }
  });

  it('to another origin are not followed: nothing at all is sent there', async () => {
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

  it('that leave the origin at the second step are not followed either', async () => {
    const other = await serve((_request, response) => response.end(detail));
    const server = await serve((request, response) => {
      const location = request.url === '/second' ? `${other.origin}/` : '/second';
      response.writeHead(307, { Location: location }).end();
    });
    assertError(await rejection(apiFor(server).getServer('7')), { kind: 'badResponse', reason: 'redirect' });
    assert.equal(server.received.length, 2);
    assert.equal(other.received.length, 0);
  });

  it('without a place, to no place or to one with a password in it are bad responses', async () => {
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

  it('of anything but a GET are not followed, not even on the same origin', async () => {
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

  it('with an endless body do not hold the connection', async () => {
    let closed: Promise<void> | undefined;
    const server = await serve((request, response) => {
      closed = new Promise((resolve) => request.socket.once('close', () => resolve()));
      response.writeHead(302, { Location: 'https://other.test/' }).write('x');
    });
    assertError(await rejection(apiFor(server).getServer('7')), { reason: 'redirect' });
    await closed;
  });

  it('in a page link to another origin are no way out either', async () => {
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
