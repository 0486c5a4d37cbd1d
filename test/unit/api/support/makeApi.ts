import assert from 'node:assert/strict';
import type { ServersApi } from '../../../../src/api/client.ts';
import { createServersApi } from '../../../../src/api/client.ts';
import type { ServersApiOptions } from '../../../../src/api/client.ts';
import { AppError } from '../../../../src/core/errors.ts';
import { FakeClock } from '../../../support/fakeClock.ts';
import { scriptedFetch } from './scriptedFetch.ts';
import type { ScriptedFetch, Step } from './scriptedFetch.ts';
import { explainError } from '../../../../src/text/connection.ts';

export const token = 'vps_test-Token_0123456789';

export interface TestApi extends ScriptedFetch {
  readonly api: ServersApi;
  readonly clock: FakeClock;
  readonly warnings: string[];
  readonly debugLines: string[];
}

/** A client with a scripted fetch, a jitter of half the backoff and a clock that only the test advances. */
export function makeApi(
  steps: readonly Step[],
  overrides: Partial<ServersApiOptions> = {},
): TestApi {
  const script = scriptedFetch(...steps);
  const clock = new FakeClock();
  const warnings: string[] = [];
  const debugLines: string[] = [];
  const api = createServersApi({
    explain: explainError,
    fetch: script.fetch,
    baseUrl: 'https://admin.vps.test/api/v1',
    token,
    clock,
    random: () => 0.5,
    timeoutMs: () => 30_000,
    log: { debug: (text) => debugLines.push(text), warn: (text) => warnings.push(text) },
    userAgent: 'vps-org-vscode/0.1.0',
    ...overrides,
  });
  return { ...script, api, clock, warnings, debugLines };
}

/** The error that `promise` rejects with. Call it before advancing the clock. */
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  const resolved = Symbol('resolved');
  const outcome: unknown = await promise.then(
    () => resolved,
    (error: unknown) => error,
  );
  if (outcome === resolved) {
    throw new Error('expected a rejection');
  }
  return outcome;
}

/** Checks that `error` is an `AppError` with these properties, and that neither it nor its cause contains the token. */
export function assertError(
  error: unknown,
  expected: Partial<AppError>,
): asserts error is AppError {
  assert.ok(error instanceof AppError, String(error));
  const actual = Object.fromEntries(
    Object.keys(expected).map((key) => [key, error[key as keyof AppError]]),
  );
  assert.deepEqual(actual, expected);
  const texts = [
    error.message,
    error.stack,
    JSON.stringify(error),
    String(error.cause),
    (error.cause as Error | undefined)?.stack,
  ];
  assert.ok(!texts.join().includes(token), 'the token is in the error');
}
