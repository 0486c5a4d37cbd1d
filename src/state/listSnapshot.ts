import { isRecord } from '../core/json.ts';
import type { OsSummary, PlanSummary, Server } from '../core/server.ts';
import { parseJson, readFiniteNumber, readText } from '../core/storedValues.ts';

/** A stored list of servers, shown until a newer one arrives. */
export interface ServerSnapshot {
  /** Base URL of the API that sent the list. A list of another API must not be shown. */
  readonly apiUrl: string;
  /** When the list arrived, in milliseconds since 1970. */
  readonly takenAt: number;
  readonly servers: readonly Server[];
}

const version = 1;

/** Serializes a list without usage, which is outdated by the next start. Servers contain no secrets. */
export function writeSnapshot({ apiUrl, takenAt, servers }: ServerSnapshot): string {
  return JSON.stringify({
    version,
    apiUrl,
    takenAt,
    servers: servers.map((server) => ({ ...server, usage: undefined })),
  });
}

/** Reads a stored list, which anyone may have changed: drops unusable servers; undefined when the list itself is unusable. */
export function readSnapshot(text: string): ServerSnapshot | undefined {
  const value = parseJson(text);
  if (!isRecord(value) || value.version !== version || !Array.isArray(value.servers)) {
    return undefined;
  }
  const { apiUrl, takenAt } = value;
  if (
    typeof apiUrl !== 'string' ||
    typeof takenAt !== 'number' ||
    !Number.isFinite(new Date(takenAt).getTime())
  ) {
    return undefined;
  }
  const servers = new Map(
    value.servers
      .flatMap((entry: unknown) => readServer(entry) ?? [])
      .map((server) => [server.id, server]),
  );
  return { apiUrl, takenAt, servers: [...servers.values()] };
}

function readServer(value: unknown): Server | undefined {
  if (!isRecord(value)) {
    return undefined;
  }
  const id = readText(value.id);
  const status = readText(value.status);
  if (!id || !status) {
    return undefined;
  }
  return {
    id,
    name: readText(value.name) ?? id,
    hostname: readText(value.hostname),
    status,
    ipAddress: readAddress(value.ipAddress),
    ipv6Address: readAddress(value.ipv6Address),
    location: readText(value.location),
    plan: readPlan(value.plan),
    os: readOs(value.os),
    backupsEnabled: typeof value.backupsEnabled === 'boolean' ? value.backupsEnabled : undefined,
    usage: undefined,
    createdAt: readText(value.createdAt),
    updatedAt: readText(value.updatedAt),
  };
}

function readPlan(value: unknown): PlanSummary | undefined {
  return isRecord(value)
    ? {
        id: readText(value.id),
        name: readText(value.name),
        vcpus: readFiniteNumber(value.vcpus),
        memoryMiB: readFiniteNumber(value.memoryMiB),
        storageGB: readFiniteNumber(value.storageGB),
        bandwidthGB: readFiniteNumber(value.bandwidthGB),
      }
    : undefined;
}

function readOs(value: unknown): OsSummary | undefined {
  return isRecord(value) ? { id: readText(value.id), name: readText(value.name) } : undefined;
}

function readAddress(value: unknown): string | null | undefined {
  return value === null ? null : readText(value);
}
