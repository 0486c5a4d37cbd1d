import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { isKind } from '../../../src/core/errors.ts';
import { probePort } from '../../../src/ssh/portProbe.ts';
import { FakeClock } from '../../support/fakeClock.ts';
import { FakeSocket } from './fakeSocket.ts';

function probing() {
  const clock = new FakeClock();
  const socket = new FakeSocket();
  const abort = new AbortController();
  const result = probePort(
    { host: '203.0.113.10', port: 22 },
    { clock, connect: () => socket.asSocket(), signal: abort.signal },
  );
  const ended = async () => {
    const found = await result;
    assert.ok(socket.isDestroyed);
    assert.equal(clock.pendingCount, 0);
    return found;
  };
  return { clock, socket, abort, ended };
}

describe('probePort', () => {
  it('measures the time to the connection and to the banner', async () => {
    const { clock, socket, ended } = probing();
    await clock.advance(30);
    socket.emit('connect');
    await clock.advance(20);
    socket.receive('SSH-2.0-');
    await clock.advance(5);
    socket.receive('test\r\n');
    assert.deepEqual(await ended(), {
      kind: 'ssh',
      text: 'SSH-2.0-test',
      connectMs: 30,
      bannerMs: 25,
    });
  });

  it('explains a port that is not open', async () => {
    for (const [code, reason] of [
      ['ECONNREFUSED', 'refused'],
      ['ETIMEDOUT', 'timedOut'],
      ['EHOSTUNREACH', 'noRoute'],
      ['ENETUNREACH', 'noRoute'],
      ['EACCES', 'failed'],
    ] as const) {
      const { clock, socket, ended } = probing();
      await clock.advance(3);
      socket.fail(code);
      assert.deepEqual(await ended(), { kind: 'notOpen', reason, code, connectMs: 3 });
    }
  });

  it('gives up on a connection after 10 seconds and on a banner after 5', async () => {
    const dropped = probing();
    await dropped.clock.advance(10_000);
    const found = await dropped.ended();
    assert.equal(found.kind === 'notOpen' && found.reason, 'timedOut');

    const silent = probing();
    silent.socket.emit('connect');
    await silent.clock.advance(5_000);
    assert.equal((await silent.ended()).kind, 'silent');

    const slow = probing();
    slow.socket.emit('connect');
    slow.socket.receive('220 mail.example.com ESMTP\r\n');
    await slow.clock.advance(5_000);
    const other = await slow.ended();
    assert.deepEqual(other, {
      kind: 'notSsh',
      text: '220 mail.example.com ESMTP',
      connectMs: 0,
      bannerMs: 5_000,
    });
  });

  it('reports a connection that is closed before the banner, with what was sent', async () => {
    const { socket, ended } = probing();
    socket.emit('connect');
    socket.receive('Exceeded MaxStartups\r\n');
    socket.emit('close');
    const found = await ended();
    assert.ok(found.kind === 'closed' && found.text === 'Exceeded MaxStartups');
  });

  it('survives an error after its end', async () => {
    const { socket, ended } = probing();
    socket.emit('connect');
    socket.receive('SSH-2.0-x\n');
    await ended();
    socket.fail('ECONNRESET');
  });

  it('stops reading after 8 KB', async () => {
    const { socket, ended } = probing();
    socket.emit('connect');
    for (let part = 0; part < 20; part++) {
      socket.receive('x'.repeat(1_000));
    }
    assert.equal((await ended()).kind, 'notSsh');
  });

  it('can be cancelled', async () => {
    const { abort, ended, socket, clock } = probing();
    abort.abort();
    await assert.rejects(ended, (error) => isKind(error, 'cancelled'));
    assert.ok(socket.isDestroyed);
    assert.equal(clock.pendingCount, 0);
  });
});
