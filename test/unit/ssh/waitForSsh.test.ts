import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { isKind } from '../../../src/core/errors.ts';
import type { ProbeResult } from '../../../src/ssh/portProbe.ts';
import { waitForSsh } from '../../../src/ssh/waitForSsh.ts';
import { FakeClock } from '../../support/fakeClock.ts';
import { JumpingClock } from '../../faults/support/jumpingClock.ts';

const refused: ProbeResult = {
  kind: 'notOpen',
  reason: 'refused',
  code: 'ECONNREFUSED',
  connectMs: 1,
};
const answer: ProbeResult = { kind: 'ssh', text: 'SSH-2.0-x', connectMs: 1, bannerMs: 1 };

describe('waitForSsh', () => {
  it('probes at once, after 2 seconds and then slowing to every 10, until SSH answers', async () => {
    const clock = new FakeClock();
    const start = clock.now();
    const times: number[] = [];
    const result = waitForSsh(
      () => {
        times.push((clock.now() - start) / 1000);
        return Promise.resolve(times.length < 8 ? refused : answer);
      },
      clock,
      new AbortController().signal,
    );
    await clock.advance(120_000);
    assert.deepEqual(await result, { isAnswering: true, last: answer });
    assert.deepEqual(times, [0, 2, 5, 9.5, 16.25, 26.25, 36.25, 46.25]);
    assert.equal(clock.pendingCount, 0);
  });

  it('continues while another program answers', async () => {
    const clock = new FakeClock();
    const answers: ProbeResult[] = [
      { kind: 'silent', text: '', connectMs: 1, bannerMs: 5_000 },
      { kind: 'notSsh', text: 'x', connectMs: 1, bannerMs: 1 },
      { kind: 'closed', text: '', connectMs: 1, bannerMs: 1 },
      answer,
    ];
    const result = waitForSsh(
      () => Promise.resolve(answers.shift() ?? refused),
      clock,
      new AbortController().signal,
    );
    await clock.advance(20_000);
    assert.equal((await result).isAnswering, true);
  });

  it('gives up after 5 minutes', async () => {
    const clock = new FakeClock();
    let isEnded = false;
    const result = waitForSsh(() => Promise.resolve(refused), clock, new AbortController().signal);
    void result.then(() => (isEnded = true));
    await clock.advance(295_000);
    assert.ok(!isEnded);
    await clock.advance(15_000);
    assert.deepEqual(await result, { isAnswering: false, last: refused });
  });

  it('does not count the time in which the computer slept, or a clock that was set', async () => {
    for (const jumpMs of [3_600_000, -3_600_000]) {
      const steady = new FakeClock();
      const clock = new JumpingClock(steady);
      let probes = 0;
      const result = waitForSsh(
        () => Promise.resolve((probes += 1) > 6 ? answer : refused),
        clock,
        new AbortController().signal,
      );
      await steady.advance(10_000);
      clock.jump(jumpMs);
      await steady.advance(60_000);
      assert.equal((await result).isAnswering, true, String(jumpMs));
    }
  });

  it('can be cancelled while it sleeps', async () => {
    const clock = new FakeClock();
    const abort = new AbortController();
    const result = waitForSsh(() => Promise.resolve(refused), clock, abort.signal);
    await clock.advance(1_000);
    abort.abort();
    await assert.rejects(result, (error) => isKind(error, 'cancelled'));
    assert.equal(clock.pendingCount, 0);
  });
});
