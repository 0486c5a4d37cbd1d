import { isFacts } from './facts.ts';
import type { Facts } from './facts.ts';

/** A server's id: opaque. The API sends an integer, possibly one day a UUID; it is kept as text and URL-encoded in paths. */
export type ServerId = string;

/** Statuses that the API is known to send (api.md, section 3). The set is open: others are shown as they are. */
export const knownStatuses = [
  'active',
  'stopped',
  'suspended',
  'provisioning',
  'starting',
  'stopping',
  'rebooting',
] as const;
export type KnownStatus = (typeof knownStatuses)[number];

/** A status as the API sent it, or `unknown` where it sent none. */
export type ServerStatus = KnownStatus | (string & {});

export interface PlanSummary {
  readonly id: string | undefined;
  readonly name: string | undefined;
  /** Virtual CPUs. */
  readonly vcpus: number | undefined;
  readonly memoryMiB: number | undefined;
  readonly storageGB: number | undefined;
  /** A month's transfer allowance. */
  readonly bandwidthGB: number | undefined;
}

export interface OsSummary {
  readonly id: string | undefined;
  readonly name: string | undefined;
}

export interface ResourceUsage {
  /** 0 to 100. */
  readonly cpuPercent: number | undefined;
  readonly memoryUsedMiB: number | undefined;
  readonly diskUsedGB: number | undefined;
  readonly bandwidthUsedGB: number | undefined;
}

/**
 * A server as far as it is known. `undefined` means "not sent": list replies leave out what only the detail reply has
 * (`ipv6Address`, `plan.bandwidthGB`, `usage`, `backupsEnabled`). `null` means that the API said there is none.
 */
export interface Server {
  readonly id: ServerId;
  /** Never empty: falls back to the id. */
  readonly name: string;
  readonly hostname: string | undefined;
  readonly status: ServerStatus;
  readonly ipAddress: string | null | undefined;
  readonly ipv6Address: string | null | undefined;
  /** Datacenter code, e.g. `us-west`. */
  readonly location: string | undefined;
  readonly plan: PlanSummary | undefined;
  readonly os: OsSummary | undefined;
  readonly backupsEnabled: boolean | undefined;
  readonly usage: ResourceUsage | undefined;
  /** As sent, ISO 8601 in UTC where the API keeps its word. */
  readonly createdAt: string | undefined;
  readonly updatedAt: string | undefined;
}

/** The part of a server that a power reply carries (endpoints 7 to 9). */
export type ServerFragment = Pick<Server, 'id' | 'status'> & { readonly name: string | undefined };

/** What a server can be asked to do from here. */
export type ServerAction = 'start' | 'stop' | 'reboot' | 'delete' | 'rename' | 'setBackups';
export type PowerAction = Extract<ServerAction, 'start' | 'stop' | 'reboot'>;

const transitional: ReadonlySet<string> = new Set(['provisioning', 'starting', 'stopping', 'rebooting']);

/** Whether the status will change by itself soon. */
export function isInTransition(status: ServerStatus): boolean {
  return transitional.has(status);
}

const settings = ['delete', 'rename', 'setBackups'] as const satisfies readonly ServerAction[];
const allowed: Readonly<Record<KnownStatus, readonly ServerAction[]>> = {
  active: ['stop', 'reboot', ...settings],
  stopped: ['start', ...settings],
  suspended: settings,
  provisioning: ['delete'],
  starting: ['delete'],
  stopping: ['delete'],
  rebooting: ['delete'],
};
const everything: readonly ServerAction[] = ['start', 'stop', 'reboot', ...settings];

/** The actions that make sense now: the one rule for menus, palette, panels and bulk (product.md, section 5). */
export function allowedActions(status: ServerStatus): readonly ServerAction[] {
  return Object.hasOwn(allowed, status) ? allowed[status as KnownStatus] : everything;
}

export function isAllowed(action: ServerAction, status: ServerStatus): boolean {
  return allowedActions(status).includes(action);
}

/** The status that a power action leads to. */
export function targetStatus(action: PowerAction): KnownStatus {
  return action === 'stop' ? 'stopped' : 'active';
}

function isSameFact(a: unknown, b: unknown): boolean {
  return Object.is(a, b) || (isFacts(a) && isFacts(b) && haveSameFacts(a, b));
}

function haveSameFacts(a: Facts, b: Facts): boolean {
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => isSameFact(a[key], b[key]));
}

/** Whether two pictures of a server show the same. Runs for every server at every refresh, so it allocates little. */
export function isSameServer(a: Server, b: Server): boolean {
  return isSameFact(a, b);
}
