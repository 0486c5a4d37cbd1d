import { isRecord } from './json.ts';
import type { Server } from './server.ts';
import { readStrings, readText } from './storedValues.ts';

/** Selects the servers that the view shows. Empty parts match every server. */
export interface ServerFilter {
  /** Words that must all occur in the name, hostname, address, plan, OS, location, status, id or note. */
  readonly text: string;
  readonly statuses: readonly string[];
  readonly locations: readonly string[];
}

export const noFilter: ServerFilter = { text: '', statuses: [], locations: [] };

export function isFiltering(filter: ServerFilter): boolean {
  return filter.text.trim() !== '' || filter.statuses.length > 0 || filter.locations.length > 0;
}

/** Filters of `GET /servers/`. */
export interface ListQuery {
  /** Sent as `?status=`. */
  readonly status?: string | undefined;
  /** A datacenter code, sent as `?location=`. */
  readonly location?: string | undefined;
}

/** Statuses that `GET /servers/` can filter by. */
const queryStatuses: ReadonlySet<string> = new Set(['active', 'stopped', 'suspended']);

/** The part of a filter that the API can apply: a single status and a single location. */
export function toQuery({ statuses, locations }: ServerFilter): ListQuery {
  const [status] = statuses;
  const [location] = locations;
  return {
    ...(statuses.length === 1 && status !== undefined && queryStatuses.has(status)
      ? { status }
      : {}),
    ...(locations.length === 1 && location ? { location } : {}),
  };
}

/** Whether a query asks for part of the list only. */
export function isNarrow({ status, location }: ListQuery): boolean {
  return status !== undefined || location !== undefined;
}

export function isSameQuery(a: ListQuery, b: ListQuery): boolean {
  return a.status === b.status && a.location === b.location;
}

/** Whether the reply to `query` should contain the server. */
export function matchesQuery(server: Server, { status, location }: ListQuery): boolean {
  return (
    (status === undefined || server.status === status) &&
    (location === undefined || server.location === location)
  );
}

/** Reads a stored filter; unusable parts are left out. */
export function parseFilter(value: unknown): ServerFilter {
  if (!isRecord(value)) {
    return noFilter;
  }
  return {
    text: readText(value.text) ?? '',
    statuses: readStrings(value.statuses),
    locations: readStrings(value.locations),
  };
}
