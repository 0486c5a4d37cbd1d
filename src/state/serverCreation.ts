import type { CreateReply } from '../api/servers.ts';
import type { AccountId } from '../core/account.ts';
import { sleep } from '../core/clock.ts';
import type { Clock } from '../core/clock.ts';
import { AppError, isUnclear } from '../core/errors.ts';
import { parseIsoTime } from '../core/isoTime.ts';
import type { ServerRef } from '../core/refs.ts';
import type { CreateRequest } from '../core/requests.ts';
import { findNamesake, isSameName } from '../core/sameName.ts';
import type { Server, ServerId } from '../core/server.ts';
import type { RecordAction } from './actionRecord.ts';
import type { StatusWaiter } from './statusWaiter.ts';
import type { Session } from './session.ts';

/** How a creation ended. The request was sent at most once. */
export type CreationOutcome =
  /** The server is in the store and is being waited for until it is active. */
  | {
      readonly kind: 'done';
      readonly ref: ServerRef;
      readonly server: Server;
      /** The API's own message, one line of plain text. */
      readonly message?: string | undefined;
    }
  /** Not sent: a server of that name exists. Ask, then call again with `allowSameName`. */
  | { readonly kind: 'nameExists' }
  /** Not sent: another creation in this account is under way. */
  | { readonly kind: 'busy' }
  /**
   * Sent, without a usable reply: the server may have been created. `probableMatch` is a server of that name that did not exist
   * before; `looked` is false when no list could be fetched to look for it.
   */
  | {
      readonly kind: 'unclear';
      readonly error: AppError;
      readonly probableMatch: Server | undefined;
      readonly looked: boolean;
    }
  /** Not sent: the list could not be fetched, so a lost reply could not be resolved. */
  | { readonly kind: 'notSent'; readonly error: AppError }
  /** The API refused it: nothing was created. */
  | { readonly kind: 'failed'; readonly error: AppError };

export interface CreateOptions {
  /** The user confirmed that another server of the same name is wanted. */
  readonly allowSameName?: boolean;
}

/** The servers before the request, to find out afterwards whether one was created. */
interface Baseline {
  readonly known: ReadonlySet<ServerId>;
  /** Whether the list contained every server that the API counted. */
  readonly isComplete: boolean;
  /** A server with an earlier creation time, by the clock of VPS.org, existed before. */
  readonly earliestMs: number;
}

/** Delays before each list request: a new server may appear in the list a little later. */
const lookDelaysMs = [0, 3_000, 5_000];
/** Tolerated difference between the clocks here and at VPS.org, where its replies have no `Date`. */
const clockSkewMs = 10 * 60_000;
/** Tolerated difference between the clocks of VPS.org that set `Date` and creation times, which have whole seconds. */
const dateSkewMs = 2_000;

/**
 * Creates servers, which costs money: sends one POST per call and never repeats it, one at a time for each account. When the
 * reply is lost, it looks for the new server in the list.
 */
export class ServerCreation {
  readonly #statusWaiter: StatusWaiter;
  readonly #clock: Clock;
  readonly #record: RecordAction | undefined;
  readonly #running = new Set<AccountId>();

  constructor(statusWaiter: StatusWaiter, clock: Clock, record?: RecordAction) {
    this.#statusWaiter = statusWaiter;
    this.#clock = clock;
    this.#record = record;
  }

  /**
   * `POST /servers/`. Fetches the list first, which shows whether the name is taken and is needed to resolve a lost reply;
   * without it nothing is sent.
   */
  async create(
    session: Session,
    request: CreateRequest,
    options: CreateOptions = {},
  ): Promise<CreationOutcome> {
    const accountId = session.account.id;
    if (this.#running.has(accountId)) {
      return { kind: 'busy' };
    }
    this.#running.add(accountId);
    try {
      return await this.#create(session, request, options);
    } finally {
      this.#running.delete(accountId);
    }
  }

  async #create(
    session: Session,
    request: CreateRequest,
    options: CreateOptions,
  ): Promise<CreationOutcome> {
    const since = session.servers.nextRevision();
    try {
      await refreshNow(session);
    } catch (error) {
      return { kind: 'notSent', error: AppError.from(error) };
    }
    const { servers } = session.servers;
    if (!options.allowSameName && findNamesake(servers, request.name)) {
      return { kind: 'nameExists' };
    }
    const baseline: Baseline = {
      known: new Set(servers.map((server) => server.id)),
      isComplete: session.servers.isCompleteSince(since),
      earliestMs:
        session.servers.listDateMs === undefined
          ? this.#clock.now() - clockSkewMs
          : session.servers.listDateMs - dateSkewMs,
    };
    const end = this.#record?.({
      action: 'create',
      accountId: session.account.id,
      serverId: undefined,
      name: request.name,
    });
    const outcome = await this.#send(session, request, baseline);
    end?.(outcome);
    return outcome;
  }

  async #send(
    session: Session,
    request: CreateRequest,
    baseline: Baseline,
  ): Promise<CreationOutcome> {
    let reply: CreateReply;
    try {
      reply = await session.call((api, signal) => api.createServer(request, { signal }));
    } catch (cause) {
      const error = AppError.from(cause);
      return isUnclear(error)
        ? this.#resolveLostReply(session, request.name, baseline, error)
        : { kind: 'failed', error };
    }
    const { server } = reply;
    const ref = { accountId: session.account.id, serverId: server.id };
    session.servers.applyServer(server, session.servers.nextRevision());
    this.#statusWaiter.waitFor(ref, server, 'active');
    return { kind: 'done', ref, server, message: reply.message };
  }

  async #resolveLostReply(
    session: Session,
    name: string,
    baseline: Baseline,
    error: AppError,
  ): Promise<CreationOutcome> {
    let looked = false;
    for (const delayMs of lookDelaysMs) {
      if (delayMs > 0) {
        await sleep(this.#clock, delayMs);
      }
      try {
        await refreshNow(session);
        looked = true;
      } catch {
        continue;
      }
      const probableMatch = findProbableMatch(session.servers.servers, name, baseline);
      if (probableMatch) {
        return { kind: 'unclear', error, probableMatch, looked };
      }
    }
    return { kind: 'unclear', error, probableMatch: undefined, looked };
  }
}

/** Loads a list that was requested after this call; one that is already under way may be older. */
async function refreshNow(session: Session): Promise<void> {
  if (session.servers.load.isLoading) {
    await session.refresh().catch(() => undefined);
  }
  await session.refresh();
}

/**
 * The newest server of that name that the baseline lacks. When the baseline is incomplete, a server that is clearly older than
 * the request was merely withheld. Otherwise creation times do not count, because clocks differ.
 */
function findProbableMatch(
  servers: readonly Server[],
  name: string,
  baseline: Baseline,
): Server | undefined {
  return servers
    .filter((server) => isSameName(server.name, name) && !baseline.known.has(server.id))
    .filter((server) => baseline.isComplete || !isOlder(server, baseline.earliestMs))
    .sort((a, b) => createdMs(b) - createdMs(a))[0];
}

function createdMs(server: Server): number {
  return parseIsoTime(server.createdAt) ?? 0;
}

function isOlder(server: Server, thanMs: number): boolean {
  const ms = createdMs(server);
  return ms !== 0 && ms < thanMs;
}
