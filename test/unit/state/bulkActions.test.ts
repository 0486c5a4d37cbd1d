import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { AppError } from '../../../src/core/errors.ts';
import { maxConcurrentRequests, runBulkAction } from '../../../src/state/bulkActions.ts';
import type { BulkProgress } from '../../../src/state/bulkActions.ts';
import type { ActionOutcome } from '../../../src/state/serverActions.ts';
import type { Target } from '../../../src/state/targets.ts';
import { anAccount, anotherAccount, aServer } from '../../support/builders.ts';
import { deferred } from '../../support/fakeApi.ts';
import { settle } from '../../support/fakeClock.ts';
import type { FakeClock } from '../../support/fakeClock.ts';
import { signedIn } from '../../support/world.ts';

const done: ActionOutcome = { kind: 'done', server: undefined };

function rateLimited(retryAfterMs?: number): ActionOutcome {
  return { kind: 'failed', error: new AppError('rateLimited', '429', { retryAfterMs }) };
}

async function makeTargets(count: number) {
  const { sessions, clock } = await signedIn({}, [anAccount(), anotherAccount()]);
  const targetsOf = (accountId: string): readonly Target[] => {
    const session = sessions.get(accountId);
    assert.ok(session);
    return Array.from({ length: count }, (_, index) => {
      const server = aServer({ id: `${index + 1}` });
      return { ref: { accountId, serverId: server.id }, session, server };
    });
  };
  return { clock, targets: targetsOf('account-1'), others: targetsOf('account-2') };
}

const idsOf = (targets: readonly Target[]) => targets.map(({ ref }) => ref.serverId);

describe('runBulkAction', () => {
  it('limits concurrent requests and keeps the order of the results', async () => {
    const { clock, targets } = await makeTargets(10);
    let running = 0;
    let max = 0;
    const { results, heldBack, cancelled } = await runBulkAction(
      targets,
      async () => {
        max = Math.max(max, (running += 1));
        await settle();
        running -= 1;
        return done;
      },
      { clock },
    );
    assert.deepEqual(idsOf(results.map(({ target }) => target)), idsOf(targets));
    assert.deepEqual([heldBack, cancelled], [[], []]);
    assert.equal(max, maxConcurrentRequests);
  });

  it('starts nothing more after an abort', async () => {
    const { clock, targets } = await makeTargets(6);
    const abort = new AbortController();
    const first = deferred<ActionOutcome>();
    const started: Target[] = [];
    const bulk = runBulkAction(
      targets,
      (target) => {
        started.push(target);
        return first.promise;
      },
      { clock, signal: abort.signal },
    );
    abort.abort();
    first.resolve(done);
    const { results, heldBack, cancelled } = await bulk;
    assert.equal(results.length, maxConcurrentRequests);
    assert.deepEqual(idsOf(started), ['1', '2', '3', '4']);
    assert.deepEqual(idsOf(cancelled), ['5', '6']);
    assert.deepEqual(heldBack, []);
  });

  it('reports progress for each target', async () => {
    const { clock, targets } = await makeTargets(2);
    const progress: BulkProgress[] = [];
    await runBulkAction(targets, () => Promise.resolve(done), {
      clock,
      onProgress: (state) => progress.push(state),
    });
    assert.deepEqual(progress, [
      { done: 1, total: 2, pauseMs: undefined },
      { done: 2, total: 2, pauseMs: undefined },
    ]);
  });

  it('skips the rest of an account whose token was rejected, and continues with the others', async () => {
    const { clock, targets, others } = await makeTargets(3);
    const sent: Target[] = [];
    const { results } = await runBulkAction(
      [...targets, ...others],
      async (target) => {
        sent.push(target);
        const isOther = target.ref.accountId === 'account-2';
        const error = new AppError('unauthorized', '401');
        await target.session
          .call(() => (isOther ? Promise.resolve() : Promise.reject(error)))
          .catch(() => undefined);
        return isOther ? done : { kind: 'failed', error };
      },
      { clock },
    );
    const kinds = results.map(({ outcome }) =>
      outcome.kind === 'failed' ? outcome.error.kind : outcome.kind,
    );
    const rejected = 'unauthorized';
    assert.deepEqual(kinds, [rejected, rejected, rejected, 'done', 'done', 'done']);
    assert.ok(sent.length < results.length || targets.length < maxConcurrentRequests);
  });
});

describe('runBulkAction after a 429', () => {
  function start(
    clock: FakeClock,
    targets: readonly Target[],
    work: (id: string) => ActionOutcome,
    signal?: AbortSignal,
  ) {
    const started: Target[] = [];
    const pauses: number[] = [];
    const bulk = runBulkAction(
      targets,
      async (target) => {
        started.push(target);
        await Promise.resolve();
        return work(target.ref.serverId);
      },
      {
        clock,
        ...(signal && { signal }),
        onProgress: ({ pauseMs }) => {
          if (pauseMs !== undefined) {
            pauses.push(pauseMs);
          }
        },
      },
    );
    return { bulk, started, pauses };
  }

  it('pauses the whole batch, then continues one at a time', async () => {
    const { clock, targets } = await makeTargets(8);
    const { bulk, started, pauses } = start(clock, targets, (id) =>
      id === '2' ? rateLimited(10_000) : done,
    );
    await clock.advance(9_999);
    // Requests that were under way finished; nothing new started.
    assert.ok(started.length >= 4 && started.length < 8, String(started.length));
    await clock.advance(1);
    await clock.advance(0);
    const { results, heldBack } = await bulk;
    assert.deepEqual(
      results.map(({ outcome }) => outcome.kind),
      ['done', 'failed', 'done', 'done', 'done', 'done', 'done', 'done'],
    );
    assert.deepEqual(heldBack, []);
    assert.deepEqual(pauses, [10_000]);
    assert.equal(clock.pendingCount, 0);
  });

  it('pauses for 5 seconds when the API names no time', async () => {
    const { clock, targets } = await makeTargets(5);
    const { bulk, pauses } = start(clock, targets, (id) => (id === '1' ? rateLimited() : done));
    await clock.advance(5_000);
    assert.equal((await bulk).results.length, 5);
    assert.deepEqual(pauses, [5_000]);
  });

  it('holds the rest back when the API asks for more than 2 minutes', async () => {
    const { clock, targets } = await makeTargets(8);
    const { bulk, pauses } = start(clock, targets, (id) =>
      id === '1' ? rateLimited(120_001) : done,
    );
    await clock.advance(0);
    const { results, heldBack, cancelled } = await bulk;
    assert.equal(results[0]?.outcome.kind, 'failed');
    assert.equal(heldBack.at(-1)?.ref.serverId, '8');
    assert.deepEqual(cancelled, []);
    assert.deepEqual(pauses, []);
  });

  it('ends at once when it is cancelled during a pause', async () => {
    const { clock, targets } = await makeTargets(8);
    const abort = new AbortController();
    const { bulk } = start(clock, targets, () => rateLimited(10_000), abort.signal);
    await clock.advance(5_000);
    abort.abort();
    await clock.advance(0);
    assert.equal((await bulk).cancelled.length, 4);
    assert.equal(clock.pendingCount, 0);
  });
});
