import { STATUS_CODES } from 'node:http';
import type { Fault } from './faults.ts';
import type { Reply } from './reply.ts';

/** Where a request went, for links back to it. */
export interface Target {
  /** Origin and path, without query. */
  readonly url: string;
  readonly query: URLSearchParams;
}

interface ListBody {
  readonly results: readonly unknown[];
}

function isList(body: unknown): body is ListBody {
  return typeof body === 'object' && body !== null && Array.isArray((body as Partial<ListBody>).results);
}

/**
 * The reply with its fault, for those that are well-formed HTTP; `misbehave` does the others.
 *
 * @param answer gives the real reply, and thereby lets the request have its effect
 */
export function faultyReply(fault: Fault, answer: () => Reply, target: Target): Reply {
  switch (fault.kind) {
    case 'status':
      if (fault.effect) {
        answer();
      }
      return statusReply(fault);
    case 'html200':
      return { status: 200, body: page('Welcome to the hotel network') };
    case 'redirect':
      return { status: fault.status ?? 302, headers: { Location: fault.location } };
    case 'wrongShape': {
      const { status } = answer();
      return { status, body: 'body' in fault ? fault.body : { unexpected: [true] } };
    }
    case 'empty':
      return { status: answer().status };
    default: {
      const reply = answer();
      return isList(reply.body) ? { ...reply, body: oddList(fault, reply.body, target) } : reply;
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

function oddList(fault: Fault, body: ListBody, { url, query }: Target): unknown {
  const { results } = body;
  switch (fault.kind) {
    case 'oddServers':
      return withResults(body, [...results.slice(0, 1), ...oddServers(results[0]), ...results.slice(1)]);
    case 'duplicateIds':
      return withResults(body, [...results, ...results.slice(0, 2)]);
    case 'nextElsewhere':
      return { ...body, next: fault.url, results: results.slice(0, fault.size) };
    case 'nextCircle':
      return { ...body, next: pageUrl(url, query, 1) };
    case 'pages': {
      const number = Math.max(1, Number(query.get('page')) || 1);
      const end = number * fault.size;
      return {
        ...body,
        next: end < results.length ? pageUrl(url, query, number + 1) : null,
        previous: number > 1 ? pageUrl(url, query, number - 1) : null,
        results: results.slice(end - fault.size, end),
      };
    }
    default:
      return body;
  }
}

function withResults(body: ListBody, results: readonly unknown[]): unknown {
  return { ...body, count: results.length, results };
}

function pageUrl(url: string, query: URLSearchParams, page: number): string {
  const params = new URLSearchParams(query);
  params.set('page', String(page));
  return `${url}?${params.toString()}`;
}

/** Entries as no API should send them, most of them made from a good one. */
function oddServers(good: unknown): unknown[] {
  const withoutId = { ...(good as Record<string, unknown>) };
  delete withoutId.id;
  const odd = (id: unknown, fields: Record<string, unknown> = {}): unknown => ({ ...withoutId, id, ...fields });
  return [
    null,
    'a string',
    42,
    [],
    {},
    withoutId,
    odd(null),
    odd({ $oid: '1' }),
    odd('0b5e7f7e-6f0c-4f6e-9a7e-5d0c3c1f0a11', { name: 'id-is-a-uuid' }),
    odd(90001, { name: 4711 }),
    odd(90002, { name: '' }),
    odd(90003, { name: 'status-null', status: null }),
    odd(90004, { name: 'status-new', status: 'migrating' }),
    odd(90005, { name: 'plan-a-string', plan: 'Standard VPS' }),
    odd(90006, { name: 'plan-null-os-a-list', plan: null, os: [5] }),
    odd(90007, { name: 'plan-of-strings', plan: { id: '1', name: 7, vcpus: '2', memory: null, storage: -1 } }),
    odd(90008, { name: 'address-a-number', ip_address: 3405803786, hostname: false }),
    odd(90009, { name: 'times-odd', created_at: 'yesterday', updated_at: 1736519400 }),
    odd(90010, { name: 'location-null', location: null }),
    odd(90011, { name: 'usage-odd', resource_usage: 'n/a', backups_enabled: 'yes', ipv6_address: [] }),
    odd(90012, { name: 'with-news', tags: ['new'], rescue: { enabled: true } }),
    { id: 90013 },
  ];
}
