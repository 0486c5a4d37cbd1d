import type { Server } from './server.ts';

/** What the view shows of the servers. Empty parts let everything through. */
export interface ServerFilter {
  /** Words, all of which must occur somewhere: name, host name, address, plan, OS, location or status. */
  readonly text: string;
  readonly statuses: readonly string[];
  readonly locations: readonly string[];
}

export const noFilter: ServerFilter = { text: '', statuses: [], locations: [] };

export function isFiltering(filter: ServerFilter): boolean {
  return filter.text.trim() !== '' || filter.statuses.length > 0 || filter.locations.length > 0;
}

/** The part of a filter that the API can apply (endpoint 1). */
export interface NarrowQuery {
  readonly status?: string | undefined;
  readonly location?: string | undefined;
}

/** Statuses that `GET /servers/` is documented to filter by. */
const queryStatuses: ReadonlySet<string> = new Set(['active', 'stopped', 'suspended']);

/** What of a filter goes to the API: one status and one location, where there is just one of them. */
export function toQuery({ statuses, locations }: ServerFilter): NarrowQuery {
  const [status] = statuses;
  const [location] = locations;
  return {
    ...(statuses.length === 1 && status !== undefined && queryStatuses.has(status) ? { status } : {}),
    ...(locations.length === 1 && location ? { location } : {}),
  };
}

export function isNarrow({ status, location }: NarrowQuery): boolean {
  return status !== undefined || location !== undefined;
}

export function isSameQuery(a: NarrowQuery, b: NarrowQuery): boolean {
  return a.status === b.status && a.location === b.location;
}

/** Whether the API should list this server when it is asked so. */
export function matchesQuery(server: Server, { status, location }: NarrowQuery): boolean {
  return (status === undefined || server.status === status) && (location === undefined || server.location === location);
}

/** A test for one filter, to be used for many servers. */
export function matcher(filter: ServerFilter): (server: Server) => boolean {
  const words = filter.text.toLowerCase().split(/\s+/u).filter(Boolean);
  const statuses = new Set(filter.statuses);
  const locations = new Set(filter.locations);
  return (server) => {
    if (statuses.size > 0 && !statuses.has(server.status)) {
      return false;
    }
    if (locations.size > 0 && !locations.has(server.location ?? '')) {
      return false;
    }
    if (words.length === 0) {
      return true;
    }
    const haystack = [
      server.name,
      server.hostname,
      server.ipAddress,
      server.ipv6Address,
      server.plan?.name,
      server.os?.name,
      server.location,
      server.status,
      server.id,
    ]
      .join('\n')
      .toLowerCase();
    return words.every((word) => haystack.includes(word));
  };
}

/** Reads a filter that was stored earlier; anything unusable counts as no filter. */
export function parseFilter(value: unknown): ServerFilter {
  if (typeof value !== 'object' || value === null) {
    return noFilter;
  }
  const strings = (part: unknown): string[] =>
    Array.isArray(part) ? part.filter((entry): entry is string => typeof entry === 'string') : [];
  const { text, statuses, locations } = value as Record<string, unknown>;
  return {
    text: typeof text === 'string' ? text : '',
    statuses: strings(statuses),
    locations: strings(locations),
  };
}
