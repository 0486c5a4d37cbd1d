import type { Clock } from '../core/clock.ts';
import { Emitter, type Event } from '../core/event.ts';
import { firstAddress, ipv4, ipv6 } from './addresses.ts';
import { planOf } from './catalog.ts';
import { isoTime, type ServerRecord, type UsageRecord } from './records.ts';
import type { WorldState } from './snapshot.ts';
import { usageAt, usualUsage } from './usage.ts';

/** Where each transition leads, and how long it takes at speed 1. */
const transitions: Readonly<Record<string, { readonly to: string; readonly takesMs: number }>> = {
  // The real VPS.org speaks of 2 to 5 minutes; nobody should have to wait that long for a sample.
  provisioning: { to: 'active', takesMs: 40_000 },
  starting: { to: 'active', takesMs: 6_000 },
  stopping: { to: 'stopped', takesMs: 8_000 },
  rebooting: { to: 'active', takesMs: 10_000 },
};

/** What a person may change of a server. */
export type Settings = Pick<ServerRecord, 'name' | 'hostname' | 'backups_enabled'>;

/** What a person says of a new server. */
export type NewServer = Settings & Pick<ServerRecord, 'location' | 'plan_id' | 'os_id'>;

/**
 * The simulated datacenter: servers, and the credit that they cost. It has no timers: every reading first brings each
 * transition up to the clock, so nothing must be stopped and a restored world simply goes on.
 *
 * Requests act on it through the router; tests may act on it directly, as somebody else with the same account would.
 */
export class World {
  readonly #clock: Clock;
  readonly #speed: number;
  readonly #records = new Map<string, ServerRecord>();
  readonly #raw = new Map<string, unknown>();
  readonly #changed = new Emitter<void>();
  #credit: number;
  #nextId: number;

  /**
   * Fires after every change by a request or by a method. A transition that ends is no change: when it ends was known,
   * and in the snapshot, from its beginning.
   */
  readonly onDidChange: Event<void> = this.#changed.event;

  /** @param speed how many times faster than life everything happens */
  constructor(state: WorldState, clock: Clock, speed: number) {
    this.#clock = clock;
    this.#speed = speed;
    this.#credit = state.credit;
    this.#nextId = state.servers.reduce((next, { id }) => Math.max(next, id + 1), state.nextId);
    for (const record of state.servers) {
      this.#records.set(String(record.id), record);
    }
  }

  /** US dollars left: a server takes its plan's monthly price when created and gives it back when deleted. */
  get credit(): number {
    return this.#credit;
  }

