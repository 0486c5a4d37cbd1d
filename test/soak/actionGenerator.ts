import type { ServerAction } from '../../src/core/server.ts';
import { allowedActions } from '../../src/core/server.ts';
import type { FaultySandbox } from '../sandbox/faultySandbox.ts';
import type { Session } from '../../src/state/session.ts';
import type { Random } from './support/random.ts';
import { randomFault } from './support/randomFault.ts';
import type { SoakWindow } from './support/soakWindow.ts';

export interface ActionGeneratorOptions {
  readonly random: Random;
  readonly sandbox: FaultySandbox;
  /** Replaced in place when a window is restarted. */
  readonly windows: SoakWindow[];
  readonly reopen: () => Promise<SoakWindow>;
}

const locations = ['us-west', 'us-east', 'eu-central'];
const statuses = ['active', 'stopped', 'suspended'];
const maxEvents = 50;
/** Outcomes of actions that sent no request, for example because a window was restarted or the account changed. */
const unsentOutcomes: ReadonlySet<string> = new Set([
  'notAllowed',
  'protected',
  'busy',
  'notKnown',
  'notSent',
  'nameExists',
]);

/** Generates random actions of people, changes by other clients, and faults of the network. */
export class ActionGenerator {
  readonly #options: ActionGeneratorOptions;
  readonly #done = new Map<string, number>();
  readonly #outcomes = new Map<string, number>();
  readonly #pending = new Set<Promise<unknown>>();
  readonly #events: string[] = [];
  /** Number of requested changes, without those that were reported as not sent. */
  #maxSent = 0;
  #isReplacingWindow = false;
  #names = 0;

  constructor(options: ActionGeneratorOptions) {
    this.#options = options;
  }

  get done(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#done);
  }

  get outcomes(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#outcomes);
  }

  get lastEvents(): readonly string[] {
    return this.#events;
  }

  /** Reports changes that were sent more than once. */
  violations(requests: Readonly<Record<string, number>>): readonly string[] {
    const sent = Object.entries(requests).reduce(
      (sum, [method, count]) => sum + (method === 'GET' ? 0 : count),
      0,
    );
    return sent > this.#maxSent
      ? [`${sent} changes were sent, but only ${this.#maxSent} were requested`]
      : [];
  }

