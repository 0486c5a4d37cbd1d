import type { ServerResponse } from 'node:http';

/** What goes back. `body`: a string is sent as it is, anything else as JSON, undefined not at all. */
export interface Reply {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The bytes of a reply's body, and what they are. */
export function encode({ body }: Reply): { readonly bytes: Buffer; readonly type: string } {
  if (typeof body === 'string') {
    return { bytes: Buffer.from(body), type: body.startsWith('<') ? 'text/html' : 'text/plain' };
  }
  return { bytes: Buffer.from(body === undefined ? '' : JSON.stringify(body)), type: 'application/json' };
}

/** Sends a reply whose body went through `alter`. */
export function send(response: ServerResponse, reply: Reply, alter = (bytes: Buffer): Buffer => bytes): void {
  const { bytes, type } = encode(reply);
  const sent = alter(bytes);
  const isEmpty = reply.status === 204 || reply.status === 304;
  response.writeHead(reply.status, {
    ...(!isEmpty && { 'Content-Length': sent.length }),
    ...(sent.length > 0 && { 'Content-Type': type }),
    ...reply.headers,
  });
  response.end(isEmpty ? undefined : sent);
}
