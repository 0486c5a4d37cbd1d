import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { send, type Reply } from './reply.ts';
import { answer, type Call } from './router.ts';
import type { World } from './world.ts';

/** Path prefix of the API. */
export const basePath = '/api/v1';
const maxBodyBytes = 1024 * 1024;
/** Larger bodies are refused after reading to their end, or the sender would miss the response. Beyond this, it is cut off. */
const maxReadBytes = 8 * maxBodyBytes;

/** A request with the right token that was read completely and has no response yet. */
export interface Exchange {
  readonly method: string;
  /** With its query. Relative to the base URL (`/servers/?status=active`), or the full path of a request outside it. */
  readonly path: string;
  /** Absolute, without query. */
  readonly url: string;
  readonly query: URLSearchParams;
  /** The `Authorization` header. */
  readonly authorization: string | undefined;
  /** Text of the body: empty when there is none, undefined when it exceeds 1 MB. */
  readonly body: string | undefined;
  readonly response: ServerResponse;
  /** Executes the request, with its effect, and returns the regular reply. */
  readonly reply: () => Reply;
}

/** Responds in place of the simulated API. Returns false to leave the request to the API. */
export type Interceptor = (exchange: Exchange) => boolean;

export interface ExchangeContext {
  readonly token: string;
  readonly port: number;
  readonly world: World;
  readonly intercept: Interceptor | undefined;
}

/**
 * Reads one request and responds to it, unless the interceptor takes it over. Requests without the right token or host name
 * are refused unread: nothing of them is stored or passed on.
 */
export async function exchange(
  context: ExchangeContext,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { method = '', url = '', headers } = request;
  const { authorization } = headers;
  const host = headers.host?.toLowerCase() ?? '';
  const refused = refusal(context, host, authorization);
  if (refused) {
    discardBody(request);
    send(response, refused);
    return;
  }
  const body = await readBody(request);
  const isBelow = url.startsWith(`${basePath}/`);
  const path = isBelow ? url.slice(basePath.length) : url;
  const [pathname, search] = splitOnce(path, '?');
  const query = new URLSearchParams(search);
  const call: Call = {
    method,
    path: isBelow ? pathname : '',
    query,
    contentType: headers['content-type'] ?? '',
    body,
  };
  const reply = (): Reply => answer(context.world, call);
  const isIntercepted = context.intercept?.({
    method,
    path,
    url: `http://${host}${basePath}${pathname}`,
    query,
    authorization,
    body,
    response,
    reply,
  });
  if (!isIntercepted) {
    send(response, reply());
  }
}

/** The refusal of a request of a stranger; undefined when it may be answered. */
function refusal(
  { token, port }: ExchangeContext,
  host: string,
  authorization: string | undefined,
): Reply | undefined {
  // After DNS rebinding, requests of a foreign page still carry the foreign host name.
  if (host !== `127.0.0.1:${port}` && host !== `localhost:${port}`) {
    return { status: 403, body: { detail: 'Host not allowed.' } };
  }
  const headers = { 'WWW-Authenticate': 'Bearer' };
  if (authorization === undefined) {
    const detail = 'Authentication credentials were not provided.';
    return { status: 401, body: { detail }, headers };
  }
  return isRightToken(authorization, token)
    ? undefined
    : { status: 401, body: { detail: 'Invalid token.' }, headers };
}

/** Compares in constant time. */
function isRightToken(authorization: string, token: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  const sent = authorization.replace(/^bearer +/iu, 'Bearer ');
  return timingSafeEqual(digest(sent), digest(`Bearer ${token}`));
}

/** The body as text; undefined when it is too large. */
async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxReadBytes) {
      throw new Error('The request body is too large.');
    }
    if (bytes <= maxBodyBytes) {
      chunks.push(chunk);
    }
  }
  return bytes <= maxBodyBytes ? Buffer.concat(chunks).toString('utf8') : undefined;
}

/** Lets a refused sender finish, so that it receives the response, but not without end. */
function discardBody(request: IncomingMessage): void {
  let bytes = 0;
  request.on('error', () => undefined);
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > maxBodyBytes) {
      request.destroy();
    }
  });
}

function splitOnce(text: string, separator: string): readonly [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}
