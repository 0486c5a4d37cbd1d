/** A plan as `GET /plans/` returns it. Memory in MiB, storage and bandwidth in GB, prices in US dollars. */
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

/** An operating system. The API has no endpoint that lists them. */
export interface OsRecord {
  readonly id: number;
  readonly name: string;
}

/** `resource_usage` of `GET /servers/{id}/`. Memory in MiB, disk and bandwidth in GB. */
export interface UsageRecord {
  readonly cpu_percent: number;
  readonly memory_used: number;
  readonly disk_used: number;
  readonly bandwidth_used: number;
}

/**
 * A server of the sample world. Immutable: every change creates a new record. Fields have the names of the API, but plan
 * and system are ids, and replies never contain the last three fields.
 */
export interface ServerRecord {
  readonly id: number;
  readonly name: string;
  /** Empty when the server has none. */
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
  /** Usage when the server last became active or stopped being active. */
  readonly usage: UsageRecord;
  /** Start of the active period, in milliseconds since 1970; null when not active. */
  readonly active_since: number | null;
  /** End of the transition, in milliseconds since 1970; null when the status is permanent. */
  readonly due_at: number | null;
}

/** Milliseconds since 1970 in the API's format, `2025-01-10T14:30:00Z`. */
export function isoTime(timeMs: number): string {
  return `${new Date(timeMs).toISOString().slice(0, 19)}Z`;
}
