import type { ServersApi } from '../api/client.ts';
import type { Account } from '../core/account.ts';
import { sleep } from '../core/clock.ts';
import type { Clock } from '../core/clock.ts';
import { AppError, isKind } from '../core/errors.ts';
import { Emitter } from '../core/event.ts';
import type { Disposable } from '../core/event.ts';
import type { Plan } from '../core/plan.ts';
import { PriceList } from '../core/pricing.ts';
import type { Price } from '../core/pricing.ts';
import type { Server } from '../core/server.ts';
import type { Session } from './session.ts';

/** Prices rarely change; within this time no price causes another request. */
const maxAgeMs = 60 * 60_000;
/** Pauses of `request` after a failure: doubled each time. */
const firstPauseMs = 60_000;
const maxPauseMs = 60 * 60_000;

type Plans = readonly Plan[] | undefined;

interface Entry {
  /** The request under way. */
  loading: Promise<Plans> | undefined;
  /** The last reply. */
  loaded:
    | { readonly plans: Plans; readonly prices: PriceList | undefined; readonly at: number }
    | undefined;
  failures: number;
  /** `request` sends nothing before this time. */
  pausedUntil: number;
}

function listPlans(api: ServersApi, signal: AbortSignal): Promise<Plans> {
  return api.listPlans(undefined, { signal });
}

/** Not every token may see plans. A 401 for this request alone must not count as a rejected token, which stops everything. */
async function listPlansQuietly(api: ServersApi, signal: AbortSignal): Promise<Plans> {
  try {
    return await listPlans(api, signal);
  } catch (error) {
    throw isKind(error, 'unauthorized')
      ? new AppError('forbidden', error.message, { status: error.status, path: error.path })
      : error;
  }
}

/** Caches the plans of each account for an hour. Everything that shows prices shares it, so each hour costs one request at most. */
export class PlanCatalog implements Disposable {
  readonly #clock: Clock;
  readonly #onDidChange = new Emitter<Session>();
  /** A sign-in, a new token and a new address each give the session another account object, and with it another entry. */
  readonly #entries = new WeakMap<Account, Entry>();

  /** The plans of an account arrived. */
  readonly onDidChange = this.#onDidChange.event;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * The plans of an account, from `GET /plans/` when there are none from the last hour; concurrent callers share one request.
   * Resolves with undefined when the API has no such endpoint (403, 404, 405 or 501).
   *
   * @throws AppError. A failure is not cached: the next call sends a request again.
   */
  load(session: Session): Promise<Plans> {
    return this.#load(session, listPlans);
  }

  /**
   * The prices by the last reply, without a request. Older than an hour only until the next reply, so that prices do not vanish
   * meanwhile. Undefined before the first reply and where the API has no plans.
   */
  pricesOf(session: Session): PriceList | undefined {
    return this.#entries.get(session.account)?.loaded?.prices;
  }

  /** The list price of a server as far as it is known now; `loading` until the first reply. */
  priceOf(session: Session, server: Server): Price | 'loading' | undefined {
    const entry = this.#entries.get(session.account);
    return entry?.loading && !entry.loaded ? 'loading' : entry?.loaded?.prices?.priceOf(server);
  }

  /**
   * Call it when a price is about to be seen. Loads the plans where there are none from the last hour, and fires `onDidChange`
   * then. Never rejects: without prices everything works. After a failure it pauses for 1, 2, 4 and so on up to 60 minutes.
   */
  async request(session: Session): Promise<void> {
    const entry = this.#entryOf(session);
    if (session.isRejected || (!entry.loading && this.#isPaused(entry))) {
      return;
    }
    await this.#load(session, listPlansQuietly).catch(() => undefined);
  }

  /** Like `request`, then the prices as far as they are known after `maxWaitMs` at most. Never rejects. */
  async waitForPrices(session: Session, maxWaitMs: number): Promise<PriceList | undefined> {
    const timeout = new AbortController();
    await Promise.race([
      this.request(session),
      sleep(this.#clock, maxWaitMs, timeout.signal).catch(() => undefined),
    ]);
    timeout.abort();
    return this.pricesOf(session);
  }

  dispose(): void {
    this.#onDidChange.dispose();
  }

  #entryOf({ account }: Session): Entry {
    const known = this.#entries.get(account);
    const entry = known ?? { loading: undefined, loaded: undefined, failures: 0, pausedUntil: 0 };
    this.#entries.set(account, entry);
    return entry;
  }

  #load(session: Session, fetch: typeof listPlans): Promise<Plans> {
    const entry = this.#entryOf(session);
    if (entry.loading) {
      return entry.loading;
    }
    if (entry.loaded && this.#isFresh(entry.loaded.at)) {
      return Promise.resolve(entry.loaded.plans);
    }
    const plans = session.call(fetch);
    entry.loading = plans;
    plans.then(
      (loaded) => {
        entry.loading = undefined;
        entry.failures = 0;
        entry.pausedUntil = 0;
        entry.loaded = {
          plans: loaded,
          prices: loaded && new PriceList(loaded),
          at: this.#clock.now(),
        };
        this.#onDidChange.fire(session);
      },
      (error: unknown) => {
        entry.loading = undefined;
        const pauseMs = firstPauseMs * 2 ** entry.failures++;
        const requestedMs = AppError.from(error).retryAfterMs ?? 0;
        entry.pausedUntil =
          this.#clock.now() + Math.min(Math.max(pauseMs, requestedMs), maxPauseMs);
      },
    );
    return plans;
  }

  /** A clock that was set back does not prolong a pause. */
  #isPaused({ pausedUntil }: Entry): boolean {
    const remainingMs = pausedUntil - this.#clock.now();
    return remainingMs > 0 && remainingMs <= maxPauseMs;
  }

  /** A clock that was set back makes ages negative: the entry then counts as expired. */
  #isFresh(loadedAt: number): boolean {
    const ageMs = this.#clock.now() - loadedAt;
    return ageMs >= 0 && ageMs < maxAgeMs;
  }
}
