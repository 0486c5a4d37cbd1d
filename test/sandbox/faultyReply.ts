import { STATUS_CODES } from 'node:http';
import type { Exchange } from '../../src/sandbox/exchange.ts';
import type { Reply } from '../../src/sandbox/reply.ts';
import type { Fault } from './faults.ts';

/** URL of a request, for links back to it. */
export type RequestTarget = Pick<Exchange, 'url' | 'query'>;

interface ListBody {
  readonly results: readonly unknown[];
}

function isList(body: unknown): body is ListBody {
  return (
    typeof body === 'object' && body !== null && Array.isArray((body as Partial<ListBody>).results)
  );
}

/**
 * The reply for faults that are well-formed HTTP; `applyFault` handles the others.
 *
 * @param execute executes the request, with its effect, and returns the regular reply
 */
export function faultyReply(fault: Fault, execute: () => Reply, target: RequestTarget): Reply {
  switch (fault.kind) {
    case 'status':
      if (fault.effect) {
        execute();
      }
      return statusReply(fault);
    case 'html200':
      return { status: 200, body: page('Welcome to the hotel network') };
    case 'redirect':
      return { status: fault.status ?? 302, headers: { Location: fault.location } };
    case 'wrongShape': {
      const { status } = execute();
      return { status, body: 'body' in fault ? fault.body : { unexpected: [true] } };
    }
    case 'empty':
      return { status: execute().status };
    case 'altered': {
      const reply = execute();
      return { ...reply, body: altered(reply.body, fault.fields) };
    }
    default: {
      const reply = execute();
      return isList(reply.body) ? { ...reply, body: faultyList(fault, reply.body, target) } : reply;
    }
  }
}

function page(title: string): string {
  return `<!DOCTYPE html>\n<html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>\n`;
}

function statusReply({ status, body, headers }: Extract<Fault, { kind: 'status' }>): Reply {
  const title = STATUS_CODES[status] ?? 'Unknown';
  return {
    status,
    body: body ?? (status >= 500 ? page(`${status} ${title}`) : { detail: `${title}.` }),
    headers: { ...(status === 429 && { 'Retry-After': '2' }), ...headers },
  };
}

function faultyList(fault: Fault, body: ListBody, { url, query }: RequestTarget): unknown {
  const { results } = body;
  switch (fault.kind) {
    case 'malformedServers':
      return withResults(body, [
        ...results.slice(0, 1),
        ...malformedServers(results[0]),
        ...results.slice(1),
      ]);
    case 'duplicateIds':
      return withResults(body, [...results, ...results.slice(0, 2)]);
    case 'nextOtherOrigin':
      return { ...body, next: fault.url, results: results.slice(0, fault.size) };
    case 'nextLoop':
      return { ...body, next: pageUrl(url, query, 1) };
    case 'pages': {
      const number = Math.max(1, Number(query.get('page')) || 1);
      const end = number * fault.size;
      const from = fault.origin === undefined ? url : fault.origin + new URL(url).pathname;
      return {
        ...body,
        ...(fault.padding !== undefined && { padding: 'x'.repeat(fault.padding) }),
        next: end < results.length ? pageUrl(from, query, number + 1) : null,
        previous: number > 1 ? pageUrl(from, query, number - 1) : null,
        results: results.slice(end - fault.size, end),
      };
    }
    default:
      return body;
  }
}

/** Sets fields of a reply, or of the first entry of a list. */
function altered(body: unknown, fields: Readonly<Record<string, unknown>>): unknown {
  return isList(body)
    ? {
        ...body,
        results: body.results.map((each, at) => (at === 0 ? altered(each, fields) : each)),
      }
    : { ...(body as object), ...fields };
}

function withResults(body: ListBody, results: readonly unknown[]): unknown {
  return { ...body, count: results.length, results };
}

function pageUrl(url: string, query: URLSearchParams, page: number): string {
  const params = new URLSearchParams(query);
  params.set('page', String(page));
  return `${url}?${params.toString()}`;
}

/** Malformed list entries, most of them derived from a valid one. */
function malformedServers(valid: unknown): unknown[] {
  const withoutId = { ...(valid as Record<string, unknown>) };
  delete withoutId.id;
  const malformed = (id: unknown, fields: Record<string, unknown> = {}): unknown => ({
    ...withoutId,
    id,
    ...fields,
  });
  return [
    null,
    'a string',
    42,
    [],
    {},
    withoutId,
    malformed(null),
    malformed({ $oid: '1' }),
    malformed('0b5e7f7e-6f0c-4f6e-9a7e-5d0c3c1f0a11', { name: 'id-is-a-uuid' }),
    malformed(90001, { name: 4711 }),
    malformed(90002, { name: '' }),
    malformed(90003, { name: 'status-null', status: null }),
    malformed(90004, { name: 'status-new', status: 'migrating' }),
    malformed(90005, { name: 'plan-a-string', plan: 'Standard VPS' }),
    malformed(90006, { name: 'plan-null-os-a-list', plan: null, os: [5] }),
    malformed(90007, {
      name: 'plan-of-strings',
      plan: { id: '1', name: 7, vcpus: '2', memory: null, storage: -1 },
    }),
    malformed(90008, { name: 'address-a-number', ip_address: 3405803786, hostname: false }),
    malformed(90009, { name: 'times-odd', created_at: 'yesterday', updated_at: 1736519400 }),
    malformed(90010, { name: 'location-null', location: null }),
    malformed(90011, {
      name: 'usage-odd',
      resource_usage: 'n/a',
      backups_enabled: 'yes',
      ipv6_address: [],
    }),
    malformed(90012, { name: 'with-news', tags: ['new'], rescue: { enabled: true } }),
    { id: 90013 },
  ];
}
