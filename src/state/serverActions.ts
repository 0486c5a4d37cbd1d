import type { ServersApi } from '../api/client.ts';
import { AppError } from '../core/errors.ts';
import { Emitter } from '../core/event.ts';
import type { Disposable } from '../core/event.ts';
import { refKey } from '../core/refs.ts';
import type { ServerRef } from '../core/refs.ts';
import type { ServerSettings } from '../core/requests.ts';
import { isAllowed, targetStatus } from '../core/server.ts';
import type { PowerAction, Server, ServerAction } from '../core/server.ts';
import type { RecordAction } from './actionRecord.ts';
import { loadFailedAction } from './lazyModules.ts';
import type { Protection, ProtectionReason } from './protection.ts';
import type { StatusWaiter } from './statusWaiter.ts';
import type { Session } from './session.ts';
import type { Sessions } from './sessions.ts';

/** How an action ended. The request was sent at most once. */
export type ActionOutcome =
  /** It took effect. `server` is undefined after a deletion, and when the server could not be fetched. */
  | {
      readonly kind: 'done';
      readonly server: Server | undefined;
      /** The API's own message, one line of plain text. */
      readonly message?: string | undefined;
    }
  /** The API refused it (400, 409 or 422). `server` was fetched afterwards; undefined when that failed. */
  | { readonly kind: 'refused'; readonly error: AppError; readonly server: Server | undefined }
  /** The server no longer exists: the API answered 404, and a complete list lacks the server. */
  | { readonly kind: 'gone' }
  /** Without a usable reply, or with a 404 that no list confirms: it may have taken effect. `seen` was fetched afterwards. */
  | {
      readonly kind: 'unclear';
      readonly error: AppError;
      readonly seen: Server | 'gone' | 'unknown';
    }
  /** Not sent: the status does not allow it. */
  | { readonly kind: 'notAllowed'; readonly server: Server }
  /** Not sent: the server is protected. */
  | { readonly kind: 'protected'; readonly reason: ProtectionReason }
  /** Not sent: another request for this server is under way. */
  | { readonly kind: 'busy' }
  | { readonly kind: 'failed'; readonly error: AppError }
  /** Not sent: the server is no longer the one that was confirmed. */
  | { readonly kind: 'changed' }
  /** Not sent: the server is not in the store. */
  | { readonly kind: 'notKnown' };

type Send = (api: ServersApi, session: Session, signal: AbortSignal) => Promise<ActionOutcome>;

/**
 * Changes servers, one request at a time for each server, and updates the store. Never changes a protected server. The reply to a change is newer than the reply
 * to any request that was sent before it arrived, so it is applied as of its arrival.
 */
export class ServerActions implements Disposable {
  readonly #sessions: Sessions;
  readonly #statusWaiter: StatusWaiter;
  readonly protection: Protection;
  readonly #record: RecordAction | undefined;
  readonly #running = new Map<string, ServerAction>();
  readonly #onDidChange = new Emitter<ServerRef>();

  /** A request for a server started or ended. */
  readonly onDidChange = this.#onDidChange.event;

  constructor(
    sessions: Sessions,
    statusWaiter: StatusWaiter,
    protection: Protection,
    record?: RecordAction,
  ) {
    this.#sessions = sessions;
    this.#statusWaiter = statusWaiter;
    this.protection = protection;
    this.#record = record;
  }

  /** The request under way for this server. */
  running(ref: ServerRef): ServerAction | undefined {
    return this.#running.get(refKey(ref));
  }

