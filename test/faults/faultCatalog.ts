import type { Fault } from '../sandbox/faults.ts';

/** The environment in which a fault is simulated. */
export interface FaultEnvironment {
  /** The base URL of the API, as configured in the extension. */
  readonly baseUrl: string;
  /** A second origin, which no request may reach. */
  readonly otherOrigin: string;
  /** The extension's time limit for one attempt. */
  readonly timeoutMs: number;
  /** A `Retry-After` for which the client waits. */
  readonly retryAfterSeconds: number;
  /** Milliseconds since 1970, by the clock of VPS.org. */
  readonly now: () => number;
}

export interface FaultDefinition {
  /** First column of the table. */
  readonly title: string;
  /** `path` is the path of the affected request, relative to the base URL. */
  readonly fault: (environment: FaultEnvironment, path: string) => Fault;
  /** Affects only the first request. By default a fault affects every request, including retries. */
  readonly once?: true;
  /** An additional fault of the second page of a list. */
  readonly secondPage?: Fault;
  /** Affects `GET /account/me/` too, which confirms a 401. */
  readonly alsoOfAccount?: true;
  /** Uses https with a trusted certificate. */
  readonly https?: true;
}

const status =
  (code: number, more: Partial<Extract<Fault, { kind: 'status' }>> = {}) =>
  (): Fault => ({
    kind: 'status',
    status: code,
    ...more,
  });

type PlainKind = Exclude<
  Fault['kind'],
  'delay' | 'status' | 'altered' | 'pages' | 'nextOtherOrigin' | 'redirect' | 'large' | 'bomb'
>;
const plain = (kind: PlainKind) => (): Fault => ({ kind });

const retryAfter =
  (value: (environment: FaultEnvironment) => string) =>
  (environment: FaultEnvironment): Fault => ({
    kind: 'status',
    status: 429,
    // Dates are measured by the clock of the reply.
    headers: {
      'Retry-After': value(environment),
      Date: new Date(environment.now()).toUTCString(),
    },
  });

const seconds = retryAfter(({ retryAfterSeconds }) => String(retryAfterSeconds));

/** 64 MB, four times the size limit of the client. */
const largeBytes = 64 * 1024 * 1024;

