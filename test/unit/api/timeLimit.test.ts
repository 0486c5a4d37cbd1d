import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { settle } from '../../support/fakeClock.ts';
import { assertError, makeApi, rejection } from './support/makeApi.ts';
import { wireServerDetail } from './support/wireServers.ts';

describe('time limit', () => {
  it('covers the wait for the headers', async () => {
    const { api, clock, sent } = makeApi(['hang'], { timeoutMs: () => 5000 });
    const error = rejection(api.deleteServer('7'));
    await clock.advance(4999);
    assert.equal(sent[0]?.signal.aborted, false);
    await clock.advance(1);
    assertError(await error, { kind: 'timeout', method: 'DELETE', path: '/servers/7/' });
    assert.equal(sent[0].signal.aborted, true);
    assert.equal(clock.pendingCount, 0);
  });

  it('covers the body', async () => {
    const { api, clock, sent } = makeApi([{ hangBody: true }, { hangBody: true }]);
    const error = rejection(api.getServer('7'));
    await clock.advance(30_000);
    assert.equal(sent[0]?.signal.aborted, true);
    await clock.advance(60_000);
    assertError(await error, { kind: 'timeout', status: 200 });
  });

  it('is read for each attempt', async () => {
    let timeoutMs = 1000;
    const { api, clock, sent } = makeApi(['hang', 'hang'], { timeoutMs: () => timeoutMs });
    const error = rejection(api.getServer('7'));
    await settle();
    timeoutMs = 5000;
    await clock.advance(1250);
    assert.equal(sent.length, 2);
    await clock.advance(4999);
    assert.equal(sent[1]?.signal.aborted, false);
    await clock.advance(1);
    assertError(await error, { kind: 'timeout' });
  });

  it('may be longer than a timer can be', async () => {
    const { api, clock } = makeApi(['hang'], { timeoutMs: () => 1e12 });
    const error = rejection(api.deleteServer('7'));
    await clock.advance(2 ** 31 - 2);
    assert.equal(clock.pendingCount, 1);
    await clock.advance(1);
    await error;
  });

  it('leaves no timer and no listener behind', async () => {
    const { api, clock } = makeApi([{ json: wireServerDetail({ id: 7 }) }, { status: 404 }]);
    const controller = new AbortController();
    await api.getServer('7', { signal: controller.signal });
    await rejection(api.getServer('7', { signal: controller.signal }));
    assert.equal(clock.pendingCount, 0);
    assert.equal(getEventListeners(controller.signal, 'abort').length, 0);
  });
});

describe('cancelling a request', () => {
  it('before it starts sends nothing', async () => {
    const { api, sent } = makeApi([]);
    assertError(await rejection(api.deleteServer('7', { signal: AbortSignal.abort() })), {
      kind: 'cancelled',
    });
    assert.equal(sent.length, 0);
  });

  it('does not wait for a fetch that ignores it, and leaves nothing behind', async () => {
    const ignoring = (): Promise<never> => new Promise(() => undefined);
    const { api, clock } = makeApi([], { fetch: ignoring });
    const controller = new AbortController();
    const error = rejection(api.deleteServer('7', { signal: controller.signal }));
    await settle();
    controller.abort();
    assertError(await error, { kind: 'cancelled' });
    assert.equal(clock.pendingCount, 0);
    const late = rejection(api.deleteServer('7', { signal: new AbortController().signal }));
    await clock.advance(30_000);
    assertError(await late, { kind: 'timeout' });
  });

  it('takes effect at once, during headers and body', async () => {
    for (const step of ['hang', { hangBody: true }] as const) {
      const { api, clock, sent } = makeApi([step]);
      const controller = new AbortController();
      const error = rejection(api.power('7', 'stop', { signal: controller.signal }));
      await settle();
      controller.abort();
      assertError(await error, { kind: 'cancelled' });
      assert.equal(sent[0]?.signal.aborted, true);
      assert.equal(clock.pendingCount, 0);
    }
  });
});
