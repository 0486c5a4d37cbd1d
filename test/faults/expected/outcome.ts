import type { Outcome } from '../table.ts';

/** One line of the table: the cells in their order. */
export function outcome(error: string, shown: string, kept: string, requests: string, then = '-'): Outcome {
  return { error, shown, kept, requests, then };
}

/** Nothing is told. */
export const silent = '-';

/** Sentences that many rows share, as `host/errorText` makes them. */
export const words = {
  late: 'VPS.org did not answer in time.',
  cut: 'The connection to VPS.org failed or was cut.',
  odd: 'The answer of VPS.org could not be understood. A proxy or a maintenance page may be in between.',
  empty: 'The answer of VPS.org was empty.',
  large: 'The answer of VPS.org was too large to be real.',
  away: 'VPS.org sent the request on to another address. It was not followed, so that your token stays safe.',
  rejected: 'VPS.org rejected the token.',
  forbidden: 'VPS.org does not allow this: You may not do this.',
  nothingHere: 'VPS.org has nothing at this address (HTTP 404).',
  gone: '"web-server-01" does not exist any more.',
  notPossible: 'VPS.org answered: Not possible right now.',
  conflict: 'VPS.org answered: Another operation is under way.',
  broken: 'VPS.org has a problem (HTTP 500).',
  badGateway: 'VPS.org has a problem (HTTP 502).',
  busy: (wait: string): string => `VPS.org asks for fewer requests. Try again in ${wait}.`,
};

/** No error. */
export const none = '-';

/** No server came, went or changed. */
export const all = 'all 7';
export const without = '6 of 7, without "web-server-01"';
/** The server is looked at until it settles. */
export const followed = 'followed';
/** After a 401, until a new token comes or somebody refreshes. */
export const noMorePolling = 'no more polling';

/** VPS.org said no. */
export function refused(why: string): string {
  return `"web-server-01": ${why}`;
}

/** The answer was lost, and a look showed this. */
export function unclear(why: string, status = 'active'): string {
  return `${why} "web-server-01" now has the status "${status}". The request was not sent again.`;
}
