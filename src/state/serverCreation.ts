import type { CreateReply } from '../api/api.ts';
import type { AccountId } from '../core/account.ts';
import { sleep } from '../core/clock.ts';
import type { Clock } from '../core/clock.ts';
import { AppError, isUnclear } from '../core/errors.ts';
import type { ServerRef } from '../core/refs.ts';
import type { CreateRequest } from '../core/requests.ts';
import type { Server, ServerId } from '../core/server.ts';
import type { Follower } from './follower.ts';
import type { Session } from './session.ts';

/** How a creation ended. Nothing here was ever sent twice. */
export type CreationOutcome =
  /** It is being made, is in the store and is followed until it is active. */
  | { readonly kind: 'done'; readonly ref: ServerRef; readonly server: Server; readonly message: string | undefined }
  /** Not sent: there is a server of that name already. To be asked about, then tried again with `allowSameName`. */
  | { readonly kind: 'nameExists'; readonly server: Server }
  /** Not sent: another creation in this account is not answered yet. */
  | { readonly kind: 'busy' }
  /**
   * Sent, without a usable answer: it may or may not have been made. `likely` is a server of that name that was not there
   * before; `looked` tells whether a list could be had to look for it.
   */
  | {
      readonly kind: 'unclear';
      readonly error: AppError;
      readonly likely: Server | undefined;
      readonly looked: boolean;
    }
  /** Not sent: the list, without which a lost answer could not be made up for, could not be had. */
  | { readonly kind: 'notSent'; readonly error: AppError }
  /** The API said no: nothing was made. */
  | { readonly kind: 'failed'; readonly error: AppError };

export interface CreateOptions {
  /** The person was asked about a server of the same name and wants another one. */
  readonly allowSameName?: boolean;
}

/** What was there before a request was sent, to know afterwards what came of it. */
interface Baseline {
  readonly known: ReadonlySet<ServerId>;
  /** The list named every server that the API counted. */
  readonly isComplete: boolean;
  readonly sentAtMs: number;
}

/** A server that was made may show in the list a little later: waits before each look. */
const lookDelaysMs = [0, 3_000, 5_000];
/** How much the clock here and the one at VPS.org may differ. */
const clockSkewMs = 10 * 60_000;

/**
 * Creates servers, which costs money: exactly one POST for each time the person asked, one at a time for each account. When
 * its answer is lost, the list is asked what came of it.
 */
export class ServerCreation {
  readonly #follower: Follower;
  readonly #clock: Clock;
  readonly #running = new Set<AccountId>();

  constructor(follower: Follower, clock: Clock) {
    this.#follower = follower;
    this.#clock = clock;
  }

  /**
   * Creates a server (endpoint 2). The list is fetched first: it shows whether the name is taken, and is what a lost answer
   * is made up for with; so without it nothing is sent.
   */
  async create(session: Session, request: CreateRequest, options: CreateOptions = {}): Promise<CreationOutcome> {
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

  async #create(session: Session, request: CreateRequest, options: CreateOptions): Promise<CreationOutcome> {
    try {
      await refreshAnew(session);
    } catch (error) {
      return { kind: 'notSent', error: AppError.from(error) };
    }
    const { servers, load } = session.servers;
    const namesake = servers.find((server) => server.name === request.name);
    if (namesake && !options.allowSameName) {
      return { kind: 'nameExists', server: namesake };
    }
    const baseline: Baseline = {
      known: new Set(servers.map((server) => server.id)),
      isComplete: load.total <= servers.length,
      sentAtMs: this.#clock.now(),
    };
    let reply: CreateReply;
    try {
      reply = await session.call((api, signal) => api.createServer(request, { signal }));
    } catch (cause) {
      const error = AppError.from(cause);
      return isUnclear(error) ? this.#look(session, request.name, baseline, error) : { kind: 'failed', error };
    }
    const { server, message } = reply;
    const ref = { accountId: session.account.id, serverId: server.id };
    session.servers.applyServer(server, session.servers.now());
    this.#follower.follow(ref, server, 'active');
    return { kind: 'done', ref, server, message };
  }

  async #look(session: Session, name: string, baseline: Baseline, error: AppError): Promise<CreationOutcome> {
    let looked = false;
    for (const delayMs of lookDelaysMs) {
      if (delayMs > 0) {
        await sleep(this.#clock, delayMs);
      }
      try {
        await refreshAnew(session);
        looked = true;
      } catch {
        continue;
      }
      const likely = findLikely(session.servers.servers, name, baseline);
      if (likely) {
        return { kind: 'unclear', error, likely, looked };
      }
    }
    return { kind: 'unclear', error, likely: undefined, looked };
  }
}

/** A list that was asked for after this call began: one that is under way already may show what was before. */
async function refreshAnew(session: Session): Promise<void> {
  if (session.servers.load.isLoading) {
    await session.refresh().catch(() => undefined);
  }
  await session.refresh();
}

/**
 * The newest server of that name that was not there before. That alone decides where the list was complete, because clocks
 * differ; where the API kept servers back, one that is clearly older was just not shown.
 */
function findLikely(servers: readonly Server[], name: string, baseline: Baseline): Server | undefined {
  return servers
    .filter((server) => server.name === name && !baseline.known.has(server.id))
    .filter((server) => baseline.isComplete || !isOlder(server, baseline.sentAtMs - clockSkewMs))
    .sort((a, b) => createdMs(b) - createdMs(a))[0];
}

function createdMs(server: Server): number {
  const ms = Date.parse(server.createdAt ?? '');
  return Number.isNaN(ms) ? 0 : ms;
}

function isOlder(server: Server, thanMs: number): boolean {
  const ms = createdMs(server);
  return ms !== 0 && ms < thanMs;
}
