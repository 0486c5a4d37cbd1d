import assert from 'node:assert/strict';
import { AppError } from '../../../src/core/errors.ts';
import { UsagePolling } from '../../../src/panels/usagePolling.ts';
import { keptSamples, UsageSamples } from '../../../src/panels/usageSamples.ts';
import { aServer } from '../../support/builders.ts';
import { deferred } from '../../support/fakeApi.ts';
import { FakeClock, settle } from '../../support/fakeClock.ts';

const using = (cpuPercent: number | undefined) =>
  aServer({ usage: { cpuPercent, memoryUsedMiB: 1024, diskUsedGB: undefined, bandwidthUsedGB: 1 } });

describe('usage samples', () => {
  it('keep parts of the total, the oldest first, and only the newest', () => {
    const samples = new UsageSamples();
    for (let percent = 1; percent <= keptSamples + 2; percent++) {
      samples.add(using(percent));
    }
    const cpu = samples.of('cpu');
    assert.equal(cpu.length, keptSamples);
    assert.deepEqual([cpu[0], cpu.at(-1)], [0.03, 0.42]);
    assert.equal(samples.of('memory').at(-1), 0.25);
  });

  it('take what is not told for no sample, not for zero', () => {
    const samples = new UsageSamples();
    samples.add(using(undefined));
    samples.add(aServer());
    assert.deepEqual([samples.of('cpu'), samples.of('disk'), samples.of('bandwidth')], [[], [], []]);
  });
});

describe('polling a server that somebody looks at', () => {
  function polled(load: (signal: AbortSignal) => Promise<void> = () => Promise.resolve()) {
    const clock = new FakeClock();
    const seen = { isWanted: true, loads: 0, ends: 0 };
    const polling = new UsagePolling(clock, {
      isWanted: () => seen.isWanted,
      load: (signal) => {
        seen.loads += 1;
        return load(signal);
      },
      onDidEnd: () => (seen.ends += 1),
    });
    return { clock, seen, polling };
  }

  it('fetches at once and then every 15 seconds, however often it is told to plan', async () => {
    const { clock, seen, polling } = polled();
    polling.plan();
    polling.plan();
    await clock.advance(0);
    assert.equal(seen.loads, 1);
    polling.plan();
    await clock.advance(14_999);
    assert.equal(seen.loads, 1);
    await clock.advance(1);
    assert.deepEqual([seen.loads, seen.ends], [2, 2]);
    polling.dispose();
  });

  it('asks for nothing while nobody looks, and does not wait longer than needed when somebody does again', async () => {
    const { clock, seen, polling } = polled();
    polling.plan();
    await clock.advance(0);
    seen.isWanted = false;
    polling.plan();
    assert.equal(clock.pendingCount, 0);
    await clock.advance(60_000);
    assert.equal(seen.loads, 1);
    seen.isWanted = true;
    polling.plan();
    await clock.advance(0);
    assert.equal(seen.loads, 2);
    polling.dispose();
  });

  it('never has two requests under way', async () => {
    const answer = deferred<undefined>();
    const { clock, seen, polling } = polled(() => answer.promise);
    polling.plan();
    await clock.advance(60_000);
    polling.plan();
    await clock.advance(60_000);
    assert.equal(seen.loads, 1);
    answer.resolve(undefined);
    await settle();
    await clock.advance(0);
    assert.equal(seen.loads, 2);
    polling.dispose();
  });

  it('keeps a failure to be shown, and forgets it after a success', async () => {
    let error: AppError | undefined = new AppError('network', 'Offline');
    const { clock, polling } = polled(() => (error ? Promise.reject(error) : Promise.resolve()));
    polling.plan();
    await clock.advance(0);
    assert.equal(polling.error?.kind, 'network');
    assert.equal(polling.succeededAt, undefined);
    error = undefined;
    await clock.advance(15_000);
    assert.equal(polling.error, undefined);
    assert.equal(polling.succeededAt, clock.now());
    polling.dispose();
  });

  it('stays away as long as the API asks', async () => {
    const { clock, seen, polling } = polled(() =>
      Promise.reject(new AppError('rateLimited', '429', { retryAfterMs: 40_000 })),
    );
    polling.plan();
    await clock.advance(39_999);
    assert.equal(seen.loads, 1);
    await clock.advance(1);
    assert.equal(seen.loads, 2);
    polling.dispose();
  });

  it('takes a fetch that was called off for no failure', async () => {
    const { clock, polling } = polled(() => Promise.reject(AppError.cancelled()));
    polling.plan();
    await clock.advance(0);
    assert.equal(polling.error, undefined);
    polling.dispose();
  });

  it('leaves no timer behind, and says nothing any more', async () => {
    const answer = deferred<undefined>();
    const { clock, seen, polling } = polled((signal) => {
      signal.addEventListener('abort', () => answer.reject(AppError.cancelled()));
      return answer.promise;
    });
    polling.plan();
    await clock.advance(0);
    polling.dispose();
    await settle();
    polling.plan();
    assert.deepEqual([clock.pendingCount, seen.ends], [0, 0]);
  });
});
