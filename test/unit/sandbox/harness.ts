import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import {
  startFaultySandbox,
  type FaultySandbox,
  type FaultySandboxOptions,
} from '../../sandbox/faultySandbox.ts';
import { FakeClock } from '../../support/fakeClock.ts';

const running = new Set<FaultySandbox>();

/** Noon keeps the times in tests readable. */
const noon = Date.UTC(2026, 0, 15, 12);

/** Starts a sandbox with a fake clock. `closeAll` closes it. */
export async function start(
  options: FaultySandboxOptions = {},
): Promise<{ sandbox: FaultySandbox; clock: FakeClock }> {
  const clock = new FakeClock(noon);
  const sandbox = await startFaultySandbox({ clock, ...options });
  running.add(sandbox);
  return { sandbox, clock };
}

export async function closeAll(): Promise<void> {
  await Promise.all([...running].map((sandbox) => sandbox.close()));
  running.clear();
}

export interface Response {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;
  readonly text: string;
}

export interface RequestOptions {
  /** A string is sent as it is, any other value as JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Default: the token of the sandbox; null sends none. */
  readonly token?: string | null;
  readonly signal?: AbortSignal;
}

/** Sends one request on a new connection. `path` is relative to the base URL. Rejects when the response is incomplete. */
export function request(
  sandbox: FaultySandbox,
  method: string,
  path: string,
  options: RequestOptions = {},
): Promise<Response> {
  return requestUrl(`${sandbox.url}${path}`, method, sandbox.token, options);
}

/** As `request`, for any URL. */
export function requestUrl(
  url: string,
  method: string,
  defaultToken: string,
  options: RequestOptions = {},
): Promise<Response> {
  const { body, token = defaultToken, signal } = options;
  const payload = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
  const headers = {
    ...(token !== null && { Authorization: `Bearer ${token}` }),
    ...(payload !== undefined && { 'Content-Type': 'application/json' }),
    ...options.headers,
  };
  return new Promise((resolve, reject) => {
    const sent = httpRequest(
      url,
      { method, headers, agent: false, ...(signal && { signal }) },
      (received) => {
        const chunks: Buffer[] = [];
        received.on('data', (chunk: Buffer) => chunks.push(chunk));
        received.on('error', reject);
        received.on('end', () => {
          const bytes = Buffer.concat(chunks);
          resolve({
            status: received.statusCode ?? 0,
            headers: received.headers,
            bytes,
            text: bytes.toString(),
          });
        });
      },
    );
    sent.on('error', reject);
    sent.end(payload);
  });
}

/** The parsed body of a response. */
export function json(response: Response): Record<string, unknown> {
  return JSON.parse(response.text) as Record<string, unknown>;
}

/** The entries of a list reply. */
export function results(response: Response): Record<string, unknown>[] {
  return json(response).results as Record<string, unknown>[];
}

/** Waits until a condition holds; mocha's time limit bounds it. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}
