import { isRecord } from './json.ts';
import type { JsonObject } from './json.ts';

/** Opaque, and unique only within an account. The API sends integers today; always URL-encoded in paths. */
export type ServerId = string;

/** Statuses that the API documents. It may send others, which are shown unchanged. */
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

/** As sent by the API; `unknown` when it sent none. */
export type ServerStatus = KnownStatus | (string & {});

export interface PlanSummary {
  readonly id: string | undefined;
  readonly name: string | undefined;
  /** Virtual CPUs. */
  readonly vcpus: number | undefined;
  readonly memoryMiB: number | undefined;
  readonly storageGB: number | undefined;
  /** Transfer allowance per month. */
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
 * A server as far as it is known. `undefined` means that the API has not sent the field: list replies omit `ipv6Address`,
 * `plan.bandwidthGB`, `usage` and `backupsEnabled`. `null` means that the server has no such address.
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
  /** As sent; documented as ISO 8601 in UTC, but not checked. */
  readonly createdAt: string | undefined;
  readonly updatedAt: string | undefined;
}

/** The part of a server that a power reply contains. */
export type ServerFragment = Pick<Server, 'id' | 'status'> & { readonly name: string | undefined };

/** Actions on an existing server. */
export type ServerAction = 'start' | 'stop' | 'reboot' | 'delete' | 'rename' | 'setBackups';
export type PowerAction = Extract<ServerAction, 'start' | 'stop' | 'reboot'>;

export function isPowerAction(action: ServerAction): action is PowerAction {
  return action === 'start' || action === 'stop' || action === 'reboot';
}

const transitional: ReadonlySet<string> = new Set([
  'provisioning',
  'starting',
  'stopping',
  'rebooting',
]);

/** Whether the status will soon change without another action. */
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
const allActions: readonly ServerAction[] = ['start', 'stop', 'reboot', ...settings];

/** The actions that apply to a server now. Menus, the palette, panels and bulk actions all use this rule. */
export function allowedActions({ status }: Pick<Server, 'status'>): readonly ServerAction[] {
  return Object.hasOwn(allowed, status) ? allowed[status as KnownStatus] : allActions;
}

export function isAllowed(action: ServerAction, server: Pick<Server, 'status'>): boolean {
  return allowedActions(server).includes(action);
}

/** The status in which a power action ends. */
export function targetStatus(action: PowerAction): KnownStatus {
  return action === 'stop' ? 'stopped' : 'active';
}

function isSameValue(a: unknown, b: unknown): boolean {
  return Object.is(a, b) || (isRecord(a) && isRecord(b) && haveSameProperties(a, b));
}

function haveSameProperties(a: JsonObject, b: JsonObject): boolean {
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => isSameValue(a[key], b[key]));
}

/** Deep equality. Runs for every server on every refresh, so it allocates little. */
export function isSameServer(a: Server, b: Server): boolean {
  return isSameValue(a, b);
}
