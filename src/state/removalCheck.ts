import { isKind } from '../core/errors.ts';
import type { ServerId } from '../core/server.ts';
import { maxSingleRequests } from './listLoader.ts';
import type { Session } from './session.ts';

/** `unknown`: the requests failed, or no list is complete. */
export type Presence = 'gone' | 'present' | 'unknown';

/** More are confirmed with one list. */
const maxChecked = 20;

/**
 * Finds out whether servers that a complete list lacks are gone, because one list may be wrong: VPS.org must also answer 404 for
 * the server itself or, for many servers, another complete list must lack them. A server that is present returns to the store.
 */
export async function checkRemovals(
  session: Session,
  ids: readonly ServerId[],
): Promise<ReadonlyMap<ServerId, Presence>> {
  return ids.length > maxChecked ? checkWithList(session, ids) : checkEach(session, ids);
}

async function checkWithList(
  session: Session,
  ids: readonly ServerId[],
): Promise<ReadonlyMap<ServerId, Presence>> {
  const { servers } = session;
  const since = servers.nextRevision();
  if (!session.isRejected) {
    // The store keeps the error.
    await session.refreshSince(since).catch(() => undefined);
  }
  const missing = servers.isCompleteSince(since) ? 'gone' : 'unknown';
  return new Map(ids.map((id) => [id, servers.get(id) ? 'present' : missing]));
}

async function checkEach(
  session: Session,
  ids: readonly ServerId[],
): Promise<ReadonlyMap<ServerId, Presence>> {
  const presences = new Map<ServerId, Presence>();
  let canRequest = !session.isRejected;
  const check = async (id: ServerId): Promise<void> => {
    let presence: Presence = 'unknown';
    try {
      presence = (await session.loadServer(id)) ? 'present' : 'gone';
    } catch (error) {
      canRequest &&= !isKind(error, 'unauthorized', 'rateLimited', 'cancelled');
    }
    presences.set(id, presence);
  };
  for (let first = 0; first < ids.length && canRequest; first += maxSingleRequests) {
    await Promise.all(ids.slice(first, first + maxSingleRequests).map(check));
  }
  return presences;
}
