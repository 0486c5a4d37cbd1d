import { AppError, isKind } from '../core/errors.ts';
import type { Server, ServerId } from '../core/server.ts';
import type { Revision, ServerStore } from './serverStore.ts';

interface Lists {
  readonly servers: ServerStore;
  refreshSince(revision: Revision): Promise<void>;
}

/**
 * Finds out after a 404 whether a server is gone: proxies send 404 too, so only a complete list that was requested at `since`
 * or later proves it; where no list is ever complete, any list without the server. Concurrent callers share the list requests. `unknown`: there is no such list.
 *
 * @throws AppError when the list is refused for a reason that concerns the account, or `signal` aborts
 */
export async function checkGone(
  lists: Lists,
  id: ServerId,
  since: Revision,
  signal: AbortSignal | undefined,
): Promise<Server | 'gone' | 'unknown'> {
  const { servers } = lists;
  if (!servers.isProvenGone(id)) {
    try {
      await untilAborted(lists.refreshSince(since), signal);
    } catch (error) {
      if (isKind(error, 'unauthorized', 'rateLimited', 'cancelled')) {
        throw error;
      }
    }
  }
  return servers.isProvenGone(id) || servers.removeUnlisted(id, since)
    ? 'gone'
    : (servers.getSince(id, since) ?? 'unknown');
}

/** Rejects as soon as `signal` aborts. Others may wait for `work` too, so it goes on. */
async function untilAborted(work: Promise<void>, signal: AbortSignal | undefined): Promise<void> {
  if (!signal) {
    return work;
  }
  const settled = new AbortController();
  const aborted = new Promise<never>((_resolve, reject) => {
    const abort = (): void => reject(AppError.cancelled());
    signal.addEventListener('abort', abort, { signal: settled.signal });
    if (signal.aborted) {
      abort();
    }
  });
  try {
    await Promise.race([work, aborted]);
  } finally {
    settled.abort();
  }
}
