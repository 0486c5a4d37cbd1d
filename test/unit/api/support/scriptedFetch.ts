import assert from 'node:assert/strict';
import type { Fetch, FetchInit, FetchResponse } from '../../../../src/api/fetch.ts';

/** One answer of the script: a reply, an error to throw, or `hang` until the request is aborted. */
export type Step =
  | {
      status?: number;
      headers?: Record<string, string>;
      json?: unknown;
      text?: string;
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
  /** Fails when a step was left over: a call that was expected did not come. */
  readonly verify: () => void;
}

/** A fetch that answers by script. A request beyond the script's end is a failure of its own, named in `verify`. */
export function scriptedFetch(...steps: readonly Step[]): ScriptedFetch {
  const sent: SentRequest[] = [];
  const left = [...steps];
  let extra = 0;
  return {
    sent,
    verify: () => {
      assert.equal(extra, 0, 'more requests than the script has answers');
      assert.equal(left.length, 0, 'fewer requests than the script has answers');
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
    body: null,
    text: async () => {
      if (step.bodyError) {
        throw step.bodyError;
      }
      if (step.hangBody) {
        return await aborted<string>(signal);
      }
      return step.text ?? (step.json === undefined ? '' : JSON.stringify(step.json));
    },
  };
}

function aborted<T>(signal: AbortSignal): Promise<T> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(new Error('aborted')), { once: true });
  });
}

/** An error as node-fetch throws it. */
export function fetchError(message: string, code?: string, type = 'system'): Error {
  return Object.assign(new Error(message), { type, ...(code === undefined ? {} : { code }) });
}
