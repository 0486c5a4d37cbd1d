import { isRecord } from '../../core/json.ts';
import { isKind } from '../../core/errors.ts';
import { maxBodyBytes } from '../http/bodyText.ts';
import { badResponse, describe } from '../http/failure.ts';
import type { JsonSlice, ScannedList } from '../http/jsonLimits.ts';
import { hasParentSegment } from '../http/request.ts';
import type { ApiRequest } from '../http/request.ts';
import { readCount, readString } from './fields.ts';
import type { ReportIssue } from './fields.ts';

const maxPages = 100;
/** Entries of all pages together. What is beyond is counted, but not shown. */
const maxEntries = 20_000;

/** The entries of all pages of a list, unchanged. */
export interface Entries {
  /** At most `maxEntries` of them. */
  readonly slices: readonly JsonSlice[];
  /** Number of entries in the replies. */
  readonly received: number;
  /** `count` of the last page that had one; never less than `received`. */
  readonly count: number | undefined;
  readonly isPaged: boolean;
  /** The pages had different counts, or not all pages were fetched: entries may be missing. */
  readonly hasGaps: boolean;
  /** The `Date` of the last page that has one. */
  readonly dateMs: number | undefined;
  /** Paths of the list's own fields that cannot be used. */
  readonly issues: readonly string[];
}

/** The JSON body of a reply with a status in 2xx. */
export interface JsonReply {
  readonly status: number;
  /** The address that sent the reply after all redirects. Page links are relative to it. */
  readonly url: URL;
  readonly body: unknown;
}

/** A reply with a list. `body` has none of its entries. */
export interface ListReply extends JsonReply {
  readonly list: ScannedList | undefined;
  /** UTF-16 units of the body. */
  readonly units: number;
  /** See `Reply`. */
  readonly dateMs: number | undefined;
}

export interface PageSource {
  /** Sends one request, with retry. Keeps up to `entries` entries. */
  readonly fetchPage: (request: ApiRequest, entries: number) => Promise<ListReply>;
  readonly warn: (text: string) => void;
}

/**
 * Fetches a list page by page along its `next` links. A link that is not to the list, a loop, and too many pages, entries or
 * bytes end it with a warning and the entries received so far. A page that fails makes the list fail: half a list would look
 * as if the other servers had been deleted. Only a refused page whose address was a guess (see `nextUrl`) ends it like the others.
 *
 * @throws AppError `badResponse` (`wrongShape`) for a page that is neither an array nor an object with `results`, and
 * errors of `source`.
 */
export async function fetchEntries(request: ApiRequest, source: PageSource): Promise<Entries> {
  const slices: JsonSlice[] = [];
  let received = 0;
  let bytesLeft = maxBodyBytes;
  const issues = new Set<string>();
  const seen = new Set<string>();
  let count: number | undefined;
  let hasGaps = false;
  let pageUrl: URL | undefined;
  let dateMs: number | undefined;
  let isGuess = false;
  for (let pages = 1; ; pages++) {
    const reply = await fetchPage(
      { ...request, pageUrl, maxBytes: bytesLeft },
      received,
      isGuess,
      source,
    );
    if (typeof reply === 'string') {
      hasGaps = true;
      source.warn(describe(request, reply));
      break;
    }
    const { status, url, body, list } = reply;
    dateMs = reply.dateMs ?? dateMs;
    const page = readPage(body, list, (path) => issues.add(path));
    if (page === undefined && isGuess) {
      hasGaps = true;
      source.warn(describe(request, refusedPage));
      break;
    }
    if (page === undefined) {
      throw badResponse(request, 'wrongShape', status);
    }
    slices.push(...(list?.slices ?? []));
    received += list?.length ?? 0;
    bytesLeft -= reply.units;
    const lastCount = count;
    count = page.count ?? count;
    hasGaps ||= lastCount !== undefined && count !== lastCount;
    seen.add(url.href);
    const next = page.next === undefined ? undefined : nextUrl(page.next, url);
    const obstacle = obstacleTo(page.next, next, seen, pages, received);
    if (obstacle !== undefined) {
      hasGaps = true;
      source.warn(describe(request, obstacle));
    }
    if (next === undefined || obstacle !== undefined) {
      break;
    }
    seen.add(next.href);
    pageUrl = next;
    isGuess = new URL(page.next ?? '', url).origin !== url.origin;
  }
  if (count !== undefined && count < received) {
    issues.add('count');
    count = undefined;
  }
  const isPaged = pageUrl !== undefined;
  return { slices, received, count, isPaged, hasGaps, dateMs, issues: [...issues] };
}

const refusedPage = 'has a next page that is not served at the address of the API: stopped';

/**
 * The reason to do without the page, where it exceeds what is left of the bytes of all pages, or is refused at an address that
 * was a guess.
 */
async function fetchPage(
  request: ApiRequest,
  received: number,
  isGuess: boolean,
  source: PageSource,
): Promise<ListReply | string> {
  try {
    return await source.fetchPage(request, Math.max(0, maxEntries - received));
  } catch (error) {
    if (
      request.pageUrl !== undefined &&
      isKind(error, 'badResponse') &&
      error.reason === 'tooLarge'
    ) {
      return 'has pages that are too large together: stopped';
    }
    if (isGuess && isKind(error, 'invalid', 'forbidden', 'notFound', 'conflict', 'badResponse')) {
      return refusedPage;
    }
    throw error;
  }
}

interface Page {
  readonly count: number | undefined;
  readonly next: string | undefined;
}

/** Undefined where the reply is no list. `results: null` is an empty one. */
function readPage(
  body: unknown,
  list: ScannedList | undefined,
  reportIssue: ReportIssue,
): Page | undefined {
  if (Array.isArray(body)) {
    return { count: undefined, next: undefined };
  }
  if (!isRecord(body) || (list === undefined && body.results !== null)) {
    return undefined;
  }
  const source = { json: body, path: '', reportIssue };
  const next = readString(source, 'next');
  return {
    count: readCount(source, 'count'),
    next: next === '' ? undefined : next,
  };
}

/**
 * The address of the next page, always on the origin of this one; undefined for a link to something else than the list.
 * Behind a TLS proxy the API knows neither scheme nor host of its own address, so its links name `http:` or an internal host:
 * only path and query count. Then the address is a guess, which may be wrong.
 */
function nextUrl(link: string, page: URL): URL | undefined {
  if (!URL.canParse(link, page.href)) {
    return undefined;
  }
  const target = new URL(link, page.href);
  const listPath = page.pathname.replace(/\/*$/, '/');
  const path = target.pathname.replace(/\/*$/, '/');
  const isSame = target.origin === page.origin && target.username + target.password === '';
  const isList = path === listPath || (isSame && path.startsWith(listPath));
  if (!isList || !/^https?:$/.test(target.protocol) || hasParentSegment(target)) {
    return undefined;
  }
  const next = new URL(page);
  next.pathname = target.pathname;
  next.search = target.search;
  next.hash = '';
  return next;
}

/** Why a list ends although it names a next page; undefined where it does not. */
function obstacleTo(
  link: string | undefined,
  next: URL | undefined,
  seen: ReadonlySet<string>,
  pages: number,
  entries: number,
): string | undefined {
  if (link === undefined) {
    return undefined;
  }
  if (next === undefined) {
    return 'has a next page at another address: not followed';
  }
  if (seen.has(next.href)) {
    return 'has a next page that was fetched already: stopped';
  }
  if (entries >= maxEntries) {
    return `has more than ${maxEntries} entries: stopped`;
  }
  return pages >= maxPages ? `has more than ${maxPages} pages: stopped` : undefined;
}
