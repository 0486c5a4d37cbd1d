import type { Reply } from './attempt.ts';
import { badResponse, describe } from './failure.ts';
import { readFields } from './fields.ts';
import type { ReportOdd } from './fields.ts';
import { isRecord } from './json.ts';
import { isSameOrigin } from './request.ts';
import type { ApiRequest } from './request.ts';
import { listShape } from './wire.ts';

/** How many pages of one list are fetched. */
const maxPages = 100;

/** The elements of all pages of a list, as they came. */
export interface Entries {
  readonly entries: readonly unknown[];
  /** `count` of the last page that had one; never less than `entries.length`. */
  readonly count: number | undefined;
  readonly isPaged: boolean;
  /** `count` was not the same on all pages, or not all pages were fetched: there may be entries that nobody saw. */
  readonly hasGaps: boolean;
  /** Paths of the list's own fields that were odd. */
  readonly odd: readonly string[];
}

export interface PageSource {
  /** One request, with retry; the parsed body and the reply that it came in. */
  readonly fetchBody: (request: ApiRequest) => Promise<{ readonly value: unknown; readonly reply: Reply }>;
  readonly warn: (text: string) => void;
}

/**
 * Fetches a list, one page after the other, along its `next` links. A link to another origin, a circle and too many pages
 * end it with a warning and with what has arrived. A page that fails fails the whole list: half a list would look as if
 * the other servers had been deleted.
 *
 * @throws AppError `badResponse` (`wrongShape`) for a page that is neither an array nor an object with `results`, and
 * whatever `source` throws.
 */
export async function fetchEntries(request: ApiRequest, source: PageSource): Promise<Entries> {
  const entries: unknown[] = [];
  const odd = new Set<string>();
  const seen = new Set<string>();
  let count: number | undefined;
  let hasGaps = false;
  let pageUrl: URL | undefined;
  for (let pages = 1; ; pages++) {
    const pageRequest = { ...request, pageUrl };
    const { value, reply } = await source.fetchBody(pageRequest);
    const page = readPage(value, (path) => odd.add(path));
    if (page === undefined) {
      throw badResponse(request, 'wrongShape', reply.status);
    }
    for (const entry of page.results) {
      entries.push(entry);
    }
    const lastCount = count;
    count = page.count ?? count;
    hasGaps ||= lastCount !== undefined && count !== lastCount;
    seen.add(reply.url.href);
    const next = page.next === undefined ? undefined : nextUrl(page.next, reply.url);
    const obstacle = obstacleTo(page.next, next, seen, pages);
    if (obstacle !== undefined) {
      hasGaps = true;
      source.warn(describe(request, obstacle));
    }
    if (next === undefined || obstacle !== undefined) {
      break;
    }
    seen.add(next.href);
    pageUrl = next;
  }
  if (count !== undefined && count < entries.length) {
    odd.add('count');
    count = undefined;
  }
  return { entries, count, isPaged: pageUrl !== undefined, hasGaps, odd: [...odd] };
}

interface Page {
  readonly results: readonly unknown[];
  readonly count: number | undefined;
  readonly next: string | undefined;
}

function readPage(body: unknown, reportOdd: ReportOdd): Page | undefined {
  if (Array.isArray(body)) {
    return { results: body, count: undefined, next: undefined };
  }
  if (!isRecord(body) || !Array.isArray(body.results)) {
    return undefined;
  }
  const { count, next } = readFields(listShape, body, '', reportOdd);
  return { results: body.results, count, next: next === '' ? undefined : next };
}

/** The address of the next page, or undefined where the token must not go there. */
function nextUrl(link: string, page: URL): URL | undefined {
  if (!URL.canParse(link, page.href)) {
    return undefined;
  }
  const url = new URL(link, page.href);
  url.hash = '';
  return isSameOrigin(url, page) ? url : undefined;
}

/** Why a list ends although it names a next page. */
function obstacleTo(
  link: string | undefined,
  next: URL | undefined,
  seen: ReadonlySet<string>,
  pages: number,
): string | undefined {
  if (link === undefined) {
    return undefined;
  }
  if (next === undefined) {
    return 'names a next page that is not on the same origin: not followed';
  }
  if (seen.has(next.href)) {
    return 'names a next page that was fetched already: stopped';
  }
  return pages >= maxPages ? `has more than ${maxPages} pages: stopped` : undefined;
}
