import type { ServersApi } from '../api/api.ts';
import { AppError, isKind, isUnclear } from '../core/errors.ts';
import { Emitter } from '../core/event.ts';
import type { Disposable } from '../core/event.ts';
import { refKey } from '../core/refs.ts';
import type { ServerRef } from '../core/refs.ts';
import type { ServerSettings } from '../core/requests.ts';
import { isAllowed, isInTransition, targetStatus } from '../core/server.ts';
import type { PowerAction, Server, ServerAction } from '../core/server.ts';
import type { Follower } from './follower.ts';
import type { Session } from './session.ts';
import type { Sessions } from './sessions.ts';

/** A server that an action was asked for and is not known any more. */
export interface NotKnown {
  readonly kind: 'notKnown';
}

/** How an action ended. Nothing here was ever sent twice. */
export type ActionOutcome =
  /** It took effect; `server` undefined: it is deleted, or its reply named none. */
  | { readonly kind: 'done'; readonly server: Server | undefined; readonly message: string | undefined }
  /** The API said no (400, 409, 422) in the words of `error.serverMessage`; `server` is as fetched afterwards. */
  | { readonly kind: 'refused'; readonly error: AppError; readonly server: Server | undefined }
  /** The server does not exist any more. */
  | { readonly kind: 'gone' }
  /** No usable answer: it may or may not have taken effect. `seen` is what a look afterwards found. */
  | { readonly kind: 'unclear'; readonly error: AppError; readonly seen: Server | 'gone' | 'unknown' }
  /** Not sent: the status does not allow it. */
  | { readonly kind: 'notAllowed'; readonly server: Server }
  /** Not sent: another request for this server is under way. */
  | { readonly kind: 'busy'; readonly running: ServerAction }
  | { readonly kind: 'failed'; readonly error: AppError }
  | NotKnown;

/**
 * Changes servers, one request at a time for each, and keeps the store true to what came of it. The reply to a change is
 * newer knowledge than that of any question asked before it arrived, so it is applied as of its arrival.
 */
export class ServerActions implements Disposable {
  readonly #sessions: Sessions;
  readonly #follower: Follower;
  readonly #running = new Map<string, ServerAction>();
  readonly #onDidChange = new Emitter<ServerRef>();

  /** A request for a server began or ended. */
  readonly onDidChange = this.#onDidChange.event;

  constructor(sessions: Sessions, follower: Follower) {
    this.#sessions = sessions;
    this.#follower = follower;
  }

  /** The request under way for this server. */
  running(ref: ServerRef): ServerAction | undefined {
    return this.#running.get(refKey(ref));
  }

  /** Starts, stops or reboots (endpoints 7 to 9) and follows the server until it settles. */
  power(ref: ServerRef, action: PowerAction): Promise<ActionOutcome> {
    return this.#run(ref, action, async (api, session, signal) => {
      const reply = await api.power(ref.serverId, action, { signal });
      if (reply.server?.id === ref.serverId) {
        session.servers.applyFragment(reply.server, session.servers.now());
      } else {
        await this.#look(session, ref);
      }
      const server = session.servers.get(ref.serverId);
      if (server) {
        this.#follower.follow(ref, server, targetStatus(action));
      }
      return { kind: 'done', server, message: reply.message };
    });
  }

  /** Deletes for good (endpoint 6). A server that was gone already counts as done. */
  async delete(ref: ServerRef): Promise<ActionOutcome> {
    const isFollowed = this.#follower.isFollowing(ref);
    const outcome = await this.#run(ref, 'delete', async (api, session, signal) => {
      // Whoever waits for it would find it gone before the answer is here, and take that for somebody else's doing.
      this.#follower.stop(ref);
      await api.deleteServer(ref.serverId, { signal });
      session.servers.remove(ref.serverId);
      return { kind: 'done', server: undefined, message: undefined };
    });
    const left = this.#sessions.find(ref);
    if (isFollowed && left) {
      this.#follower.follow(ref, left.server);
    }
    return outcome;
  }

  /** Changes single settings (endpoint 5: PATCH with those fields only). */
  update(
    ref: ServerRef,
    action: Extract<ServerAction, 'rename' | 'setBackups'>,
    settings: Partial<ServerSettings>,
  ): Promise<ActionOutcome> {
    return this.#change(ref, action, (api, signal) => api.updateServer(ref.serverId, settings, { signal }));
  }

  /** Replaces all settings (endpoint 4: PUT). */
  replace(ref: ServerRef, settings: ServerSettings): Promise<ActionOutcome> {
    return this.#change(ref, 'rename', (api, signal) => api.replaceServer(ref.serverId, settings, { signal }));
  }

  dispose(): void {
    this.#onDidChange.dispose();
    this.#running.clear();
  }

  #change(
    ref: ServerRef,
    action: ServerAction,
    send: (api: ServersApi, signal: AbortSignal) => Promise<Server | undefined>,
  ): Promise<ActionOutcome> {
    return this.#run(ref, action, async (api, session, signal) => {
      const server = await send(api, signal);
      if (server?.id === ref.serverId) {
        session.servers.applyServer(server, session.servers.now());
      } else {
        await this.#look(session, ref);
      }
      return { kind: 'done', server: session.servers.get(ref.serverId), message: undefined };
    });
  }

  async #run(
    ref: ServerRef,
    action: ServerAction,
    send: (api: ServersApi, session: Session, signal: AbortSignal) => Promise<ActionOutcome>,
  ): Promise<ActionOutcome> {
    const found = this.#sessions.find(ref);
    if (!found) {
      return { kind: 'notKnown' };
    }
    const key = refKey(ref);
    const running = this.#running.get(key);
    if (running) {
      return { kind: 'busy', running };
    }
    if (!isAllowed(action, found.server.status)) {
      return { kind: 'notAllowed', server: found.server };
    }
    const { session } = found;
    this.#running.set(key, action);
    this.#onDidChange.fire(ref);
    try {
      return await session.call((api, signal) => send(api, session, signal));
    } catch (error) {
      return await this.#explain(session, ref, action, AppError.from(error));
    } finally {
      this.#running.delete(key);
      this.#onDidChange.fire(ref);
    }
  }

  /** What a failed request means, after a look at the server where that helps. */
  async #explain(
    session: Session,
    ref: ServerRef,
    action: ServerAction,
    error: AppError,
  ): Promise<ActionOutcome> {
    if (error.kind === 'notFound') {
      session.servers.remove(ref.serverId);
      return { kind: 'gone' };
    }
    if (isKind(error, 'invalid', 'conflict')) {
      const seen = await this.#look(session, ref);
      return seen === 'gone' ? { kind: 'gone' } : { kind: 'refused', error, server: seen === 'unknown' ? undefined : seen };
    }
    if (!isUnclear(error)) {
      return { kind: 'failed', error };
    }
    const seen = await this.#look(session, ref);
    if (seen === 'gone' && action === 'delete') {
      return { kind: 'done', server: undefined, message: undefined };
    }
    if (typeof seen === 'object' && isInTransition(seen.status)) {
      this.#follower.follow(ref, seen);
    }
    return { kind: 'unclear', error, seen };
  }

  async #look(session: Session, ref: ServerRef): Promise<Server | 'gone' | 'unknown'> {
    try {
      return (await session.loadServer(ref.serverId)) ?? 'gone';
    } catch {
      return 'unknown';
    }
  }
}
