import type { ServersApi } from '../../src/api/client.ts';

type Call = {
  [K in keyof ServersApi]: { readonly method: K; readonly args: Parameters<ServersApi[K]> };
}[keyof ServersApi];

/** An API with scripted answers that records its calls. A call without an answer fails. */
export function fakeApi(answers: Partial<ServersApi>): {
  readonly api: ServersApi;
  readonly calls: Call[];
} {
  const calls: Call[] = [];
  const api = new Proxy({} as ServersApi, {
    get: (_target, method: keyof ServersApi) => {
      return (...args: unknown[]) => {
        calls.push({ method, args } as Call);
        const answer = answers[method] as ((...given: unknown[]) => unknown) | undefined;
        return answer ? answer(...args) : Promise.reject(new Error(`Unexpected call of ${method}`));
      };
    },
  });
  return { api, calls };
}

/** A promise that the test settles. */
export function deferred<T>(): {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (error: unknown) => void;
} {
  let resolve: (value: T) => void = () => undefined;
  let reject: (error: unknown) => void = () => undefined;
  const promise = new Promise<T>((onResolve, onReject) => {
    resolve = onResolve;
    reject = onReject;
  });
  return { promise, resolve, reject };
}
