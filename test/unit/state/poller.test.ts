import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { ServerList } from '../../../src/api/servers.ts';
import { AppError } from '../../../src/core/errors.ts';
import { AccountStore } from '../../../src/state/accountStore.ts';
import { Poller } from '../../../src/state/poller.ts';
import { aList, anAccount, aServer } from '../../support/builders.ts';
import { signedIn } from '../../support/world.ts';

async function polling(answer: () => Promise<ServerList>, intervalMs = (): number => 60_000) {
  const world = await signedIn({ listServers: answer });
  const poller = new Poller({
    sessions: world.sessions,
    clock: world.clock,
    random: () => 0.5,
    intervalMs,
  });
  return { ...world, poller };
}
const good = (): Promise<ServerList> => Promise.resolve(aList(aServer()));

describe('Poller', () => {
  it('refreshes at once when the view is visible, then at the interval', async () => {
    const { poller, clock, calls } = await polling(good);
    await clock.advance(600_000);
    assert.equal(calls.length, 0);
    poller.setViewed(true);
    await clock.advance(0);
    assert.equal(calls.length, 1);
    await clock.advance(59_999);
    assert.equal(calls.length, 1);
    await clock.advance(1);
    assert.equal(calls.length, 2);
  });

  it('pauses while nothing is visible, and resumes when the refresh is due', async () => {
    const { poller, clock, calls } = await polling(good);
    poller.setViewed(true);
    await clock.advance(30_000);
    poller.setViewed(false);
    await clock.advance(10_000);
    assert.equal(calls.length, 1);
    assert.equal(clock.pendingCount, 0);
    poller.setViewed(true);
    await clock.advance(19_999);
    assert.equal(calls.length, 1);
    await clock.advance(1);
    assert.equal(calls.length, 2);
  });

  it('refreshes at once after a long absence', async () => {
    const { poller, clock, calls } = await polling(good);
    poller.setViewed(true);
    await clock.advance(0);
    poller.setViewed(false);
    await clock.advance(3_600_000);
    poller.setViewed(true);
    await clock.advance(0);
    assert.equal(calls.length, 2);
  });

  it('refreshes only once with an interval of 0', async () => {
    const { poller, clock, calls } = await polling(good, () => 0);
    poller.setViewed(true);
    await clock.advance(3_600_000);
    assert.equal(calls.length, 1);
  });

  it('applies a new interval at once', async () => {
    let intervalMs = 0;
    const { poller, clock, calls } = await polling(good, () => intervalMs);
    poller.setViewed(true);
    await clock.advance(100_000);
    intervalMs = 10_000;
    poller.reschedule();
    await clock.advance(10_000);
    assert.equal(calls.length, 3);
  });

  it('refreshes faster while a server is in transition', async () => {
    const { poller, clock, calls } = await polling(() =>
      Promise.resolve(aList(aServer({ status: 'starting' }))),
    );
    poller.setViewed(true);
    await clock.advance(60_000);
    assert.equal(calls.filter(({ method }) => method === 'listServers').length, 5);
  });

  it('backs off on failure and recovers', async () => {
    let fails = true;
    const { poller, clock, calls, session } = await polling(() =>
      fails ? Promise.reject(new AppError('network', 'cut')) : good(),
    );
    poller.setViewed(true);
    await clock.advance(119_999);
    assert.equal(calls.length, 1);
    await clock.advance(1);
    assert.equal(calls.length, 2);
    await clock.advance(240_000);
    assert.equal(calls.length, 3);
    await clock.advance(3_600_000);
    assert.ok(calls.length >= 9, 'no longer than ten minutes between tries');
    fails = false;
    await clock.advance(600_000);
    assert.equal(session.servers.load.error, undefined);
    const before: number = calls.length;
    await clock.advance(60_000);
    assert.equal(calls.length, before + 1);
  });

  it('waits as long as Retry-After asks', async () => {
    const { poller, clock, calls } = await polling(() =>
      Promise.reject(new AppError('rateLimited', '429', { retryAfterMs: 500_000 })),
    );
    poller.setViewed(true);
    await clock.advance(499_999);
    assert.equal(calls.length, 1);
    await clock.advance(1);
    assert.equal(calls.length, 2);
  });

  it('waits an hour if Retry-After asks for it', async () => {
    const { poller, clock, calls } = await polling(() =>
      Promise.reject(new AppError('rateLimited', '429', { retryAfterMs: 3_600_000 })),
    );
    poller.setViewed(true);
    await clock.advance(3_599_999);
    assert.equal(calls.length, 1);
    await clock.advance(1);
    assert.equal(calls.length, 2);
  });

  it('is not faster on failure than a long interval', async () => {
    const { poller, clock, calls } = await polling(
      () => Promise.reject(new AppError('network', 'cut')),
      () => 3_600_000,
    );
    poller.setViewed(true);
    await clock.advance(3_599_999);
    assert.equal(calls.length, 1);
    await clock.advance(1);
    assert.equal(calls.length, 2);
  });

  for (const { words, answer, dueMs } of [
    { words: 'its interval', answer: good, dueMs: 60_000 },
    {
      words: 'what Retry-After asked for',
      answer: () => Promise.reject(new AppError('rateLimited', '429', { retryAfterMs: 120_000 })),
      dueMs: 120_000,
    },
  ]) {
    it(`waits for ${words} once when the clock is set back, however much goes on meanwhile`, async () => {
      const { poller, clock, calls, session } = await polling(answer);
      poller.setViewed(true);
      await clock.advance(1_000);
      const now = clock.now.bind(clock);
      clock.now = () => now() - 3_600_000;
      for (let passedMs = 0; passedMs < dueMs + 15_000; passedMs += 15_000) {
        session.servers.applyServer(
          aServer({ name: `at-${passedMs}` }),
          session.servers.nextRevision(),
        );
        await clock.advance(15_000);
      }
      assert.equal(calls.length, 2);
    });
  }

  it('stops after a 401', async () => {
    const { poller, clock, calls } = await polling(() =>
      Promise.reject(new AppError('unauthorized', '401')),
    );
    poller.setViewed(true);
    await clock.advance(3_600_000);
    assert.equal(calls.length, 1);
    assert.equal(clock.pendingCount, 0);
  });

  for (const intervalMs of [60_000, 0]) {
    it(`tries a new token at once, also with an interval of ${intervalMs}`, async () => {
      let rejects = true;
      const { poller, clock, calls, session, accountStore } = await polling(
        () => (rejects ? Promise.reject(new AppError('unauthorized', '401')) : good()),
        () => intervalMs,
      );
      poller.setViewed(true);
      await clock.advance(0);
      assert.ok(session.isRejected);
      rejects = false;
      await accountStore.save(anAccount({ token: 'vps_new' }));
      await clock.advance(0);
      assert.equal(calls.length, 2);
      assert.equal(session.servers.load.error, undefined);
      await clock.advance(59_999);
      assert.equal(calls.length, 2);
    });
  }

  it('retries a token at once after signing in with it again, in every window', async () => {
    let rejects = true;
    const { poller, clock, session, accountStore, secrets } = await polling(() =>
      rejects ? Promise.reject(new AppError('unauthorized', '401')) : good(),
    );
    poller.setViewed(true);
    await clock.advance(0);
    assert.ok(session.isRejected);
    rejects = false;
    const other = new AccountStore(
      secrets,
      () => 'id',
      () => undefined,
    );
    await other.save(anAccount());
    await clock.advance(0);
    assert.ok(!session.isRejected);
    assert.deepEqual(accountStore.accounts, other.accounts);
  });

  it('returns to the interval after a manual refresh succeeds', async () => {
    let fails = true;
    const { poller, clock, calls, session } = await polling(() =>
      fails ? Promise.reject(new AppError('network', 'cut')) : good(),
    );
    poller.setViewed(true);
    await clock.advance(1_800_000);
    fails = false;
    await session.refresh();
    const before: number = calls.length;
    await clock.advance(60_000);
    assert.equal(calls.length, before + 1);
  });

  it('stops when the account signs out and when disposed', async () => {
    const { poller, clock, accountStore } = await polling(good);
    poller.setViewed(true);
    await clock.advance(0);
    assert.equal(clock.pendingCount, 1);
    await accountStore.remove('account-1');
    assert.equal(clock.pendingCount, 0);
    poller.dispose();
  });
});
