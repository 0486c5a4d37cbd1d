/** A plan on offer: what `GET /plans/` sends. Memory in MiB, storage and bandwidth in GB, prices in US dollars. */
export interface PlanRecord {
  readonly id: number;
  readonly name: string;
  readonly slug: string;
  readonly vcpus: number;
  readonly memory: number;
  readonly storage: number;
  readonly bandwidth: number;
  readonly price_monthly: number;
  readonly price_hourly: number;
  readonly available: boolean;
  readonly locations: readonly string[];
  readonly description: string;
}

/** An operating system: the API has no list of them, they only show on servers. */
export interface OsRecord {
  readonly id: number;
  readonly name: string;
}

/** What `GET /servers/{id}/` sends as `resource_usage`. Memory in MiB, disk and bandwidth in GB. */
export interface UsageRecord {
  readonly cpu_percent: number;
  readonly memory_used: number;
  readonly disk_used: number;
  readonly bandwidth_used: number;
}

/**
 * What the sample world keeps of a server. Immutable: every change makes a new record. Names are the API's, but plan and
 * system are kept by id, and the last three fields never leave the world as they are.
 */
export interface ServerRecord {
  readonly id: number;
  readonly name: string;
  /** Empty when none was given. */
  readonly hostname: string;
  readonly status: string;
  /** Null until the first start. */
  readonly ip_address: string | null;
  readonly ipv6_address: string | null;
  readonly location: string;
  readonly plan_id: number;
  readonly os_id: number;
  readonly backups_enabled: boolean;
  readonly created_at: string;
  readonly updated_at: string;
  /** Usage at the moment when it last became active or stopped being so. */
  readonly usage: UsageRecord;
  /** Since when it is active, in milliseconds since 1970; null when it is not. */
  readonly active_since: number | null;
  /** When the transition ends, in milliseconds since 1970; null when the status stays. */
  readonly due_at: number | null;
}

/** Milliseconds since 1970 in the API's format, `2025-01-10T14:30:00Z`. */
export function isoTime(timeMs: number): string {
  return `${new Date(timeMs).toISOString().slice(0, 19)}Z`;
}
