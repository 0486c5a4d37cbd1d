import type { Fault } from '../../src/sandbox/faults.ts';

/** Where a fault is played: what it needs to know of its surroundings. */
export interface Place {
  /** The base URL of the API, as the extension was given it. */
  readonly baseUrl: string;
  /** Another origin, which no request may reach. */
  readonly elsewhere: string;
  /** The extension's time limit for one attempt. */
  readonly timeoutMs: number;
  /** How long a `Retry-After` asks to wait that is worth waiting for. */
  readonly retryAfterSeconds: number;
  /** Milliseconds since 1970, as VPS.org sees it. */
  readonly now: () => number;
}

export interface ScriptableFault {
  /** For the table. */
  readonly words: string;
  /** `path` is that of the request that it hits, below the base URL. */
  readonly fault: (place: Place, path: string) => Fault;
  /** It strikes the first request alone; otherwise every one, repeats included. */
  readonly once?: true;
  /** Strikes the second page of a list. */
  readonly secondPage?: Fault;
  /** VPS.org speaks https here, with a certificate that is trusted. */
  readonly https?: true;
}

const status = (code: number, more: Partial<Extract<Fault, { kind: 'status' }>> = {}) => (): Fault => ({
  kind: 'status',
  status: code,
  ...more,
});

type PlainKind = Exclude<Fault['kind'], 'delay' | 'status' | 'pages' | 'nextElsewhere' | 'redirect' | 'large'>;
const plain = (kind: PlainKind) => (): Fault => ({ kind });

const retryAfter = (value: (place: Place) => string) => (place: Place): Fault => ({
  kind: 'status',
  status: 429,
  headers: { 'Retry-After': value(place) },
});

const seconds = retryAfter(({ retryAfterSeconds }) => String(retryAfterSeconds));

/** 64 MB, twice of what the client is ready to read. */
export const largeBytes = 64 * 1024 * 1024;

/** Everything that can go wrong with a request here, as `faultySandbox` is told it. */
export const catalogue = {
  slow: { words: 'the answer comes late, within the time limit', fault: ({ timeoutMs }) => ({ kind: 'delay', ms: timeoutMs / 6 }) },
  late: { words: 'the answer comes after the time limit', fault: ({ timeoutMs }) => ({ kind: 'delay', ms: (timeoutMs * 4) / 3 }) },
  hang: { words: 'no answer, no effect', fault: plain('hang') },
  hangOnce: { words: 'no answer, once', fault: plain('hang'), once: true },
  hangEffect: { words: 'no answer, but the effect', fault: () => ({ kind: 'hang', effect: true }) },
  cutBefore: { words: 'connection cut before it has an effect', fault: plain('cutBefore') },
  cutOnce: { words: 'connection cut, once', fault: plain('cutBefore'), once: true },
  cutAfter: { words: 'connection cut after the effect', fault: plain('cutAfter') },
  halfBody: { words: 'connection cut in the middle of the body', fault: plain('halfBody') },
  badRequest: { words: '400', fault: status(400, { body: { detail: 'Not possible right now.' } }) },
  unauthorized: { words: '401', fault: status(401, { body: { detail: 'Invalid token.' } }) },
  noCredit: { words: '402', fault: status(402, { body: { detail: 'Not enough credit.' } }) },
  forbidden: { words: '403', fault: status(403, { body: { detail: 'You may not do this.' } }) },
  notFound: { words: '404', fault: status(404) },
  notFoundPage: { words: '404 as HTML (a gateway that does not find VPS.org)', fault: status(404, { body: '<html><h1>404</h1></html>' }) },
  conflict: { words: '409', fault: status(409, { body: { detail: 'Another operation is under way.' } }) },
  busySeconds: { words: '429, `Retry-After` in seconds', fault: seconds },
  busyOnce: { words: '429, `Retry-After` in seconds, once', fault: seconds, once: true },
  busyDate: {
    words: '429, `Retry-After` as a date',
    fault: retryAfter(({ retryAfterSeconds, now }) => new Date(now() + retryAfterSeconds * 1000).toUTCString()),
  },
  busyLong: { words: '429, `Retry-After` of two minutes', fault: retryAfter(() => '120') },
  broken: { words: '500', fault: status(500) },
  brokenEffect: { words: '500, but the effect', fault: status(500, { effect: true }) },
  badGateway: { words: '502 as HTML', fault: status(502) },
  badGatewayOnce: { words: '502 as HTML, once', fault: status(502), once: true },
  webPage: { words: '200 as HTML, without effect (a hotel\'s network)', fault: plain('html200') },
  truncated: { words: 'JSON that stops half-way', fault: plain('truncatedJson') },
  wrongShape: { words: 'JSON of another shape', fault: () => ({ kind: 'wrongShape' }) },
  empty: { words: 'a good status without a body', fault: plain('empty') },
  odd: { words: 'odd servers among good ones', fault: plain('oddServers') },
  twice: { words: 'two ids twice', fault: plain('duplicateIds') },
  gzip: { words: 'a compressed answer', fault: plain('gzip') },
  pages: { words: '`next` on the same origin', fault: () => ({ kind: 'pages', size: 3 }) },
  secondPage: {
    words: '`next` on the same origin, which answers 500',
    fault: () => ({ kind: 'pages', size: 3 }),
    secondPage: { kind: 'status', status: 500 },
  },
  pageElsewhere: {
    words: '`next` on another origin',
    fault: ({ elsewhere }) => ({ kind: 'nextElsewhere', url: `${elsewhere}/api/v1/servers/?page=2`, size: 3 }),
  },
  pageCircle: { words: '`next` in a circle', fault: plain('nextCircle') },
  redirectOnce: {
    words: 'redirect on the same origin',
    fault: ({ baseUrl }, path) => ({ kind: 'redirect', location: `${baseUrl}${path}?from=elsewhere` }),
    once: true,
  },
  redirectCircle: {
    words: 'redirect on the same origin, in a circle',
    fault: ({ baseUrl }, path) => ({ kind: 'redirect', location: `${baseUrl}${path}?again=1` }),
  },
  redirectElsewhere: {
    words: 'redirect to another origin',
    fault: ({ elsewhere }, path) => ({ kind: 'redirect', location: `${elsewhere}/api/v1${path}` }),
  },
  redirectOtherName: {
    words: 'redirect to the same computer by another name',
    fault: ({ baseUrl }, path) => ({ kind: 'redirect', location: `${baseUrl.replace('127.0.0.1', 'localhost')}${path}` }),
  },
  redirectKept: {
    words: '307 redirect to another origin, method and body kept',
    fault: ({ elsewhere }, path) => ({ kind: 'redirect', status: 307, location: `${elsewhere}/api/v1${path}` }),
  },
  downgrade: {
    words: 'redirect from https to http',
    fault: ({ elsewhere }, path) => ({ kind: 'redirect', location: `${elsewhere}/api/v1${path}` }),
    https: true,
  },
  large: { words: 'an answer of 64 MB', fault: () => ({ kind: 'large', bytes: largeBytes }) },
} as const satisfies Record<string, ScriptableFault>;

export type FaultId = keyof typeof catalogue;

export function scriptable(id: FaultId): ScriptableFault {
  return catalogue[id];
}
