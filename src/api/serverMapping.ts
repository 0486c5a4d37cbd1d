import type { CreateRequest, ServerSettings } from '../core/requests.ts';
import type { OsSummary, PlanSummary, ResourceUsage, Server, ServerFragment } from '../core/server.ts';
import { below, readFields } from './fields.ts';
import type { ReportOdd } from './fields.ts';
import { isRecord } from './json.ts';
import { fragmentShape, identityShape, osShape, planSummaryShape, serverShape, usageShape } from './wire.ts';

type Wire = Record<string, unknown>;

/** What thousands of servers have in common, such as a plan: made once for all that were sent the same. */
class SharedPart<T> {
  readonly #names: readonly string[];
  readonly #byId = new Map<unknown, { readonly raw: Wire; readonly made: T }>();

  constructor({ fields }: { readonly fields: readonly { readonly name: string }[] }) {
    this.#names = fields.map(({ name }) => name);
  }

  /** The part that was made of the same facts, where there was nothing odd about them. */
  find(raw: Wire): T | undefined {
    const known = this.#byId.get(raw.id);
    if (!known) {
      return undefined;
    }
    for (const name of this.#names) {
      if (raw[name] !== known.raw[name]) {
        return undefined;
      }
    }
    return known.made;
  }

  keep(raw: Wire, made: T): T {
    this.#byId.set(raw.id, { raw, made });
    return made;
  }
}

interface SharedParts {
  readonly plans: SharedPart<PlanSummary>;
  readonly systems: SharedPart<OsSummary>;
}

/** As `toServer`, for the servers of one list. */
export function serverMapper(): (raw: unknown, path: string, reportOdd: ReportOdd) => Server | undefined {
  const shared: SharedParts = { plans: new SharedPart(planSummaryShape), systems: new SharedPart(osShape) };
  return (raw, path, reportOdd) => toServer(raw, path, reportOdd, shared);
}

/** Takes a part from those that are shared, or makes it; one with something odd in it is reported for every server. */
function share<T>(
  raw: Wire | undefined,
  known: SharedPart<T> | undefined,
  path: string,
  reportOdd: ReportOdd,
  make: (raw: Wire, path: string, reportOdd: ReportOdd) => T,
): T | undefined {
  const found = raw && known?.find(raw);
  if (!raw || found) {
    return found;
  }
  const odds: string[] = [];
  const made = make(raw, path, (odd) => odds.push(odd));
  odds.forEach(reportOdd);
  return odds.length > 0 ? made : (known?.keep(raw, made) ?? made);
}

/**
 * A server as far as the reply shows one. Undefined for what has no usable id: it could neither be shown nor acted on.
 * Whatever was odd is reported under `path`, the place of `raw` in the reply.
 */
export function toServer(raw: unknown, path: string, reportOdd: ReportOdd, shared?: SharedParts): Server | undefined {
  const id = identify(raw, path, reportOdd);
  if (id === undefined) {
    return undefined;
  }
  const wire = readFields(serverShape, raw as Wire, path, reportOdd);
  return {
    id,
    name: wire.name ?? id,
    hostname: wire.hostname,
    status: wire.status ?? 'unknown',
    ipAddress: wire.ip_address,
    ipv6Address: wire.ipv6_address,
    location: wire.location,
    plan: share(wire.plan, shared?.plans, below(path, 'plan'), reportOdd, toPlanSummary),
    os: share(wire.os, shared?.systems, below(path, 'os'), reportOdd, toOs),
    backupsEnabled: wire.backups_enabled,
    usage: wire.resource_usage && toUsage(wire.resource_usage, below(path, 'resource_usage'), reportOdd),
    createdAt: wire.created_at,
    updatedAt: wire.updated_at,
  };
}

/** A power reply's `server`; undefined where id or status are missing, because then it tells nothing. */
export function toFragment(raw: unknown, path: string, reportOdd: ReportOdd): ServerFragment | undefined {
  const id = identify(raw, path, reportOdd);
  if (id === undefined) {
    return undefined;
  }
  const wire = readFields(fragmentShape, raw as Wire, path, reportOdd);
  return wire.status === undefined ? undefined : { id, name: wire.name, status: wire.status };
}

export function toPlanSummary(raw: Wire, path: string, reportOdd: ReportOdd): PlanSummary {
  const wire = readFields(planSummaryShape, raw, path, reportOdd);
  return {
    id: wire.id,
    name: wire.name,
    vcpus: wire.vcpus,
    memoryMiB: wire.memory,
    storageGB: wire.storage,
    bandwidthGB: wire.bandwidth,
  };
}

/** The body of `POST /servers/`. */
export function fromCreateRequest(request: CreateRequest): Wire {
  return {
    name: request.name,
    plan_id: request.planId,
    os_id: request.osId,
    location: request.location,
    hostname: request.hostname,
    ssh_key_id: request.sshKeyId,
    backups_enabled: request.backupsEnabled,
  };
}

/** The body of PUT and PATCH: only what is given goes out. */
export function fromSettings(settings: Partial<ServerSettings>): Wire {
  return {
    name: settings.name,
    hostname: settings.hostname,
    backups_enabled: settings.backupsEnabled,
  };
}

/** The id of what is an object with one. */
function identify(raw: unknown, path: string, reportOdd: ReportOdd): string | undefined {
  if (!isRecord(raw)) {
    reportOdd(path);
    return undefined;
  }
  return readFields(identityShape, raw, path, reportOdd).id;
}

function toOs(raw: Wire, path: string, reportOdd: ReportOdd): OsSummary {
  const wire = readFields(osShape, raw, path, reportOdd);
  return { id: wire.id, name: wire.name };
}

function toUsage(raw: Wire, path: string, reportOdd: ReportOdd): ResourceUsage {
  const wire = readFields(usageShape, raw, path, reportOdd);
  return {
    cpuPercent: wire.cpu_percent,
    memoryUsedMiB: wire.memory_used,
    diskUsedGB: wire.disk_used,
    bandwidthUsedGB: wire.bandwidth_used,
  };
}
