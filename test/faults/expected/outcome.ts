import type { Outcome } from '../table.ts';

/** The cells of one row, in their order. */
export function outcome(
  error: string,
  message: string,
  servers: string,
  requests: string,
  afterwards = '-',
): Outcome {
  return { error, message, servers, requests, afterwards };
}

/** No message. */
export const silent = '-';

/** Sentences that many rows share, from `text/errors.ts`. */
export const messages = {
  timeout: 'VPS.org did not answer in time.',
  network: 'The connection to VPS.org failed or was interrupted.',
  unexpected:
    'VPS.org sent an unexpected response. A proxy or a maintenance page may be in the way.',
  intermediary: (words: string): string =>
    `A proxy or gateway between you and VPS.org answered (HTTP ${words}`,
  proxySignIn:
    "A proxy between you and VPS.org requires a sign-in (HTTP 407). Check VS Code's proxy settings.",
  networkSignIn:
    'The network requires a sign-in (HTTP 511). Open a web page in your browser to sign in.',
  locked: 'VPS.org answered: The server is locked.',
  maintenance: 'VPS.org has a problem (HTTP 503): Maintenance until 10:00.',
  empty: 'VPS.org sent an empty response.',
  tooLarge: 'VPS.org sent a response that is too large.',
  redirect:
    'VPS.org redirected the request to another address. The redirect was not followed, to keep your token safe.',
  unauthorized: 'VPS.org rejected the token: Invalid token.',
  forbidden: 'VPS.org does not allow this: You may not do this.',
  notFound: 'VPS.org found nothing at this address (HTTP 404).',
  /** After a change; the list is fetched to confirm it. */
  notFoundServer: 'VPS.org did not find the server (HTTP 404).',
  notFoundFetched:
    'VPS.org did not find this server (HTTP 404). Refresh to check whether it still exists.',
  badRequest: 'VPS.org answered: Not possible right now.',
  conflict: 'VPS.org answered: Another operation is under way.',
  serverError: 'VPS.org has a problem (HTTP 500).',
  badGateway: 'VPS.org has a problem (HTTP 502).',
  rateLimited: (wait: string): string => `VPS.org is rate limiting requests. Try again in ${wait}.`,
};

/** No error. */
export const none = '-';

/** No server was added, removed or changed. */
export const all = 'all 7';
export const without = '6 of 7, without "web-server-01"';
/** The server is fetched until its status settles. */
export const waiting = 'waits for the status';
/** After a 401, until a new token or a manual refresh. */
export const pollingStops = 'polling stops';

/** VPS.org refused the request. `task` is a word such as "Stopping". */
export function refused(task: string, why: string): string {
  return `${task} "web-server-01" failed: ${why}`;
}

/** The response to a stop was lost, and a fetch returned this status. */
export function unclear(why: string, status = 'active'): string {
  return status === 'active'
    ? `${why} "web-server-01" was probably not stopped: it is now "active". The request was not retried.`
    : `${why} However, "web-server-01" is now "${status}", so the request probably arrived.`;
}

/** The response to a change of settings was lost, and a fetch returned this name. */
export function unconfirmed(why: string, name = 'web-server-01'): string {
  return name === 'web-server-01'
    ? `${why} Couldn't confirm the change to "web-server-01"; it was not retried.`
    : `${why} However, "web-server-01" is now called "${name}", so the request probably arrived.`;
}
