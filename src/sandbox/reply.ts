import type { ServerResponse } from 'node:http';

/** An HTTP response. A `body` that is a string is sent as it is, undefined not at all, any other value as JSON. */
export interface Reply {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The body of a reply as bytes, with its content type. */
export function encode({ body }: Reply): { readonly bytes: Buffer; readonly type: string } {
  if (typeof body === 'string') {
    return { bytes: Buffer.from(body), type: body.startsWith('<') ? 'text/html' : 'text/plain' };
  }
  return {
    bytes: Buffer.from(body === undefined ? '' : JSON.stringify(body)),
    type: 'application/json',
  };
}

export function send(response: ServerResponse, reply: Reply): void {
  const { bytes, type } = encode(reply);
  const isEmpty = reply.status === 204 || reply.status === 304;
  response.writeHead(reply.status, {
    ...(!isEmpty && { 'Content-Length': bytes.length }),
    ...(bytes.length > 0 && { 'Content-Type': type }),
    ...reply.headers,
  });
  response.end(isEmpty ? undefined : bytes);
}
