import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Clock } from '../../../src/core/clock.ts';
import { sleep } from '../../../src/core/clock.ts';
import { Emitter } from '../../../src/core/event.ts';
import { AccountStore } from '../../../src/state/accountStore.ts';
import type { NewAccount, SecretStore } from '../../../src/state/accountStore.ts';
import { loadAccountChanges } from '../../../src/state/lazyModules.ts';
import { anAccount } from '../../support/builders.ts';

await loadAccountChanges();

/** Runs timers in order as soon as promises have settled: a simulated second takes no time. */
class VirtualClock implements Clock {
  #nowMs = 0;
  readonly #timers = new Set<{ readonly dueMs: number; readonly callback: () => void }>();

  now(): number {
    return this.#nowMs;
  }

  setTimeout(callback: () => void, delayMs: number) {
    const timer = { dueMs: this.#nowMs + delayMs, callback };
    this.#timers.add(timer);
    return { dispose: () => void this.#timers.delete(timer) };
  }

  async run(): Promise<void> {
    for (;;) {
      await new Promise((resolve) => setImmediate(resolve));
      const [next] = [...this.#timers].sort((a, b) => a.dueMs - b.dueMs);
      if (!next) return;
      this.#timers.delete(next);
      this.#nowMs = Math.max(this.#nowMs, next.dueMs);
      next.callback();
    }
  }
}

/** Repeatable numbers from 0 to 1. */
function randomFrom(seed: number): () => number {
  let state = seed + 1;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** One secret storage of a computer, with a random delay before and after each operation takes effect. */
function sharedSecrets(clock: Clock, random: () => number, maxMs: number) {
  const values = new Map<string, string>();
  const changed = new Emitter<string>();
  const delayed = async <T>(work: () => T): Promise<T> => {
    await sleep(clock, (random() * maxMs) / 2);
    const result = work();
    await sleep(clock, (random() * maxMs) / 2);
    return result;
  };
  const announce = (key: string): void =>
    void clock.setTimeout(() => changed.fire(key), random() * maxMs);
  const secrets: SecretStore = {
    get: (key) => delayed(() => values.get(key)),
    store: (key, value) =>
      delayed(() => {
        values.set(key, value);
        announce(key);
      }),
    delete: (key) =>
      delayed(() => {
        values.delete(key);
        announce(key);
      }),
    onDidChange: changed.event,
  };
  return { secrets, values };
}

const candidate = (name: string): NewAccount => ({
  label: name,
  apiUrl: 'https://admin.vps.org/api/v1',
  kind: 'token',
  token: `vps_${name}`,
  owner: name,
});

async function simulate(
  seed: number,
  maxMs: number,
  act: (
    one: AccountStore,
    other: AccountStore,
    later: () => Promise<void>,
  ) => readonly Promise<unknown>[],
  stored = [anAccount({ id: 'old', token: 'vps_old', owner: 'old' })],
) {
  const clock = new VirtualClock();
  const random = randomFrom(seed);
  const { secrets, values } = sharedSecrets(clock, random, maxMs);
  values.set('vpsOrg.accounts', JSON.stringify({ version: 1, accounts: stored }));
  let ids = 0;
  const open = (): AccountStore =>
    new AccountStore(
      secrets,
      () => `id-${(ids += 1)}`,
      () => undefined,
      clock,
    );
  const [one, other] = [open(), open()];
  const loaded = Promise.all([one.load(), other.load()]);
  await clock.run();
  await loaded;
  let namesAtEnd: readonly string[] = [];
  const done = Promise.all(act(one, other, () => sleep(clock, random() * 3 * maxMs))).then(
    async () => {
      const third = open();
      namesAtEnd = (await third.load()).map(({ token }) => token).toSorted();
      third.dispose();
    },
  );
  await clock.run();
  await done;
  const namesOf = (store: AccountStore) => store.accounts.map(({ token }) => token).toSorted();
  const result = { atEnd: namesAtEnd, one: namesOf(one), other: namesOf(other), values };
  one.dispose();
  other.dispose();
  return result;
}

describe('AccountStore in two windows at the same time', function () {
  this.timeout(60_000);

  it('loses none of 1,000 sign-ins', async () => {
    for (let seed = 0; seed < 1_000; seed++) {
      const { atEnd, one, other } = await simulate(seed, 20, (a, b, later) => [
        later().then(() => a.save(candidate('a'))),
        later().then(() => b.save(candidate('b'))),
      ]);
      const wanted = ['vps_a', 'vps_b', 'vps_old'];
      assert.deepEqual(
        { atEnd, one, other },
        { atEnd: wanted, one: wanted, other: wanted },
        `${seed}`,
      );
    }
  });

  it('undoes none of 1,000 sign-outs, and loses no sign-in beside them', async () => {
    for (let seed = 0; seed < 1_000; seed++) {
      const { atEnd, one, other } = await simulate(seed, 20, (a, b, later) => [
        later().then(() => a.remove('old')),
        later().then(() => b.save(candidate('b'))),
      ]);
      assert.deepEqual(
        { atEnd, one, other },
        { atEnd: ['vps_b'], one: ['vps_b'], other: ['vps_b'] },
        `${seed}`,
      );
    }
  });

  it('leaves nothing when both windows sign out', async () => {
    const stored = ['x', 'y'].map((id) => anAccount({ id, token: `vps_${id}`, owner: id }));
    for (let seed = 0; seed < 300; seed++) {
      const { atEnd, values } = await simulate(
        seed,
        20,
        (a, b, later) => [later().then(() => a.remove('x')), later().then(() => b.remove('y'))],
        stored,
      );
      assert.deepEqual(atEnd, [], `${seed}`);
      assert.equal([...values.values()].join().includes('vps_'), false, `${seed}`);
    }
  });

  it('converges with a slow secret storage', async () => {
    for (let seed = 0; seed < 300; seed++) {
      const { one, other } = await simulate(seed, 400, (a, b, later) => [
        later().then(() => a.save(candidate('a'))),
        later().then(() => b.save(candidate('b'))),
        later().then(() => a.remove('old')),
      ]);
      assert.deepEqual(
        { one, other },
        { one: ['vps_a', 'vps_b'], other: ['vps_a', 'vps_b'] },
        `${seed}`,
      );
    }
  });

  it('stores the same token once', async () => {
    for (let seed = 0; seed < 300; seed++) {
      const { atEnd } = await simulate(seed, 20, (a, b, later) => [
        later().then(() => a.save(candidate('a'))),
        later().then(() => b.save(candidate('a'))),
      ]);
      assert.deepEqual(atEnd, ['vps_a', 'vps_old'], `${seed}`);
    }
  });
});
