import { request, type IncomingHttpHeaders } from 'node:http';
import { startFaultySandbox, type FaultySandbox } from '../../../src/sandbox/faultySandbox.ts';
import type { SandboxOptions } from '../../../src/sandbox/sandbox.ts';
import { FakeClock } from '../../support/fakeClock.ts';

const running = new Set<FaultySandbox>();

/** Noon, so that times in tests are easy to read. */
const noon = Date.UTC(2026, 0, 15, 12);

/** Starts a sandbox with a clock that stands still; `closeAll` ends it. */
export async function start(
  options: SandboxOptions = {},
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

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;
  readonly text: string;
}

export interface AskOptions {
  /** An object goes as JSON, a string as it is. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Default: the sandbox's own; null sends none. */
  readonly token?: string | null;
  readonly signal?: AbortSignal;
}

/** One request on a connection of its own. `path` is below the base URL. Rejects when the answer does not come whole. */
export function ask(sandbox: FaultySandbox, method: string, path: string, options: AskOptions = {}): Promise<Answer> {
  return askUrl(`${sandbox.url}${path}`, method, sandbox.token, options);
}

/** Like `ask`, for any address. */
export function askUrl(url: string, method: string, defaultToken: string, options: AskOptions = {}): Promise<Answer> {
  const { body, token = defaultToken, signal } = options;
  const payload = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
  const headers = {
    ...(token !== null && { Authorization: `Bearer ${token}` }),
    ...(payload !== undefined && { 'Content-Type': 'application/json' }),
    ...options.headers,
  };
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers, agent: false, ...(signal && { signal }) }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const bytes = Buffer.concat(chunks);
        resolve({ status: response.statusCode ?? 0, headers: response.headers, bytes, text: bytes.toString() });
      });
    });
    sent.on('error', reject);
    sent.end(payload);
  });
}

/** The JSON of an answer, to be looked into. */
export function json(answer: Answer): Record<string, unknown> {
  return JSON.parse(answer.text) as Record<string, unknown>;
}

/** The entries of a list reply. */
export function results(answer: Answer): Record<string, unknown>[] {
  return json(answer).results as Record<string, unknown>[];
}

/** Lets the loop turn until something holds; mocha's time limit bounds it. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}
