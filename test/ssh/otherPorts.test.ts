import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createConnection, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { systemClock } from '../../src/core/clock.ts';
import { isKind } from '../../src/core/errors.ts';
import { probePort } from '../../src/ssh/portProbe.ts';
import { FakeClock } from '../support/fakeClock.ts';

const host = '127.0.0.1';

describe('Ports without an SSH server', () => {
  const open = new Set<Server>();
  const sockets = new Set<Socket>();

  afterEach('close the ports', async () => {
    sockets.forEach((socket) => socket.destroy());
    for (const server of open) {
      await new Promise((resolve) => server.close(resolve));
    }
    open.clear();
    sockets.clear();
  });

  async function listen(onConnect: (socket: Socket) => unknown): Promise<number> {
    const server = createServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => undefined);
      onConnect(socket);
    }).listen(0, host);
    open.add(server);
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  }

  const probe = (port: number, signal = new AbortController().signal) =>
    probePort({ host, port }, { clock: systemClock, signal });

  it('refuse', async () => {
    const port = await listen(() => undefined);
    const [server] = open;
    await new Promise((resolve) => server?.close(resolve));
    open.clear();
    const found = await probe(port);
    assert.ok(found.kind === 'notOpen' && found.reason === 'refused');
  });

  it('hang', async () => {
    const port = await listen(() => undefined);
    const clock = new FakeClock();
    const socket = createConnection({ host, port });
    const result = probePort(
      { host, port },
      { clock, connect: () => socket, signal: new AbortController().signal },
    );
    await once(socket, 'connect');
    await clock.advance(5_000);
    assert.equal((await result).kind, 'silent');
  });

  it('hang until they are cancelled', async () => {
    const abort = new AbortController();
    const port = await listen(() => abort.abort());
    await assert.rejects(probe(port, abort.signal), (error) => isKind(error, 'cancelled'));
  });

  it('send garbage', async () => {
    const bytes = Buffer.from(Array.from({ length: 9_000 }, (_, index) => (index * 31) % 256));
    const found = await probe(await listen((socket) => socket.end(bytes)));
    assert.equal(found.kind, 'notSsh');
  });

  it('send 1 MB', async () => {
    const found = await probe(await listen((socket) => socket.end('x'.repeat(1_000_000))));
    assert.ok(found.kind === 'notSsh' && found.text === 'x'.repeat(80));
  });

  it('speak HTTP and close', async () => {
    const port = await listen((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    const found = await probe(port);
    assert.ok(found.kind === 'closed' && found.text === 'HTTP/1.1 400 Bad Request');
  });

  it('send the banner byte by byte, behind other lines', async () => {
    const port = await listen(async (socket) => {
      for (const byte of 'Hello\r\nSSH-2.0-slow\r\n') {
        await new Promise((resolve) => socket.write(byte, resolve));
      }
    });
    const found = await probe(port);
    assert.ok(found.kind === 'ssh' && found.text === 'SSH-2.0-slow');
  });
});
