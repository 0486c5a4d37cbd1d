import assert from 'node:assert/strict';
import { AppError } from '../../../src/core/errors.ts';
import { UsagePoller } from '../../../src/webviews/details/usagePoller.ts';
import { maxAgeMs, UsageSamples } from '../../../src/webviews/details/usageSamples.ts';
import { aServer } from '../../support/builders.ts';
import { deferred } from '../../support/fakeApi.ts';
import { FakeClock, settle } from '../../support/fakeClock.ts';

const using = (cpuPercent: number | undefined) =>
  aServer({
    usage: { cpuPercent, memoryUsedMiB: 1024, diskUsedGB: undefined, bandwidthUsedGB: 1 },
  });

describe('UsageSamples', () => {
  it('keeps the shares of the last ten minutes, oldest first', () => {
    const samples = new UsageSamples();
    samples.add(using(1), 0);
    samples.add(using(2), 15_000);
    samples.add(using(3), maxAgeMs + 15_000);
    assert.deepEqual(samples.of('cpu'), [
      { at: 15_000, share: 0.02 },
      { at: maxAgeMs + 15_000, share: 0.03 },
    ]);
    assert.equal(samples.of('memory').at(-1)?.share, 0.25);
  });

  it('adds no sample of CPU and memory while the server is not running', () => {
    const samples = new UsageSamples();
    samples.add(using(20), 0);
    samples.add({ ...using(0), status: 'stopped' }, 15_000);
    assert.deepEqual(samples.of('cpu'), [{ at: 0, share: 0.2 }]);
    assert.equal(samples.of('memory').length, 1);
  });

  it('drops samples from before the clock was set back', () => {
    const samples = new UsageSamples();
    samples.add(using(1), 60_000);
    samples.add(using(2), 30_000);
    assert.deepEqual(samples.of('cpu'), [{ at: 30_000, share: 0.02 }]);
  });

  it('adds no sample for missing usage', () => {
    const samples = new UsageSamples();
    samples.add(using(undefined), 0);
    samples.add(aServer(), 0);
    assert.deepEqual(
      [samples.of('cpu'), samples.of('disk'), samples.of('bandwidth')],
      [[], [], []],
    );
  });
});

describe('UsagePoller', () => {
  function polled(load: (signal: AbortSignal) => Promise<void> = () => Promise.resolve()) {
    const clock = new FakeClock();
    const seen = { isWanted: true, loads: 0, ends: 0 };
    const poller = new UsagePoller(clock, {
      isWanted: () => seen.isWanted,
      load: (signal) => {
        seen.loads += 1;
        return load(signal);
      },
      onDidEnd: () => (seen.ends += 1),
    });
    return { clock, seen, poller };
  }

  it('fetches at once and then every 15 s, however often it is scheduled', async () => {
    const { clock, seen, poller } = polled();
    poller.schedule();
    poller.schedule();
    await clock.advance(0);
    assert.equal(seen.loads, 1);
    poller.schedule();
    await clock.advance(14_999);
    assert.equal(seen.loads, 1);
    await clock.advance(1);
    assert.deepEqual([seen.loads, seen.ends], [2, 2]);
    poller.dispose();
  });

  it('does not fetch while it is not wanted, and continues without delay', async () => {
    const { clock, seen, poller } = polled();
    poller.schedule();
    await clock.advance(0);
    seen.isWanted = false;
    poller.schedule();
    assert.equal(clock.pendingCount, 0);
    await clock.advance(60_000);
    assert.equal(seen.loads, 1);
    seen.isWanted = true;
    poller.schedule();
    await clock.advance(0);
    assert.equal(seen.loads, 2);
    poller.dispose();
  });

  it('never runs two requests at once', async () => {
    const answer = deferred<undefined>();
    const { clock, seen, poller } = polled(() => answer.promise);
    poller.schedule();
    await clock.advance(60_000);
    poller.schedule();
    await clock.advance(60_000);
    assert.equal(seen.loads, 1);
    answer.resolve(undefined);
    await settle();
    await clock.advance(0);
    assert.equal(seen.loads, 2);
    poller.dispose();
  });

  it('stores an error until the next success', async () => {
    let error: AppError | undefined = new AppError('network', 'Offline');
    const { clock, poller } = polled(() => (error ? Promise.reject(error) : Promise.resolve()));
    poller.schedule();
    await clock.advance(0);
    assert.equal(poller.error?.kind, 'network');
    assert.equal(poller.loadedAt, undefined);
    error = undefined;
    await clock.advance(15_000);
    assert.equal(poller.error, undefined);
    assert.equal(poller.loadedAt, clock.now());
    poller.dispose();
  });

  it('waits as long as Retry-After says', async () => {
    const { clock, seen, poller } = polled(() =>
      Promise.reject(new AppError('rateLimited', '429', { retryAfterMs: 40_000 })),
    );
    poller.schedule();
    await clock.advance(39_999);
    assert.equal(seen.loads, 1);
    await clock.advance(1);
    assert.equal(seen.loads, 2);
    poller.dispose();
  });

  it('does not store a cancelled request as an error', async () => {
    const { clock, poller } = polled(() => Promise.reject(AppError.cancelled()));
    poller.schedule();
    await clock.advance(0);
    assert.equal(poller.error, undefined);
    poller.dispose();
  });

  it('leaves no timer and reports nothing after dispose', async () => {
    const answer = deferred<undefined>();
    const { clock, seen, poller } = polled((signal) => {
      signal.addEventListener('abort', () => answer.reject(AppError.cancelled()));
      return answer.promise;
    });
    poller.schedule();
    await clock.advance(0);
    poller.dispose();
    await settle();
    poller.schedule();
    assert.deepEqual([clock.pendingCount, seen.ends], [0, 0]);
  });
});
