import nodeFetch from 'node-fetch';
import { createServersApi } from '../../../src/api/client.ts';
import type { Fetch } from '../../../src/api/http/attempt.ts';
import type { Disposable } from '../../../src/core/event.ts';
import type { SecretStore } from '../../../src/state/accountStore.ts';
import { Connector } from '../../../src/state/connector.ts';
import { ListCache } from '../../../src/state/listCache.ts';
import type { CacheFiles } from '../../../src/state/listCache.ts';
import type { MemoryMemento } from '../../support/memoryMemento.ts';
import { startStateLayer } from '../../support/stateLayer.ts';
import type { StateLayer } from '../../support/stateLayer.ts';
import type { FastClock } from './fastClock.ts';
import { explainError } from '../../../src/text/connection.ts';

/** What the windows of one person have in common. */
export interface Shared {
  readonly clock: FastClock;
  readonly secrets: SecretStore;
  readonly files: CacheFiles;
  readonly makeId: () => string;
  readonly random: () => number;
  readonly memento: MemoryMemento;
  /** Servers to protect in every account. */
  readonly protectedIds: readonly string[];
}

/** The state layer of one window with a real API client and a list cache. */
export class SoakWindow implements Disposable {
  readonly #layer: StateLayer;
  readonly #listCache: ListCache;
  readonly #listRequests: ListRequestCounter;

  private constructor(layer: StateLayer, listRequests: ListRequestCounter, shared: Shared) {
    const { clock, files, protectedIds } = shared;
    this.#layer = layer;
    this.#listRequests = listRequests;
    const protect = (): void => {
      for (const { account } of layer.sessions.all) {
        for (const serverId of protectedIds) {
          void layer.marks.set({ accountId: account.id, serverId }, { isProtected: true });
        }
      }
    };
    protect();
    layer.sessions.onDidChangeAccounts(protect);
    this.#listCache = new ListCache({
      sessions: layer.sessions,
      files,
      clock,
      warn: () => undefined,
    });
  }

  static async open(shared: Shared): Promise<SoakWindow> {
    const { clock, secrets, makeId, random, memento } = shared;
    const listRequests = new ListRequestCounter();
    const connector = new Connector({
      load: () =>
        Promise.resolve({
          createServersApi,
          explain: explainError,
          fetch: listRequests.wrap(nodeFetch),
        }),
      clock,
      log: { debug: () => undefined, warn: () => undefined },
      timeoutMs: () => 30_000,
      userAgent: 'soak',
      startSample: () => Promise.reject(new Error('There are no sample servers here.')),
    });
    const connect = connector.connect.bind(connector);
    const layer = await startStateLayer({
      clock,
      secrets,
      connect,
      makeId,
      random,
      memento,
    });
    return new SoakWindow(layer, listRequests, shared);
  }

  get accounts(): StateLayer['accountStore'] {
    return this.#layer.accountStore;
  }

  get sessions(): StateLayer['sessions'] {
    return this.#layer.sessions;
  }

  get statusWaiter(): StateLayer['statusWaiter'] {
    return this.#layer.statusWaiter;
  }

  get actions(): StateLayer['actions'] {
    return this.#layer.actions;
  }

  get creation(): StateLayer['creation'] {
    return this.#layer.creation;
  }

  /** The highest number of simultaneous list requests; more than one is a bug. */
  get maxListRequests(): number {
    return this.#listRequests.max;
  }

  setViewed(isViewed: boolean): void {
    this.#layer.poller.setViewed(isViewed);
    this.statusWaiter.setViewed(isViewed);
  }

  dispose(): void {
    this.#listCache.dispose();
    this.#layer.dispose();
  }
}

/** Counts simultaneous list requests, without aborted ones. */
class ListRequestCounter {
  #pending = 0;
  max = 0;

  wrap(fetch: Fetch): Fetch {
    return async (url, init) => {
      if (init.method !== 'GET' || !/\/servers\/(?:\?.*)?$/u.test(url)) {
        return fetch(url, init);
      }
      let hasEnded = false;
      const end = (): void => {
        this.#pending -= hasEnded ? 0 : 1;
        hasEnded = true;
      };
      this.#pending += 1;
      this.max = Math.max(this.max, this.#pending);
      init.signal.addEventListener('abort', end, { once: true });
      try {
        return await fetch(url, init);
      } finally {
        end();
      }
    };
  }
}
