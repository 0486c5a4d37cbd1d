/**
 * The part of node-fetch that the client uses. node-fetch's default export fits as it is; tests put a script in its
 * place. A stand-in must honour `signal`, `redirect: 'manual'` and `size`.
 */
export type Fetch = (url: string, init: FetchInit) => Promise<FetchResponse>;

export interface FetchInit {
  method: string;
  headers: Record<string, string>;
  body?: string;
  signal: AbortSignal;
  /** Redirects are decided on here: the token must not travel by itself. */
  redirect: 'manual';
  /** Bytes of the decompressed body after which reading fails with an error of type `max-size`. */
  size: number;
}

export interface FetchResponse {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  /** Destroyed, where it can be, when the body is of no interest: that frees the connection. */
  readonly body: { readonly readable: boolean; destroy?(): void } | null;
  text(): Promise<string>;
}