/** All faults of the table. */
export const faultCatalog = {
  slow: {
    title: 'slow response, within the time limit',
    fault: ({ timeoutMs }) => ({ kind: 'delay', ms: timeoutMs / 6 }),
  },
  late: {
    title: 'response after the time limit',
    fault: ({ timeoutMs }) => ({ kind: 'delay', ms: (timeoutMs * 4) / 3 }),
  },
  hang: { title: 'no response, no effect', fault: plain('hang') },
  hangOnce: { title: 'no response, once', fault: plain('hang'), once: true },
  hangEffect: {
    title: 'no response, but an effect',
    fault: () => ({ kind: 'hang', effect: true }),
  },
  cutBefore: { title: 'connection cut before the effect', fault: plain('cutBefore') },
  cutOnce: { title: 'connection cut, once', fault: plain('cutBefore'), once: true },
  cutAfter: { title: 'connection cut after the effect', fault: plain('cutAfter') },
  halfBody: { title: 'connection cut in the middle of the body', fault: plain('halfBody') },
  badRequest: { title: '400', fault: status(400, { body: { detail: 'Not possible right now.' } }) },
  unauthorized: {
    title: '401',
    fault: status(401, { body: { detail: 'Invalid token.' } }),
    alsoOfAccount: true,
  },
  gatewayUnauthorized: {
    title: '401 for this path only (from a gateway in the format of the API)',
    fault: status(401, { body: { detail: 'Invalid token.' } }),
  },
  noCredit: { title: '402', fault: status(402, { body: { detail: 'Not enough credit.' } }) },
  forbidden: { title: '403', fault: status(403, { body: { detail: 'You may not do this.' } }) },
  notFound: { title: '404', fault: status(404) },
  notFoundPage: {
    title: '404 as HTML (from a gateway)',
    fault: status(404, { body: '<html><h1>404</h1></html>' }),
  },
  notFoundText: {
    title: '404 as plain text (from a gateway)',
    fault: status(404, { body: '404 page not found' }),
  },
  notFoundGateway: {
    title: '404 in the JSON of a gateway',
    fault: status(404, { body: { message: 'no Route matched with those values' } }),
  },
  unauthorizedPage: {
    title: '401 as HTML (from a proxy)',
    fault: status(401, { body: '<html><title>Sign in to the proxy</title></html>' }),
  },
  challenge: {
    title: '403 as HTML (a challenge page)',
    fault: status(403, { body: '<html><title>Just a moment...</title></html>' }),
  },
  proxySignIn: { title: '407 (from a proxy)', fault: status(407, { body: '<html></html>' }) },
  networkSignIn: {
    title: '511 (from a captive portal)',
    fault: status(511, { body: '<html></html>' }),
  },
  locked: { title: '423', fault: status(423, { body: { detail: 'The server is locked.' } }) },
  maintenance: {
    title: '503 with a reason',
    fault: status(503, { body: { detail: 'Maintenance until 10:00.' } }),
  },
  conflict: {
    title: '409',
    fault: status(409, { body: { detail: 'Another operation is under way.' } }),
  },
  rateLimitSeconds: { title: '429, `Retry-After` in seconds', fault: seconds },
  rateLimitOnce: { title: '429, `Retry-After` in seconds, once', fault: seconds, once: true },
  rateLimitDate: {
    title: '429, `Retry-After` as a date',
    fault: retryAfter(({ retryAfterSeconds, now }) =>
      new Date(now() + retryAfterSeconds * 1000).toUTCString(),
    ),
  },
  rateLimitLong: { title: '429, `Retry-After` of two minutes', fault: retryAfter(() => '120') },
  serverError: { title: '500', fault: status(500) },
  serverErrorEffect: { title: '500, but an effect', fault: status(500, { effect: true }) },
  badGateway: { title: '502 as HTML', fault: status(502) },
  badGatewayOnce: { title: '502 as HTML, once', fault: status(502), once: true },
  captivePortal: { title: '200 as HTML, no effect (a captive portal)', fault: plain('html200') },
  truncated: { title: 'truncated JSON', fault: plain('truncatedJson') },
  wrongShape: { title: 'JSON of an unexpected shape', fault: () => ({ kind: 'wrongShape' }) },
  empty: { title: 'a success status without a body', fault: plain('empty') },
  malformed: { title: 'malformed servers among valid ones', fault: plain('malformedServers') },
  duplicates: { title: 'two duplicate ids', fault: plain('duplicateIds') },
  gzip: { title: 'a compressed response', fault: plain('gzip') },
  pages: { title: '`next` on the same origin', fault: () => ({ kind: 'pages', size: 3 }) },
  pagesInternal: {
    title: '`next` with an internal host (behind a TLS proxy)',
    fault: () => ({ kind: 'pages', size: 3, origin: 'http://backend.internal:8000' }),
  },
  secondPage: {
    title: '`next` on the same origin, which fails with 500',
    fault: () => ({ kind: 'pages', size: 3 }),
    secondPage: { kind: 'status', status: 500 },
  },
  nextOtherOrigin: {
    title: '`next` on another origin, to another path',
    fault: ({ otherOrigin }) => ({
      kind: 'nextOtherOrigin',
      url: `${otherOrigin}/api/v1/other/?page=2`,
      size: 3,
    }),
  },
  nextLoop: { title: '`next` in a loop', fault: plain('nextLoop') },
  redirectOnce: {
    title: 'redirect on the same origin',
    fault: ({ baseUrl }, path) => ({
      kind: 'redirect',
      location: `${baseUrl}${path}?redirected=1`,
    }),
    once: true,
  },
  redirectLoop: {
    title: 'redirect loop on the same origin',
    fault: ({ baseUrl }, path) => ({ kind: 'redirect', location: `${baseUrl}${path}?again=1` }),
  },
  redirectOtherOrigin: {
    title: 'redirect to another origin',
    fault: ({ otherOrigin }, path) => ({
      kind: 'redirect',
      location: `${otherOrigin}/api/v1${path}`,
    }),
  },
  redirectOtherName: {
    title: 'redirect to the same host by another name',
    fault: ({ baseUrl }, path) => ({
      kind: 'redirect',
      location: `${baseUrl.replace('127.0.0.1', 'localhost')}${path}`,
    }),
  },
  redirect307: {
    title: '307 redirect to another origin, which keeps method and body',
    fault: ({ otherOrigin }, path) => ({
      kind: 'redirect',
      status: 307,
      location: `${otherOrigin}/api/v1${path}`,
    }),
  },
  downgrade: {
    title: 'redirect from https to http',
    fault: ({ otherOrigin }, path) => ({
      kind: 'redirect',
      location: `${otherOrigin}/api/v1${path}`,
    }),
    https: true,
  },
  bomb: {
    title: '11 million empty objects, 32 KB compressed',
    fault: () => ({ kind: 'bomb', items: 11_000_000 }),
  },
  largePages: {
    title: 'pages of 32 MB together',
    // The account has 7 servers.
    fault: () => ({ kind: 'pages', size: 1, padding: Math.ceil((32 * 1024 * 1024) / 7) }),
  },
  longName: {
    title: 'a server with a name of 5 MB',
    fault: () => ({ kind: 'altered', fields: { name: 'n'.repeat(5_000_000) } }),
  },
  manyLocations: {
    title: 'a plan with a million locations',
    fault: () => ({
      kind: 'altered',
      fields: { locations: Array.from({ length: 1_000_000 }, (_, index) => `l${index}`) },
    }),
  },
  manyLocationsOfServer: {
    title: 'a server whose plan has a million locations',
    fault: () => ({
      kind: 'altered',
      fields: { plan: { id: 1, locations: Array.from({ length: 1_000_000 }, () => 'us-west') } },
    }),
  },
  bigNumbers: {
    title: '`NaN` and ids beyond 2^53',
    fault: () => ({
      kind: 'wrongShape',
      body: '\ufeff{"results":[{"id":9007199254740993,"name":"big-1","status":"ACTIVE","plan":{"memory":NaN}},{"id":9007199254740992,"name":"big-2","status":"active"}]}',
    }),
  },
  longConflict: {
    title: '409 with a message of 6.5 MB',
    fault: status(409, {
      body: { detail: `Another operation is under way.${' '.repeat(6_500_000)}` },
    }),
  },
  longUnauthorized: {
    title: '401 with a message of 6.5 MB',
    fault: status(401, { body: { detail: `Invalid token.${' '.repeat(6_500_000)}` } }),
    alsoOfAccount: true,
  },
  large: { title: 'a response of 64 MB', fault: () => ({ kind: 'large', bytes: largeBytes }) },
} as const satisfies Record<string, FaultDefinition>;

export type FaultId = keyof typeof faultCatalog;

export function faultDefinition(id: FaultId): FaultDefinition {
  return faultCatalog[id];
}
