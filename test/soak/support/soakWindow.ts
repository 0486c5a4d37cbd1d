import nodeFetch from 'node-fetch';
import { createServersApi } from '../../../src/api/client.ts';
import type { Fetch } from '../../../src/api/fetch.ts';
import type { Disposable } from '../../../src/core/event.ts';
import { DisposableStore } from '../../../src/core/event.ts';
import { AccountStore } from '../../../src/state/accountStore.ts';
import type { SecretStore } from '../../../src/state/accountStore.ts';
import { Connector } from '../../../src/state/connect.ts';
import { Follower } from '../../../src/state/follower.ts';
import { ListKeeper } from '../../../src/state/listKeeper.ts';
import type { KeptFiles } from '../../../src/state/listKeeper.ts';
import { Poller } from '../../../src/state/poller.ts';
import { ServerActions } from '../../../src/state/serverActions.ts';
import { ServerCreation } from '../../../src/state/serverCreation.ts';
import { Sessions } from '../../../src/state/sessions.ts';
import type { FastClock } from './fastClock.ts';

export interface Shared {
  readonly clock: FastClock;
  readonly secrets: SecretStore;
  readonly files: KeptFiles;
  readonly makeId: () => string;
  readonly random: () => number;
}

/** The state of one window, put together as `app.ts` does it, without VS Code. */
export class SoakWindow implements Disposable {
  readonly accounts: AccountStore;
  readonly sessions: Sessions;
  readonly follower: Follower;
  readonly actions: ServerActions;
  readonly creation: ServerCreation;
  readonly keeper: ListKeeper;
  readonly #poller: Poller;
  readonly #disposables = new DisposableStore();
  #listsUnderWay = 0;
  /** The most list requests that were under way together: one is right. */
  mostLists = 0;

  private constructor(accounts: AccountStore, { clock, files, random }: Shared) {
    this.accounts = this.#disposables.add(accounts);
    const connector = new Connector({
      load: () => Promise.resolve({ createServersApi, fetch: this.#watched(nodeFetch) }),
      clock,
      log: { debug: () => undefined, warn: () => undefined },
      timeoutMs: () => 30_000,
      userAgent: 'soak',
      startSample: () => Promise.reject(new Error('There are no sample servers here')),
    });
    this.sessions = this.#disposables.add(new Sessions(accounts, (account) => connector.connect(account), clock));
    this.keeper = this.#disposables.add(new ListKeeper({ sessions: this.sessions, files, clock, warn: () => undefined }));
    this.follower = this.#disposables.add(new Follower(this.sessions, clock));
    this.actions = this.#disposables.add(new ServerActions(this.sessions, this.follower));
    this.#poller = this.#disposables.add(new Poller({ sessions: this.sessions, clock, random, intervalMs: () => 60_000 }));
    this.creation = new ServerCreation(this.follower, clock);
  }

  static async open(shared: Shared): Promise<SoakWindow> {
    const accounts = new AccountStore(shared.secrets, shared.makeId, () => undefined);
    await accounts.load();
    return new SoakWindow(accounts, shared);
  }

  setWatched(isWatched: boolean): void {
    this.#poller.setWatched(isWatched);
    this.follower.setWatched(isWatched);
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  /** Counts list requests that nobody called off. */
  #watched(fetch: Fetch): Fetch {
    return async (url, init) => {
      if (init.method !== 'GET' || !/\/servers\/(?:\?.*)?$/u.test(url)) {
        return fetch(url, init);
      }
      let isOver = false;
      const end = (): void => {
        this.#listsUnderWay -= isOver ? 0 : 1;
        isOver = true;
      };
      this.#listsUnderWay += 1;
      this.mostLists = Math.max(this.mostLists, this.#listsUnderWay);
      init.signal.addEventListener('abort', end, { once: true });
      try {
        return await fetch(url, init);
      } finally {
        end();
      }
    };
  }
}
