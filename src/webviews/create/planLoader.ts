import { sleep } from '../../core/clock.ts';
import type { Clock } from '../../core/clock.ts';
import { AppError, isKind } from '../../core/errors.ts';
import type { Disposable } from '../../core/event.ts';
import type { Plan } from '../../core/plan.ts';
import type { PlanCatalog } from '../../state/planCatalog.ts';
import type { Session } from '../../state/session.ts';
import { errorText } from '../../text/errors.ts';
import type { PlanListState } from './protocol.ts';

/** How long a form waits for the plans before it shows the choices that it has without them. */
const maxWaitMs = 8_000;
/** Delays before the plans are requested again after a failure: doubled each time. */
const firstRetryMs = 15_000;
const maxRetryMs = 10 * 60_000;

/** What is known about the plans of the selected account. */
export type PlanList =
  | { readonly kind: 'loading' }
  | { readonly kind: 'listed'; readonly plans: readonly Plan[] }
  /** The API does not offer this account a list of plans. */
  | { readonly kind: 'unlisted' }
  | { readonly kind: 'failed'; readonly error: AppError; readonly isRetrying: boolean };

export function planListState(list: PlanList): PlanListState {
  return list.kind === 'failed'
    ? { kind: 'failed', reason: errorText(list.error), isRetrying: list.isRetrying }
    : { kind: list.kind };
}

/**
 * Loads the plans for a form. After a failure it tries again: on request, when another request of the account succeeds or its
 * token is replaced, and after 15 s, 30 s and so on up to 10 minutes.
 */
export class PlanLoader implements Disposable {
  readonly #catalog: PlanCatalog;
  readonly #clock: Clock;
  readonly #onDidChange: () => void;
  #session: Session | undefined;
  #list: PlanList = { kind: 'loading' };
  #timer: Disposable | undefined;
  #failures = 0;
  /** State of the session at the last failure. */
  #failedAs: { readonly account: unknown; readonly loadedAt: number | undefined } | undefined;

  /** @param onDidChange is called after `list` changed, except by `load` itself */
  constructor(catalog: PlanCatalog, clock: Clock, onDidChange: () => void) {
    this.#catalog = catalog;
    this.#clock = clock;
    this.#onDidChange = onDidChange;
  }

  get list(): PlanList {
    return this.#list;
  }

  /**
   * Loads the plans of another account, and its servers if they were never fetched: choices are made from both. Resolves when
   * both requests are done, or after 8 s. Never rejects, because every choice can be typed instead.
   */
  async load(session: Session): Promise<void> {
    this.#reset(session);
    const servers =
      session.servers.load.loadedAt === undefined
        ? session.refresh().catch(() => undefined)
        : undefined;
    const timeout = new AbortController();
    await Promise.race([
      Promise.all([this.#request(session), servers]),
      sleep(this.#clock, maxWaitMs, timeout.signal).catch(() => undefined),
    ]);
    timeout.abort();
  }

  /** Requests the plans again, if that failed. */
  async retry(): Promise<void> {
    if (this.#session && this.#list.kind === 'failed' && !this.#list.isRetrying) {
      this.#set({ ...this.#list, isRetrying: true });
      await this.#request(this.#session);
    }
  }

  /** Must be called after every change of the session: the API may be reachable again. */
  sessionChanged(): void {
    const session = this.#session;
    if (
      session &&
      this.#failedAs &&
      !session.isRejected &&
      (this.#failedAs.account !== session.account ||
        this.#failedAs.loadedAt !== session.servers.load.loadedAt)
    ) {
      void this.retry();
    }
  }

  dispose(): void {
    this.#reset(undefined);
  }

  #reset(session: Session | undefined): void {
    this.#timer?.dispose();
    this.#timer = undefined;
    this.#failures = 0;
    this.#failedAs = undefined;
    this.#session = session;
    this.#list = { kind: 'loading' };
  }

  #set(list: PlanList): void {
    this.#list = list;
    this.#onDidChange();
  }

  async #request(session: Session): Promise<void> {
    const { account } = session;
    this.#timer?.dispose();
    this.#failedAs = undefined;
    try {
      const plans = await this.#catalog.load(session);
      if (session === this.#session) {
        this.#set(plans ? { kind: 'listed', plans } : { kind: 'unlisted' });
      }
    } catch (error) {
      if (session !== this.#session) {
        return;
      }
      if (isKind(error, 'cancelled') && account !== session.account) {
        // A new token cancels the requests of the old one.
        await this.#request(session);
        return;
      }
      this.#fail(session, AppError.from(error));
    }
  }

  #fail(session: Session, error: AppError): void {
    this.#failedAs = { account: session.account, loadedAt: session.servers.load.loadedAt };
    // A rejected token stays rejected until it is replaced.
    if (!session.isRejected) {
      const delayMs = Math.min(firstRetryMs * 2 ** this.#failures++, maxRetryMs);
      this.#timer = this.#clock.setTimeout(
        () => void this.retry(),
        Math.max(delayMs, error.retryAfterMs ?? 0),
      );
    }
    this.#set({ kind: 'failed', error, isRetrying: false });
  }
}