  /** Waits for all pending actions. */
  async settle(): Promise<void> {
    while (this.#pending.size > 0) {
      await Promise.allSettled(this.#pending);
    }
  }

  /** Signs in, or replaces the token, in the first window. The other window follows. */
  async signIn(): Promise<void> {
    const { windows, sandbox, random } = this.#options;
    await windows[0]?.accounts.save({
      kind: 'token',
      apiUrl: sandbox.url,
      token: sandbox.token,
      owner: 'jo@example.com',
      label: `Jo ${Math.floor(random.next() * 1000)}`,
    });
  }

  /** Starts one random action without waiting for it. */
  performAction(): void {
    const { random, windows } = this.#options;
    const at = Math.floor(random.next() * windows.length);
    const window = windows[at];
    if (!window || this.#isReplacingWindow) {
      return;
    }
    const [session] = window.sessions.all;
    const dice = random.next();
    if (dice < 0.45 && session) {
      this.#act(window, session);
    } else if (dice < 0.6 && session) {
      this.#view(window, session);
    } else if (dice < 0.75) {
      this.#changeElsewhere();
    } else if (dice < 0.97) {
      this.#addFault();
    } else {
      this.#replaceWindow(at, window);
    }
  }

  #act(window: SoakWindow, session: Session): void {
    const { random, sandbox } = this.#options;
    const server = random.pick(session.servers.servers);
    if (!server || random.isChance(0.06)) {
      this.#send('create', () =>
        window.creation.create(session, {
          name: `new-${++this.#names}`,
          location: random.pick(locations) ?? 'us-west',
          planId: 1,
          osId: 5,
        }),
      );
      return;
    }
    const ref = { accountId: session.account.id, serverId: server.id };
    // One in ten actions may not be allowed.
    const action = random.isChance(0.9)
      ? random.pick(allowedActions(server))
      : random.pick<ServerAction>(['start', 'stop', 'reboot']);
    switch (action) {
      case 'start':
      case 'stop':
      case 'reboot':
        return this.#send(action, () => window.actions.power(ref, action));
      case 'rename':
        return this.#send('rename', () =>
          window.actions.update(ref, 'rename', { name: `name-${++this.#names}` }),
        );
      case 'setBackups':
        return random.isChance(0.5)
          ? this.#send('backups', () =>
              window.actions.update(ref, 'setBackups', { backupsEnabled: random.isChance(0.5) }),
            )
          : this.#send('replace', () =>
              window.actions.replace(ref, {
                name: `name-${++this.#names}`,
                hostname: 'a.example.com',
                backupsEnabled: true,
              }),
            );
      default:
        if (sandbox.world.servers.length > 8) {
          this.#send('delete', () => window.actions.delete(ref));
        }
    }
  }

  #send(action: string, send: () => Promise<{ readonly kind: string }>): void {
    this.#note(action);
    this.#maxSent += 1;
    this.#track(
      send().then(({ kind }) => {
        this.#outcomes.set(kind, (this.#outcomes.get(kind) ?? 0) + 1);
        this.#maxSent -= unsentOutcomes.has(kind) ? 1 : 0;
      }),
    );
  }

  #view(window: SoakWindow, session: Session): void {
    const { random } = this.#options;
    const actions: readonly (readonly [string, () => unknown])[] = [
      ['refresh', () => session.refresh()],
      ['refresh shown servers', () => session.refreshShown()],
      ['fetch a server', () => session.loadServer(random.pick(session.servers.servers)?.id ?? '1')],
      ['hide the view', () => window.setViewed(false)],
      ['show the view', () => window.setViewed(true)],
      [
        'filter',
        () =>
          window.sessions.setQuery(
            random.isChance(0.5)
              ? {}
              : {
                  status: random.pick(statuses),
                  location: random.isChance(0.5) ? random.pick(locations) : undefined,
                },
          ),
      ],
      [
        'stop waiting',
        () =>
          session.servers.servers.forEach(({ id }) =>
            window.statusWaiter.stop({ accountId: session.account.id, serverId: id }),
          ),
      ],
    ];
    const [name, run] = random.pick(actions) ?? ['', () => undefined];
    this.#note(name);
    // Failed refreshes are expected; the store keeps their error.
    this.#track(Promise.resolve(run()).catch(() => undefined));
  }

  /** A change by another client of the same account. */
  #changeElsewhere(): void {
    const { random, sandbox } = this.#options;
    const { world } = sandbox;
    const record = random.pick(world.servers);
    const dice = random.next();
    this.#note('change elsewhere');
    if (!record || dice < 0.1) {
      world.add({
        name: `else-${++this.#names}`,
        location: random.pick(locations) ?? 'us-west',
        status: random.pick(statuses) ?? 'active',
      });
    } else if (dice < 0.2 && world.servers.length > 8) {
      world.remove(record.id);
    } else if (dice < 0.6) {
      world.update(record.id, { name: `else-${++this.#names}` });
    } else {
      world.setStatus(
        record.id,
        random.pick([...statuses, 'starting', 'stopping', 'rebooting']) ?? 'active',
      );
    }
  }

  #addFault(): void {
    const { random, sandbox } = this.#options;
    // Limits the number of faults that wait for a request.
    if (sandbox.faults.pending.length < 10) {
      const method = random.pick(['GET', 'GET', 'POST', 'PATCH', 'PUT', 'DELETE']);
      const fault = randomFault(random);
      this.#note(`fault ${fault.kind}`);
      sandbox.faults.add({
        ...(method === undefined ? {} : { match: { method } }),
        times: random.isChance(0.8) ? 1 : 3,
        fault,
      });
    }
  }

  /** Restarts a window, or changes the account in it. */
  #replaceWindow(at: number, window: SoakWindow): void {
    const { random, windows, reopen } = this.#options;
    const [session] = window.sessions.all;
    this.#isReplacingWindow = true;
    const dice = random.next();
    const replace = async (): Promise<void> => {
      if (dice < 0.5) {
        this.#note('restart');
        window.dispose();
        windows[at] = await reopen();
        windows[at]?.setViewed(random.isChance(0.7));
      } else if (session && dice < 0.75) {
        this.#note('sign out and in');
        await window.accounts.remove(session.account.id);
        await this.signIn();
      } else {
        this.#note('new label and connection');
        await this.signIn();
      }
      this.#isReplacingWindow = false;
    };
    this.#track(replace());
  }

  #note(action: string): void {
    this.#done.set(action, (this.#done.get(action) ?? 0) + 1);
    this.#events.push(action);
    this.#events.splice(0, this.#events.length - maxEvents);
  }

  #track(work: Promise<unknown>): void {
    const tracked: Promise<unknown> = work.finally(() => this.#pending.delete(tracked));
    this.#pending.add(tracked);
  }
}