  /** All servers as they are now, the oldest id first unless somebody added another. */
  get servers(): readonly ServerRecord[] {
    this.#settle();
    return [...this.#records.values()];
  }

  get(id: number | string): ServerRecord | undefined {
    this.#settle();
    return this.#records.get(String(id));
  }

  /** What a server uses now. */
  usage(record: ServerRecord): UsageRecord {
    return usageAt(record, this.#clock.now(), this.#speed);
  }

  /** What was set by `replaceRaw` for this server, wrapped; undefined when nothing was. */
  raw(id: number): { readonly value: unknown } | undefined {
    return this.#raw.has(String(id)) ? { value: this.#raw.get(String(id)) } : undefined;
  }

  /** Orders a server and pays for it. Undefined when the credit does not suffice. */
  create(fields: NewServer): ServerRecord | undefined {
    const price = planOf(fields.plan_id).price_monthly;
    if (price > this.#credit) {
      return undefined;
    }
    this.#credit = cents(this.#credit - price);
    const usage = { ...usualUsage(this.#nextId, fields.plan_id), disk_used: 2, bandwidth_used: 0 };
    return this.add({ ...fields, usage, status: 'provisioning', ip_address: null, ipv6_address: null });
  }

  /** Puts a server into the account without paying for it. What is not given is made up. */
  add(fields: Partial<ServerRecord> = {}): ServerRecord {
    const now = this.#clock.now();
    const id = fields.id ?? this.#nextId;
    const status = fields.status ?? 'active';
    const address = this.#freeAddress();
    const record: ServerRecord = {
      id,
      name: `server-${id}`,
      hostname: '',
      ip_address: ipv4(address),
      ipv6_address: ipv6(address),
      location: 'us-west',
      plan_id: 1,
      os_id: 5,
      backups_enabled: false,
      created_at: isoTime(now),
      updated_at: isoTime(now),
      usage: usualUsage(id, fields.plan_id ?? 1),
      active_since: status === 'active' ? now : null,
      due_at: this.#dueAt(status),
      ...fields,
      status,
    };
    this.#nextId = Math.max(this.#nextId, id + 1);
    this.#records.set(String(id), record);
    this.#changed.fire();
    return record;
  }

  /** Changes settings. Undefined when there is no such server. */
  update(id: number | string, changes: Partial<Settings>): ServerRecord | undefined {
    return this.#change(id, () => changes);
  }

  rename(id: number | string, name: string): ServerRecord | undefined {
    return this.update(id, { name });
  }

  /**
   * Puts a server into a status, any text. A transition goes on by itself, as if somebody else had begun it, unless it
   * `stays`: that server is stuck.
   */
  setStatus(id: number | string, status: string, stays = false): ServerRecord | undefined {
    return this.#change(id, (record) => this.#entering(record, status, this.#clock.now(), stays));
  }

  /** Deletes a server, in any status. False when there is none. */
  remove(id: number | string): boolean {
    const record = this.#records.get(String(id));
    if (!record) {
      return false;
    }
    this.#records.delete(String(id));
    this.#raw.delete(String(id));
    this.#credit = cents(this.#credit + planOf(record.plan_id).price_monthly);
    this.#changed.fire();
    return true;
  }

  /** From now on replies show `raw` where this server was, until `undefined` is set. Not part of a snapshot. */
  replaceRaw(id: number | string, raw: unknown): void {
    if (raw === undefined) {
      this.#raw.delete(String(id));
    } else {
      this.#raw.set(String(id), raw);
    }
  }

  /** All that a later world needs to go on where this one is. */
  snapshot(): WorldState {
    return { credit: this.#credit, nextId: this.#nextId, servers: this.servers };
  }

  #change(
    id: number | string,
    changes: (record: ServerRecord) => Partial<ServerRecord>,
  ): ServerRecord | undefined {
    const record = this.get(id);
    if (!record) {
      return undefined;
    }
    const changed = this.#put(record, changes(record), this.#clock.now());
    this.#changed.fire();
    return changed;
  }

  #put(record: ServerRecord, changes: Partial<ServerRecord>, at: number): ServerRecord {
    // A full second later than before at least, so that two changes within one second are two versions.
    const updated = Math.max(at, (Date.parse(record.updated_at) || 0) + 1000);
    const changed = { ...record, ...changes, updated_at: isoTime(updated) };
    this.#records.set(String(record.id), changed);
    return changed;
  }

  #entering(record: ServerRecord, status: string, at: number, stays: boolean): Partial<ServerRecord> {
    const { cpu_percent, memory_used } = record.usage;
    const address = status === 'active' && record.ip_address === null ? this.#freeAddress() : undefined;
    return {
      status,
      due_at: stays ? null : this.#dueAt(status),
      active_since: status === 'active' ? at : null,
      // Disk and traffic stay used; processor and memory begin again where they did.
      usage: { ...usageAt(record, at, this.#speed), cpu_percent, memory_used },
      ...(address !== undefined && { ip_address: ipv4(address), ipv6_address: ipv6(address) }),
    };
  }

  #dueAt(status: string): number | null {
    const transition = transitionFrom(status);
    return transition ? this.#clock.now() + transition.takesMs / this.#speed : null;
  }

  /** Ends the transitions whose time has come. */
  #settle(): void {
    const now = this.#clock.now();
    for (const record of this.#records.values()) {
      const transition = transitionFrom(record.status);
      if (record.due_at === null || !transition) {
        continue;
      }
      const latest = now + transition.takesMs / this.#speed;
      if (record.due_at <= now) {
        this.#put(record, this.#entering(record, transition.to, record.due_at, false), record.due_at);
      } else if (record.due_at > latest) {
        // The clock was set back, or the world runs faster than before: never wait longer than a whole transition.
        this.#records.set(String(record.id), { ...record, due_at: latest });
      }
    }
  }

  #freeAddress(): number {
    const used = new Set([...this.#records.values()].flatMap((each) => [each.ip_address, each.ipv6_address]));
    let address = firstAddress;
    while (used.has(ipv4(address)) || used.has(ipv6(address))) {
      address++;
    }
    return address;
  }
}

function transitionFrom(status: string): (typeof transitions)[string] | undefined {
  return Object.hasOwn(transitions, status) ? transitions[status] : undefined;
}

function cents(dollars: number): number {
  return Math.round(dollars * 100) / 100;
}
