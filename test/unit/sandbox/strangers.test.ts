import assert from 'node:assert/strict';
import { connect, type Socket } from 'node:net';
import fc from 'fast-check';
import type { FaultySandbox } from '../../sandbox/faultySandbox.ts';
import { closeAll, request, requestUrl, start } from './harness.ts';

const portOf = (sandbox: FaultySandbox): number => Number(new URL(sandbox.url).port);

/** Sends raw bytes and returns everything until the server closes the connection. */
async function sendRaw(socket: Socket, text: string): Promise<string> {
  let received = '';
  socket.on('error', () => undefined);
  socket.on('data', (chunk: Buffer) => (received += chunk.toString('latin1')));
  socket.once('connect', () => socket.write(text));
  await new Promise((resolve) => socket.once('close', resolve));
  return received;
}

describe('Sandbox and strangers', () => {
  afterEach(closeAll);

  const tokens: readonly (readonly [string, Record<string, string>])[] = [
    ['no token', {}],
    ['an empty token', { Authorization: '' }],
    ['another token', { Authorization: 'Bearer vps_sample_0' }],
    ['basic authentication', { Authorization: 'Basic dnBzOnZwcw==' }],
    ['a cookie', { Cookie: 'token=vps_right' }],
    ['a very long token', { Authorization: `Bearer ${'x'.repeat(8_000)}` }],
    ['a foreign page', { Origin: 'https://evil.example' }],
  ];
  const requests = [
    ['GET', '/servers/'],
    ['POST', '/servers/'],
    ['DELETE', '/servers/12345/'],
    ['PUT', '/plans/'],
    ['GET', '/'],
    ['GET', '/private/PASSWORD/?secret=PASSWORD'],
    ['OPTIONS', '/servers/'],
  ] as const;
  for (const [title, headers] of tokens) {
    it(`answers 401, and keeps nothing, with ${title}`, async () => {
      const { sandbox } = await start({ token: 'vps_right' });
      sandbox.faults.add({ fault: { kind: 'cutBefore' }, times: Infinity });
      for (const [method, path] of requests) {
        const body = method === 'GET' ? undefined : { name: 'PASSWORD' };
        const response = await request(sandbox, method, path, { token: null, headers, body });
        assert.equal(response.status, 401, `${method} ${path}`);
        assert.doesNotMatch(response.text, /PASSWORD/u);
      }
      assert.deepEqual(sandbox.requests, []);
      assert.equal(sandbox.world.servers.length, 7);
    });
  }

  it('keeps nothing of a request for another host', async () => {
    const { sandbox } = await start();
    const port = portOf(sandbox);
    for (const host of [
      'evil.example',
      `evil.example:${port}`,
      `localhost.evil.example:${port}`,
      `127.0.0.1.evil.example:${port}`,
      `localhost:${port + 1}`,
      `localhost:${port}:${port}`,
      `user@localhost:${port}`,
      `127.1:${port}`,
      `0.0.0.0:${port}`,
      'localhost',
    ]) {
      const response = await request(sandbox, 'GET', '/servers/', { headers: { Host: host } });
      assert.equal(response.status, 403, host);
    }
    assert.deepEqual(sandbox.requests, []);
  });

  it('keeps nothing of any request with any other token', async () => {
    const { sandbox } = await start();
    const token = fc.stringMatching(/^[\w .,-]{0,80}$/u);
    await fc.assert(
      fc.asyncProperty(token, fc.webPath(), async (authorization, path) => {
        const response = await requestUrl(
          `${new URL(sandbox.url).origin}${path || '/'}`,
          'POST',
          '',
          {
            token: null,
            headers: { Authorization: authorization },
            body: { path },
          },
        );
        assert.equal(response.status, 401);
      }),
      { numRuns: 30 },
    );
    assert.deepEqual(sandbox.requests, []);
  });

  it('does not read an endless body of a stranger', async () => {
    const { sandbox } = await start();
    const socket = connect(portOf(sandbox), '127.0.0.1');
    const chunk = `10000\r\n${'x'.repeat(65_536)}\r\n`;
    let sent = 0;
    const more = (): void => {
      while (!socket.destroyed && socket.write(chunk)) sent += chunk.length;
      sent += chunk.length;
    };
    socket.on('drain', more);
    const head = `POST /api/v1/servers/ HTTP/1.1\r\nHost: 127.0.0.1:${portOf(sandbox)}\r\nTransfer-Encoding: chunked\r\n\r\n`;
    const ended = sendRaw(socket, head + chunk);
    socket.once('connect', more);
    assert.match(await ended, /^HTTP\/1\.1 401 |^$/u);
    assert.ok(sent < 64 * 1024 * 1024, `${sent} bytes were accepted`);
    assert.equal((await request(sandbox, 'GET', '/servers/')).status, 200);
  });

  it('refuses a body above 1 MB, and cuts off an endless one with the right token', async () => {
    const { sandbox } = await start();
    const body = 'x'.repeat(2 * 1024 * 1024);
    assert.equal((await request(sandbox, 'POST', '/servers/', { body })).status, 413);
    const endless = request(sandbox, 'POST', '/servers/', { body: 'x'.repeat(32 * 1024 * 1024) });
    await endless.then(
      ({ status }) => assert.equal(status, 500),
      () => undefined,
    );
    assert.equal(sandbox.requests.length, 1);
    assert.equal((await request(sandbox, 'GET', '/servers/')).status, 200);
  });

  it('refuses headers above 16 KB', async () => {
    const { sandbox } = await start();
    const socket = connect(portOf(sandbox), '127.0.0.1');
    const head = `GET /api/v1/servers/ HTTP/1.1\r\nHost: 127.0.0.1:${portOf(sandbox)}\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`;
    assert.match(await sendRaw(socket, head), /^HTTP\/1\.1 431 /u);
  });

  it('limits the number of connections', async () => {
    const { sandbox } = await start();
    const sockets = Array.from({ length: 300 }, () => connect(portOf(sandbox), '127.0.0.1'));
    let closed = 0;
    for (const socket of sockets) {
      socket.on('error', () => undefined);
      socket.on('close', () => closed++);
    }
    while (closed < 44) await new Promise((resolve) => setTimeout(resolve, 10));
    assert.equal(closed, 44);
    for (const socket of sockets) socket.destroy();
    while (closed < 300) await new Promise((resolve) => setTimeout(resolve, 10));
    while ((await request(sandbox, 'GET', '/servers/').catch(() => undefined))?.status !== 200);
  });
});
