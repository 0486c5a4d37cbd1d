import { locations, plans, systems } from './catalog.ts';
import type { ServerRecord } from './records.ts';

/** State of a world. JSON-safe, without the token. */
export interface WorldState {
  /** US dollars left to spend. */
  readonly credit: number;
  /** Ids are never reused. */
  readonly nextId: number;
  readonly servers: readonly ServerRecord[];
}

type Check = (value: unknown) => boolean;

const isText: Check = (value) => typeof value === 'string';
const isTextOrNull: Check = (value) => value === null || isText(value);
const isWhole: Check = (value) => Number.isSafeInteger(value) && (value as number) > 0;
const isAmount: Check = (value) => Number.isFinite(value) && (value as number) >= 0;
const isTimeOrNull: Check = (value) => value === null || isAmount(value);
const isDate: Check = (value) => {
  const timeMs = isText(value) ? Date.parse(value as string) : NaN;
  return timeMs >= 0 && timeMs < Date.UTC(3000, 0);
};
const isShape =
  (checks: Readonly<Record<string, Check>>): Check =>
  (value) =>
    typeof value === 'object' &&
    value !== null &&
    Object.entries(checks).every(([key, check]) => check((value as Record<string, unknown>)[key]));

const isServer = isShape({
  id: isWhole,
  name: isText,
  hostname: isText,
  status: isText,
  ip_address: isTextOrNull,
  ipv6_address: isTextOrNull,
  location: (value) => locations.includes(value as string),
  plan_id: (value) => plans.some((each) => each.id === value),
  os_id: (value) => systems.some((each) => each.id === value),
  backups_enabled: (value) => typeof value === 'boolean',
  created_at: isDate,
  updated_at: isDate,
  usage: isShape({
    cpu_percent: isAmount,
    memory_used: isAmount,
    disk_used: isAmount,
    bandwidth_used: isAmount,
  }),
  active_since: isTimeOrNull,
  due_at: isTimeOrNull,
} satisfies Record<keyof ServerRecord, Check>);

const isState = isShape({
  credit: isAmount,
  nextId: isWhole,
  servers: (value) => Array.isArray(value) && value.every(isServer),
} satisfies Record<keyof WorldState, Check>);

/**
 * Reads a snapshot of an earlier run. All or nothing: a new sample account is easier to understand than half of an old one.
 *
 * @returns undefined when any part of the snapshot is invalid
 */
export function readSnapshot(snapshot: unknown): WorldState | undefined {
  return isState(snapshot) ? (snapshot as WorldState) : undefined;
}
