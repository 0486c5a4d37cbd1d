import type { ServerAction } from '../../src/core/server.ts';
import { allowedActions } from '../../src/core/server.ts';
import type { Fault } from '../../src/sandbox/faults.ts';
import type { FaultySandbox } from '../../src/sandbox/faultySandbox.ts';
import type { Session } from '../../src/state/session.ts';
import type { Random } from './support/random.ts';
import type { SoakWindow } from './support/soakWindow.ts';

export interface DeedsOptions {
  readonly random: Random;
  readonly sandbox: FaultySandbox;
  /** Are exchanged in place when a window is restarted. */
  readonly windows: SoakWindow[];
  readonly reopen: () => Promise<SoakWindow>;
}

const locations = ['us-west', 'us-east', 'eu-central'];
const statuses = ['active', 'stopped', 'suspended'];
const keptEvents = 50;
/** Deeds that are under way may be called off where a window is restarted or the account changes. */
const notSent: ReadonlySet<string> = new Set(['notAllowed', 'busy', 'notKnown', 'notSent', 'nameExists']);

const faultKinds: readonly ((random: Random) => Fault)[] = [
  (random) => ({ kind: 'delay', ms: random.next() * 60_000 }),
  (random) => ({ kind: 'hang', effect: random.isChance(0.5) }),
  ...(['cutBefore', 'cutAfter', 'halfBody', 'html200', 'truncatedJson', 'empty', 'gzip', 'oddServers', 'duplicateIds'] as const).map((kind) => () => ({ kind })),
  () => ({ kind: 'wrongShape' }),
  () => ({ kind: 'pages', size: 3 }),
  ...[400, 403, 404, 409, 429, 500, 502, 503].map((status) => (random: Random) => ({ kind: 'status', status, effect: random.isChance(0.3) }) as const),
  () => ({ kind: 'redirect', location: 'http://127.0.0.1:9/' }),
];

/** What people, other people and the network do, at random. */
export class Deeds {
  readonly #options: DeedsOptions;
  readonly #done = new Map<string, number>();
  readonly #outcomes = new Map<string, number>();
  readonly #underWay = new Set<Promise<unknown>>();
  readonly #events: string[] = [];
  /** Changes that were asked for, without those of which the code says that they were not sent. */
  #mayBeSent = 0;
  #isTurning = false;
  #names = 0;

  constructor(options: DeedsOptions) {
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

  /** Every change was sent at most once. */
  violations(requests: Readonly<Record<string, number>>): readonly string[] {
    const sent = Object.entries(requests).reduce((sum, [method, count]) => sum + (method === 'GET' ? 0 : count), 0);
    return sent > this.#mayBeSent ? [`${sent} changes were sent, and ${this.#mayBeSent} asked for`] : [];
  }

  async settle(): Promise<void> {
    while (this.#underWay.size > 0) {
      await Promise.allSettled(this.#underWay);
    }
  }

  /** Signs in where nobody is, in the first window; the other one follows. */
  async signIn(): Promise<void> {
    const { windows, sandbox, random } = this.#options;
    await windows[0]?.accounts.save({
      ...{ kind: 'token', apiUrl: sandbox.url, token: sandbox.token, owner: 'jo@example.com' },
      label: `Jo ${Math.floor(random.next() * 1000)}`,
    });
  }

  doSomething(): void {
    const { random, windows } = this.#options;
    const at = Math.floor(random.next() * windows.length);
    const window = windows[at];
    if (!window || this.#isTurning) {
      return;
    }
    const [session] = window.sessions.all;
    const dice = random.next();
    if (dice < 0.45 && session) {
      this.#act(window, session);
    } else if (dice < 0.6 && session) {
      this.#look(window, session);
    } else if (dice < 0.75) {
      this.#meddle();
    } else if (dice < 0.97) {
      this.#breakSomething();
    } else {
      this.#turn(at, window);
    }
  }

  #act(window: SoakWindow, session: Session): void {
    const { random, sandbox } = this.#options;
    const server = random.pick(session.servers.servers);
    if (!server || random.isChance(0.06)) {
      this.#send('create', () =>
        window.creation.create(session, { name: `new-${++this.#names}`, location: random.pick(locations) ?? 'us-west', planId: 1, osId: 5 }));
      return;
    }
    const ref = { accountId: session.account.id, serverId: server.id };
    // Now and then what is not allowed, too.
    const action = random.isChance(0.9) ? random.pick(allowedActions(server.status)) : random.pick<ServerAction>(['start', 'stop', 'reboot']);
    switch (action) {
      case 'start':
      case 'stop':
      case 'reboot':
        return this.#send(action, () => window.actions.power(ref, action));
      case 'rename':
        return this.#send('rename', () => window.actions.update(ref, 'rename', { name: `name-${++this.#names}` }));
      case 'setBackups':
        return random.isChance(0.5)
          ? this.#send('backups', () => window.actions.update(ref, 'setBackups', { backupsEnabled: random.isChance(0.5) }))
          : this.#send('replace', () => window.actions.replace(ref, { name: `name-${++this.#names}`, hostname: 'a.example.com', backupsEnabled: true }));
      default:
        if (sandbox.world.servers.length > 8) {
          this.#send('delete', () => window.actions.delete(ref));
        }
    }
  }

