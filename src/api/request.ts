import { AppError } from '../core/errors.ts';
import type { ServerId } from '../core/server.ts';
import { checkApiUrl } from '../core/validation.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface ApiRequest {
  readonly method: Method;
  /** Below the base URL, encoded, with a slash at both ends. Goes to the log and into errors. */
  readonly path: string;
  /** Parameters that are undefined or empty are left out. */
  readonly query?: Readonly<Record<string, string | undefined>> | undefined;
  /** Sent as JSON; fields that are undefined are left out. */
  readonly body?: Readonly<Record<string, unknown>> | undefined;
  /** A page link from a list reply, in place of path and query. Must be of the base URL's origin. */
  readonly pageUrl?: URL | undefined;
}

/** Whether `id` can stand in a path without changing which resource the path names. */
export function isPathSafe(id: string): boolean {
  // URL parsing resolves dot segments, however they are encoded; half characters cannot be encoded at all.
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
 * @throws AppError `invalid` where the token must not go: a base URL that is none (see `checkApiUrl`), a page link to
 * another origin.
 */
export function requestUrl(baseUrl: string, request: ApiRequest): URL {
  const base = checkApiUrl(baseUrl);
  if (!base.ok) {
    throw new AppError('invalid', `was not sent: the API address is no good (${base.problem})`);
  }
  const url = new URL(base.value + request.path);
  if (request.pageUrl !== undefined) {
    if (!isSameOrigin(request.pageUrl, url)) {
      throw new AppError('invalid', 'was not sent: the page link leads to another origin');
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

/** Same scheme, host and port, and no user or password in it: whatever may see the token. */
export function isSameOrigin(url: URL, base: URL): boolean {
  return url.origin === base.origin && url.username === '' && url.password === '';
}