  /** `POST /servers/{id}/start/`, `/stop/` or `/reboot/`; then waits for the server to settle. */
  power(ref: ServerRef, action: PowerAction): Promise<ActionOutcome> {
    return this.#run(ref, action, async (api, session, signal) => {
      const reply = await api.power(ref.serverId, action, { signal });
      if (reply.server?.id === ref.serverId) {
        session.servers.applyFragment(reply.server, session.servers.nextRevision());
      } else {
        await this.#fetch(session, ref);
      }
      const server = session.servers.get(ref.serverId);
      if (server) {
        this.#statusWaiter.waitFor(ref, server, targetStatus(action));
      }
      return { kind: 'done', server, message: reply.message };
    });
  }

  /** `DELETE /servers/{id}/`. Cannot be undone. */
  async delete(ref: ServerRef): Promise<ActionOutcome> {
    const isWaiting = this.#statusWaiter.isWaiting(ref);
    const outcome = await this.#run(ref, 'delete', async (api, session, signal) => {
      // Otherwise the waiter may find the server gone before the reply arrives, and report a deletion elsewhere.
      this.#statusWaiter.stop(ref);
      await api.deleteServer(ref.serverId, { signal });
      session.servers.remove(ref.serverId);
      return { kind: 'done', server: undefined };
    });
    const remaining = this.#sessions.find(ref);
    if (isWaiting && remaining) {
      this.#statusWaiter.waitFor(ref, remaining.server);
    }
    return outcome;
  }

  /** `PATCH /servers/{id}/` with the given settings only. */
  update(
    ref: ServerRef,
    action: Extract<ServerAction, 'rename' | 'setBackups'>,
    settings: Partial<ServerSettings>,
  ): Promise<ActionOutcome> {
    return this.#change(ref, action, settings, (api, signal) =>
      api.updateServer(ref.serverId, settings, { signal }),
    );
  }

  /**
   * `PUT /servers/{id}/`, which has all settings.
   * @param changed those that change, for the record
   */
  replace(
    ref: ServerRef,
    settings: ServerSettings,
    changed: Partial<ServerSettings> = settings,
  ): Promise<ActionOutcome> {
    return this.#change(ref, 'rename', changed, (api, signal) =>
      api.replaceServer(ref.serverId, settings, { signal }),
    );
  }

  dispose(): void {
    this.#onDidChange.dispose();
    this.#running.clear();
  }

  /** @param settings what the request changes, for the record */
  #change(
    ref: ServerRef,
    action: ServerAction,
    settings: Partial<ServerSettings>,
    send: (api: ServersApi, signal: AbortSignal) => Promise<Server | undefined>,
  ): Promise<ActionOutcome> {
    const apply: Send = async (api, session, signal) => {
      const server = await send(api, signal);
      if (server?.id === ref.serverId) {
        session.servers.applyServer(server, session.servers.nextRevision());
      } else {
        await this.#fetch(session, ref);
      }
      return { kind: 'done', server: session.servers.get(ref.serverId) };
    };
    return this.#run(ref, action, apply, settings);
  }

  async #run(
    ref: ServerRef,
    action: ServerAction,
    send: Send,
    settings?: Partial<ServerSettings>,
  ): Promise<ActionOutcome> {
    const found = this.#sessions.find(ref);
    if (!found) {
      return { kind: 'notKnown' };
    }
    const key = refKey(ref);
    if (this.#running.has(key)) {
      return { kind: 'busy' };
    }
    const refused = this.#protected(ref);
    if (refused) {
      return refused;
    }
    if (!isAllowed(action, found.server)) {
      return { kind: 'notAllowed', server: found.server };
    }
    const { session, server } = found;
    const end = this.#record?.({ ...ref, action, name: server.name, settings });
    this.#running.set(key, action);
    this.#onDidChange.fire(ref);
    try {
      const outcome = await session
        // Connecting may take long, and a person may protect the server meanwhile.
        .call(async (api, signal) => this.#protected(ref) ?? send(api, session, signal))
        .catch(async (error: unknown) => {
          const { explainFailure } = await loadFailedAction();
          return explainFailure(AppError.from(error), action, {
            checkGone: () => session.checkGone(ref.serverId),
            fetch: () => this.#fetch(session, ref),
            waitFor: (server) => this.#statusWaiter.waitFor(ref, server),
          });
        });
      end?.(outcome);
      return outcome;
    } finally {
      this.#running.delete(key);
      this.#onDidChange.fire(ref);
    }
  }

  /** The only place that enforces the protection: every change of a server passes it right before its request is sent. */
  #protected(ref: ServerRef): ActionOutcome | undefined {
    const server = this.#sessions.find(ref)?.server;
    const reason = server && this.protection.reasonOf(ref, server);
    return reason && { kind: 'protected', reason };
  }

  async #fetch(session: Session, ref: ServerRef): Promise<Server | 'gone' | 'unknown'> {
    const sentAt = session.servers.nextRevision();
    try {
      return (await session.loadServer(ref.serverId)) ?? 'gone';
    } catch {
      // The list that should have confirmed a 404 may contain the server.
      return session.servers.getSince(ref.serverId, sentAt) ?? 'unknown';
    }
  }
}
