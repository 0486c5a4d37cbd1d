import assert from 'node:assert/strict';
import type { Fetch, FetchInit, FetchResponse } from '../../../../src/api/http/attempt.ts';

/** One step of the script: a reply, an error to throw, or `hang` until the request is aborted. */
export type Step =
  | {
      status?: number;
      headers?: Record<string, string>;
      json?: unknown;
      text?: string;
      /** A body that is no UTF-8. */
      bytes?: Uint8Array;
      bodyError?: Error;
      hangBody?: boolean;
    }
  | Error
  | 'hang';

export interface SentRequest extends FetchInit {
  readonly url: URL;
}

export interface ScriptedFetch {
  readonly fetch: Fetch;
  readonly sent: readonly SentRequest[];
  /** Fails where the number of requests differs from the number of steps. */
  readonly verify: () => void;
}

/** A fetch that replies by script. A request beyond its end fails, and so does `verify`. */
export function scriptedFetch(...steps: readonly Step[]): ScriptedFetch {
  const sent: SentRequest[] = [];
  const left = [...steps];
  let extra = 0;
  return {
    sent,
    verify: () => {
      assert.equal(extra, 0, 'more requests than steps');
      assert.equal(left.length, 0, 'fewer requests than steps');
    },
    fetch: async (url, init) => {
      sent.push({ ...init, url: new URL(url) });
      const step = left.shift();
      if (step === undefined) {
        extra++;
        throw new Error('the script is over');
      }
      if (step === 'hang') {
        return await aborted<FetchResponse>(init.signal);
      }
      if (step instanceof Error) {
        throw step;
      }
      return response(step, init.signal);
    },
  };
}

function response(step: Exclude<Step, Error | 'hang'>, signal: AbortSignal): FetchResponse {
  const headers = new Headers(step.headers);
  return {
    status: step.status ?? 200,
    headers,
    body: bodyOf(step, signal),
  };
}

async function* bodyOf(
  step: Exclude<Step, Error | 'hang'>,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  if (step.bodyError) {
    throw step.bodyError;
  }
  if (step.hangBody) {
    await aborted(signal);
  }
  const text = step.text ?? (step.json === undefined ? '' : JSON.stringify(step.json));
  yield step.bytes ?? Buffer.from(text ?? '');
}

function aborted<T>(signal: AbortSignal): Promise<T> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(new Error('aborted')), { once: true });
  });
}

/** An error like those of node-fetch. */
export function fetchError(message: string, code?: string, type = 'system'): Error {
  return Object.assign(new Error(message), { type, ...(code === undefined ? {} : { code }) });
}