  #send(deed: string, send: () => Promise<{ readonly kind: string }>): void {
    this.#note(deed);
    this.#mayBeSent += 1;
    this.#track(
      send().then(({ kind }) => {
        this.#outcomes.set(kind, (this.#outcomes.get(kind) ?? 0) + 1);
        this.#mayBeSent -= notSent.has(kind) ? 1 : 0;
      }),
    );
  }

  #look(window: SoakWindow, session: Session): void {
    const { random } = this.#options;
    const looks: readonly (readonly [string, () => unknown])[] = [
      ['refresh', () => session.refresh()],
      ['refresh what is shown', () => session.refreshShown()],
      ['look at one', () => session.loadServer(random.pick(session.servers.servers)?.id ?? '1')],
      ['look away', () => window.setWatched(false)],
      ['look', () => window.setWatched(true)],
      ['filter', () => window.sessions.setQuery(random.isChance(0.5) ? {} : { status: random.pick(statuses), location: random.isChance(0.5) ? random.pick(locations) : undefined })],
      ['stop waiting', () => session.servers.servers.forEach(({ id }) => window.follower.stop({ accountId: session.account.id, serverId: id }))],
    ];
    const [name, look] = random.pick(looks) ?? ['', () => undefined];
    this.#note(name);
    // How a refresh goes, the store knows.
    this.#track(Promise.resolve(look()).catch(() => undefined));
  }

  /** Somebody else with the same account. */
  #meddle(): void {
    const { random, sandbox } = this.#options;
    const { world } = sandbox;
    const record = random.pick(world.servers);
    const dice = random.next();
    this.#note('somebody else');
    if (!record || dice < 0.1) {
      world.add({ name: `else-${++this.#names}`, location: random.pick(locations) ?? 'us-west', status: random.pick(statuses) ?? 'active' });
    } else if (dice < 0.2 && world.servers.length > 8) {
      world.remove(record.id);
    } else if (dice < 0.6) {
      world.rename(record.id, `else-${++this.#names}`);
    } else {
      world.setStatus(record.id, random.pick([...statuses, 'starting', 'stopping', 'rebooting']) ?? 'active');
    }
  }

  #breakSomething(): void {
    const { random, sandbox } = this.#options;
    const make = random.pick(faultKinds);
    // Faults that wait for a request that nobody makes must not pile up.
    if (make && sandbox.faults.pending.length < 10) {
      const method = random.pick(['GET', 'GET', 'POST', 'PATCH', 'PUT', 'DELETE']);
      const fault = make(random);
      this.#note(`fault ${fault.kind}`);
      sandbox.faults.add({ ...(method === undefined ? {} : { match: { method } }), times: random.isChance(0.8) ? 1 : 3, fault });
    }
  }

  /** A window is restarted, or the account changes in it. */
  #turn(at: number, window: SoakWindow): void {
    const { random, windows, reopen } = this.#options;
    const [session] = window.sessions.all;
    this.#isTurning = true;
    const dice = random.next();
    const turn = async (): Promise<void> => {
      if (dice < 0.5) {
        this.#note('restart');
        window.dispose();
        windows[at] = await reopen();
        windows[at]?.setWatched(random.isChance(0.7));
      } else if (session && dice < 0.75) {
        this.#note('sign out and in');
        await window.accounts.remove(session.account.id);
        await this.signIn();
      } else {
        this.#note('new label and connection');
        await this.signIn();
      }
      this.#isTurning = false;
    };
    this.#track(turn());
  }

  #note(deed: string): void {
    this.#done.set(deed, (this.#done.get(deed) ?? 0) + 1);
    this.#events.push(deed);
    this.#events.splice(0, this.#events.length - keptEvents);
  }

  #track(work: Promise<unknown>): void {
    const tracked: Promise<unknown> = work.finally(() => this.#underWay.delete(tracked));
    this.#underWay.add(tracked);
  }
}
