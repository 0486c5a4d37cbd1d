import { isFacts } from './facts.ts';
import type { OsSummary, PlanSummary, Server } from './server.ts';

/** A list of servers as it was at some time, to be shown until a newer one arrives. */
export interface ServerSnapshot {
  /** The base URL that the list came from: nothing kept for another one may be shown. */
  readonly apiUrl: string;
  /** Milliseconds since 1970 at which the list arrived. */
  readonly takenAt: number;
  readonly servers: readonly Server[];
}

const version = 1;

/** Without usage, which is of no worth later. There is no secret in a server. */
export function writeSnapshot({ apiUrl, takenAt, servers }: ServerSnapshot): string {
  return JSON.stringify({ version, apiUrl, takenAt, servers: servers.map((server) => ({ ...server, usage: undefined })) });
}

/** Reads what was written by `writeSnapshot`, by an older version or by anybody: what cannot be used is left out. */
export function readSnapshot(text: string): ServerSnapshot | undefined {
  const value = parse(text);
  if (!isFacts(value) || value.version !== version || !Array.isArray(value.servers)) {
    return undefined;
  }
  const { apiUrl, takenAt } = value;
  if (typeof apiUrl !== 'string' || typeof takenAt !== 'number' || !Number.isFinite(new Date(takenAt).getTime())) {
    return undefined;
  }
  const servers = new Map(value.servers.flatMap((entry: unknown) => readServer(entry) ?? []).map((server) => [server.id, server]));
  return { apiUrl, takenAt, servers: [...servers.values()] };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function readServer(value: unknown): Server | undefined {
  if (!isFacts(value)) {
    return undefined;
  }
  const id = toText(value.id);
  const status = toText(value.status);
  if (!id || !status) {
    return undefined;
  }
  return {
    id,
    name: toText(value.name) ?? id,
    hostname: toText(value.hostname),
    status,
    ipAddress: toAddress(value.ipAddress),
    ipv6Address: toAddress(value.ipv6Address),
    location: toText(value.location),
    plan: readPlan(value.plan),
    os: readOs(value.os),
    backupsEnabled: typeof value.backupsEnabled === 'boolean' ? value.backupsEnabled : undefined,
    usage: undefined,
    createdAt: toText(value.createdAt),
    updatedAt: toText(value.updatedAt),
  };
}

function readPlan(value: unknown): PlanSummary | undefined {
  return isFacts(value)
    ? {
        id: toText(value.id),
        name: toText(value.name),
        vcpus: toNumber(value.vcpus),
        memoryMiB: toNumber(value.memoryMiB),
        storageGB: toNumber(value.storageGB),
        bandwidthGB: toNumber(value.bandwidthGB),
      }
    : undefined;
}

function readOs(value: unknown): OsSummary | undefined {
  return isFacts(value) ? { id: toText(value.id), name: toText(value.name) } : undefined;
}

function toText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function toAddress(value: unknown): string | null | undefined {
  return value === null ? null : toText(value);
}

function toNumber(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}
