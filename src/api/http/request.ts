import { AppError } from '../../core/errors.ts';
import type { ServerId } from '../../core/server.ts';
import { checkApiUrl } from '../../core/apiUrl.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface ApiRequest {
  readonly method: Method;
  /** Below the base URL, encoded, with a slash at both ends. Appears in the log and in errors. */
  readonly path: string;
  /** Undefined and empty parameters are not sent. */
  readonly query?: Readonly<Record<string, string | undefined>> | undefined;
  /** Sent as JSON without undefined fields. */
  readonly body?: Readonly<Record<string, unknown>> | undefined;
  /** A page link from a list reply, instead of path and query. Must lead below the base URL. */
  readonly pageUrl?: URL | undefined;
  /** Bytes of the decompressed body of a good reply, at most and by default `maxBodyBytes`. */
  readonly maxBytes?: number | undefined;
}

/** Whether a path with `id` in it names the intended resource. */
export function isPathSafe(id: string): boolean {
  // URL parsing resolves dot segments in any encoding; lone surrogates cannot be encoded at all.
  return id !== '' && id !== '.' && id !== '..' && !/\p{Cs}/u.test(id);
}

/**
 * `/servers/{id}/` or `/servers/{id}/{verb}/`.
 *
 * @throws AppError `invalid` for an id that would lead to another path.
 */
export function serverPath(id: ServerId, verb?: string): string {
  if (!isPathSafe(id)) {
    throw new AppError('invalid', 'Not a server id', { fields: { id: ['Not a server id.'] } });
  }
  const server = `/servers/${encodeURIComponent(id)}/`;
  return verb === undefined ? server : `${server}${verb}/`;
}

/**
 * The address of a request.
 *
 * @throws AppError `invalid` for an address that the token must not reach: a base URL that `checkApiUrl` rejects, or a page
 * link that does not lead below it.
 */
export function requestUrl(baseUrl: string, request: ApiRequest): URL {
  const base = checkApiUrl(baseUrl);
  if (!base.ok) {
    throw new AppError('invalid', `was not sent: the API address is invalid (${base.problem})`);
  }
  const url = new URL(base.value + request.path);
  if (request.pageUrl !== undefined) {
    if (!isBelow(request.pageUrl, base.value)) {
      throw new AppError('invalid', 'was not sent: the page link does not lead to the API');
    }
    return request.pageUrl;
  }
  for (const [name, value] of Object.entries(request.query ?? {})) {
    if (value !== undefined && value !== '') {
      url.searchParams.set(name, value);
    }
  }
  return url;
}

/** `..` as a segment, in the encodings that a server might resolve although URL parsing does not. */
const parentSegment = /(?:\/|%2f|%5c)(?:\.|%2e){2}(?:\/|%2f|%5c|;|$)/i;

/** Whether a server might resolve the path of `url` to another one. */
export function hasParentSegment(url: URL): boolean {
  return parentSegment.test(url.pathname);
}

/**
 * Whether the token may be sent to `url`: same scheme, host and port as `baseUrl`, a path below it, and no user name or
 * password. The rest of an origin may belong to other applications.
 */
export function isBelow(url: URL, baseUrl: string): boolean {
  const base = new URL(baseUrl);
  return (
    url.origin === base.origin &&
    url.username === '' &&
    url.password === '' &&
    url.pathname.startsWith(`${base.pathname.replace(/\/+$/, '')}/`) &&
    !hasParentSegment(url)
  );
}
