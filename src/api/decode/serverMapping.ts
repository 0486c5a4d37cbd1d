import type { JsonObject } from '../../core/json.ts';
import type { CreateRequest, ServerSettings } from '../../core/requests.ts';
import type {
  OsSummary,
  PlanSummary,
  ResourceUsage,
  Server,
  ServerFragment,
  ServerStatus,
} from '../../core/server.ts';
import { knownStatuses } from '../../core/server.ts';
import { createFieldNames, settingsFieldNames, toBody } from '../requestFields.ts';
import {
  entryOf,
  readAddress,
  readAmount,
  readFlag,
  readId,
  readObject,
  readPercent,
  readRequiredText,
  readText,
} from './fields.ts';
import type { Source, ToItem } from './fields.ts';
import { SharedObjects } from './sharedObjects.ts';

const plans = new SharedObjects<PlanSummary>();
const systems = new SharedObjects<OsSummary>();

export const toServer: ToItem<Server> = (raw, path, reportIssue) => {
  const entry = entryOf(raw, path, reportIssue);
  if (entry === undefined) {
    return undefined;
  }
  return {
    id: entry.id,
    name: readRequiredText(entry, 'name') ?? entry.id,
    hostname: readText(entry, 'hostname'),
    status: readStatus(entry) ?? 'unknown',
    ipAddress: readAddress(entry, 'ip_address'),
    ipv6Address: readAddress(entry, 'ipv6_address'),
    location: readText(entry, 'location'),
    backupsEnabled: readFlag(entry, 'backups_enabled'),
    createdAt: readText(entry, 'created_at'),
    updatedAt: readText(entry, 'updated_at'),
    os: toOs(readObject(entry, 'os')),
    usage: toUsage(readObject(entry, 'resource_usage')),
    plan: toPlan(readObject(entry, 'plan')),
  };
};

/** The `server` of a power reply; undefined without id or status, because then it contains no news. */
export const toFragment: ToItem<ServerFragment> = (raw, path, reportIssue) => {
  const entry = entryOf(raw, path, reportIssue);
  if (entry === undefined) {
    return undefined;
  }
  const name = readText(entry, 'name');
  const status = readStatus(entry);
  return status === undefined ? undefined : { id: entry.id, name, status };
};

/** A documented status in the API's spelling, whatever its case; any other one as sent. */
function readStatus(source: Source): ServerStatus | undefined {
  const status = readRequiredText(source, 'status');
  const lower = status?.toLowerCase();
  return knownStatuses.find((known) => known === lower) ?? status;
}

function toPlan(source: Source | undefined): PlanSummary | undefined {
  return source && plans.share(toPlanSummary(source));
}

/** What is sent of a plan with servers, and among other facts in the list of plans. */
export function toPlanSummary(source: Source): PlanSummary {
  return {
    id: readId(source, 'id'),
    name: readText(source, 'name'),
    vcpus: readAmount(source, 'vcpus'),
    memoryMiB: readAmount(source, 'memory'),
    storageGB: readAmount(source, 'storage'),
    bandwidthGB: readAmount(source, 'bandwidth'),
  };
}

function toOs(source: Source | undefined): OsSummary | undefined {
  return source && systems.share({ id: readId(source, 'id'), name: readText(source, 'name') });
}

function toUsage(source: Source | undefined): ResourceUsage | undefined {
  return (
    source && {
      cpuPercent: readPercent(source, 'cpu_percent'),
      memoryUsedMiB: readAmount(source, 'memory_used'),
      diskUsedGB: readAmount(source, 'disk_used'),
      bandwidthUsedGB: readAmount(source, 'bandwidth_used'),
    }
  );
}

/** The body of `POST /servers/`. */
export function fromCreateRequest(request: CreateRequest): JsonObject {
  return toBody(createFieldNames, request);
}

/** The body of `PUT` and `PATCH /servers/{id}/`: only the settings that are given. */
export function fromSettings(settings: Partial<ServerSettings>): JsonObject {
  return toBody(settingsFieldNames, settings);
}
