import type { Clock } from '../core/clock.ts';
import { Emitter, type Event } from '../core/event.ts';
import { firstAddress, ipv4, ipv6 } from './addresses.ts';
import { planOf } from './catalog.ts';
import { isoTime, type ServerRecord, type UsageRecord } from './records.ts';
import type { WorldState } from './snapshot.ts';
import { usageAt, usualUsage } from './usage.ts';

/** Final status of each transition, and its duration at speed 1. */
const transitions: Readonly<Record<string, { readonly to: string; readonly takesMs: number }>> = {
  // VPS.org documents 2 to 5 minutes, which is too long for a demonstration.
  provisioning: { to: 'active', takesMs: 40_000 },
  starting: { to: 'active', takesMs: 6_000 },
  stopping: { to: 'stopped', takesMs: 8_000 },
  rebooting: { to: 'active', takesMs: 10_000 },
};

/** Settings of a server that can be changed. */
export type Settings = Pick<ServerRecord, 'name' | 'hostname' | 'backups_enabled'>;

/** Settings of a new server. */
export type NewServer = Settings & Pick<ServerRecord, 'location' | 'plan_id' | 'os_id'>;

/**
 * The simulated datacenter: servers and the credit that pays for them. It has no timers. Every read first completes the
 * transitions that are due, so there is nothing to dispose and a restored world continues where it was.
 *
 * Requests change it through the router. Tests also change it directly, as another client of the same account would.
 */
export class World {
  readonly #clock: Clock;
  readonly #speed: number;
  readonly #records = new Map<string, ServerRecord>();
  readonly #changed = new Emitter<void>();
  #credit: number;
  #nextId: number;

  /**
   * Fires after every change by a request or a method call. The end of a transition is not a change, because the
   * snapshot contains it from the start.
   */
  readonly onDidChange: Event<void> = this.#changed.event;

  /** @param speed factor by which the world runs faster than real time */
  constructor(state: WorldState, clock: Clock, speed: number) {
    this.#clock = clock;
    this.#speed = speed;
    this.#credit = state.credit;
    this.#nextId = state.servers.reduce((next, { id }) => Math.max(next, id + 1), state.nextId);
    for (const record of state.servers) {
      this.#records.set(String(record.id), record);
    }
  }

  /** US dollars left. Creating a server costs the monthly price of its plan; deleting it refunds the price. */
  get credit(): number {
    return this.#credit;
  }

  /** All servers with their current status, in the order in which they were added. */
  get servers(): readonly ServerRecord[] {
    this.#settle();
    return [...this.#records.values()];
  }

  get(id: number | string): ServerRecord | undefined {
    this.#settle();
    return this.#records.get(String(id));
  }

  /** Current usage of a server. */
  usage(record: ServerRecord): UsageRecord {
    return usageAt(record, this.#clock.now(), this.#speed);
  }

  /** Creates a server and pays for it. Returns undefined when there is not enough credit. */
  create(fields: NewServer): ServerRecord | undefined {
    const price = planOf(fields.plan_id).price_monthly;
    if (price > this.#credit) {
      return undefined;
    }
    this.#credit = cents(this.#credit - price);
    const usage = { ...usualUsage(this.#nextId, fields.plan_id), disk_used: 2, bandwidth_used: 0 };
    return this.add({
      ...fields,
      usage,
      status: 'provisioning',
      ip_address: null,
      ipv6_address: null,
    });
  }

  /** Adds a server without paying for it, with defaults for missing fields. */
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

  /** Changes settings. Returns undefined when there is no such server. */
  update(id: number | string, changes: Partial<Settings>): ServerRecord | undefined {
    return this.#change(id, () => changes);
  }

  /**
   * Sets a status, any text. A transition completes after its usual duration, unless the server `isStuck` in it. Returns
   * undefined when there is no such server.
   */
  setStatus(id: number | string, status: string, isStuck = false): ServerRecord | undefined {
    return this.#change(id, (record) => this.#entering(record, status, this.#clock.now(), isStuck));
  }

  /** Deletes a server, in any status. Returns false when there is no such server. */
  remove(id: number | string): boolean {
    const record = this.#records.get(String(id));
    if (!record) {
      return false;
    }
    this.#records.delete(String(id));
    this.#credit = cents(this.#credit + planOf(record.plan_id).price_monthly);
    this.#changed.fire();
    return true;
  }

  /** State from which a later world can continue. */
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
    // At least one second after the last change, so that each change has its own timestamp.
    const updated = Math.max(at, (Date.parse(record.updated_at) || 0) + 1000);
    const changed = { ...record, ...changes, updated_at: isoTime(updated) };
    this.#records.set(String(record.id), changed);
    return changed;
  }

  #entering(
    record: ServerRecord,
    status: string,
    at: number,
    isStuck: boolean,
  ): Partial<ServerRecord> {
    const { cpu_percent, memory_used } = record.usage;
    const address =
      status === 'active' && record.ip_address === null ? this.#freeAddress() : undefined;
    return {
      status,
      due_at: isStuck ? null : this.#dueAt(status),
      active_since: status === 'active' ? at : null,
      // Disk and traffic keep their usage; CPU and memory restart at their initial values.
      usage: { ...usageAt(record, at, this.#speed), cpu_percent, memory_used },
      ...(address !== undefined && { ip_address: ipv4(address), ipv6_address: ipv6(address) }),
    };
  }

  #dueAt(status: string): number | null {
    const transition = transitionFrom(status);
    return transition ? this.#clock.now() + transition.takesMs / this.#speed : null;
  }

  /** Completes the transitions that are due. */
  #settle(): void {
    const now = this.#clock.now();
    for (const record of this.#records.values()) {
      const transition = transitionFrom(record.status);
      if (record.due_at === null || !transition) {
        continue;
      }
      const latest = now + transition.takesMs / this.#speed;
      if (record.due_at <= now) {
        this.#put(
          record,
          this.#entering(record, transition.to, record.due_at, false),
          record.due_at,
        );
      } else if (record.due_at > latest) {
        // The clock was set back, or the speed was raised. No transition takes longer than its full duration.
        this.#records.set(String(record.id), { ...record, due_at: latest });
      }
    }
  }

  #freeAddress(): number {
    const used = new Set(
      [...this.#records.values()].flatMap((each) => [each.ip_address, each.ipv6_address]),
    );
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
