import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../core/clock.ts';
import type { Disposable } from '../core/event.ts';
import { send, type Reply } from './reply.ts';
import { answer, type Call } from './router.ts';
import type { World } from './world.ts';

/** Where the API begins. */
export const basePath = '/api/v1';
const maxBodyBytes = 1024 * 1024;

/** A request as it came in, for tests and for the curious. */
export interface RecordedRequest {
  readonly method: string;
  /** With its query; below the base URL (`/servers/?status=active`), or the whole where it is not below it. */
  readonly path: string;
  /** The `Authorization` header; undefined when there was none. */
  readonly authorization: string | undefined;
  /** Parsed where it is JSON, else the text; undefined when there was none, or it came without the right token. */
  readonly body: unknown;
  /** Milliseconds since 1970, by the sandbox's clock. */
  readonly time: number;
}

/** A request that was read and not answered yet. */
export interface Exchange {
  readonly method: string;
  /** As `RecordedRequest.path`. */
  readonly path: string;
  readonly response: ServerResponse;
  /** Gives the real reply, and thereby lets the request have its effect. */
  readonly reply: () => Reply;
  /** Where the request went, without query. */
  readonly url: string;
  readonly query: URLSearchParams;
  readonly clock: Clock;
  /** Holds the timers of answers that are still to leave. */
  readonly timers: Set<Disposable>;
}

/** Answers in the place of the simulated VPS.org, or leaves a request without answer; false where it does not want to. */
export type Intervene = (exchange: Exchange) => boolean;

/** What every exchange needs of the sandbox. */
export interface ExchangeContext {
  readonly clock: Clock;
  readonly token: string;
  readonly port: number;
  readonly world: World;
  readonly intervene: Intervene | undefined;
  record(request: RecordedRequest): void;
  /** Timers of answers that are still to leave. */
  readonly timers: Set<Disposable>;
}

/** Takes one request from its first header to the last byte of its answer, or to whatever its fault makes of it. */
export async function exchange(
  context: ExchangeContext,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { method = '', url = '', headers } = request;
  const isBelow = url.startsWith(`${basePath}/`);
  const path = isBelow ? url.slice(basePath.length) : url;
  const refused = refusal(headers.authorization, context.token);
  // What strangers send is neither kept nor read.
  const body = refused === undefined ? await readBody(request) : '';
  context.record({
    method,
    path,
    authorization: headers.authorization,
    body: parsed(body),
    time: context.clock.now(),
  });
  // A page of another site that had its name point here (DNS rebinding) still gives itself away by that name.
  const host = headers.host?.toLowerCase();
  if (host !== `127.0.0.1:${context.port}` && host !== `localhost:${context.port}`) {
    send(response, { status: 403, body: { detail: 'Host not allowed.' } });
    return;
  }
  const [pathname, search] = splitOnce(path, '?');
  const call: Call = {
    method,
    path: isBelow ? pathname : '',
    query: new URLSearchParams(search),
    contentType: headers['content-type'] ?? '',
    body,
    refused,
  };
  const reply = (): Reply => answer(context.world, call);
  const { clock, timers, intervene } = context;
  const target = `http://${host}${basePath}${pathname}`;
  if (!intervene?.({ method, path, response, reply, url: target, query: call.query, clock, timers })) {
    send(response, reply());
  }
}

/** Why a request may not come in, compared in constant time; undefined when it may. */
function refusal(authorization: string | undefined, token: string): string | undefined {
  if (authorization === undefined) {
    return 'Authentication credentials were not provided.';
  }
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  const sent = authorization.replace(/^bearer +/iu, 'Bearer ');
  return timingSafeEqual(digest(sent), digest(`Bearer ${token}`)) ? undefined : 'Invalid token.';
}

/** The body as text; undefined when it is too large. Read to its end even so, or the sender would miss the answer. */
async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= maxBodyBytes) {
      chunks.push(chunk);
    }
  }
  return bytes <= maxBodyBytes ? Buffer.concat(chunks).toString('utf8') : undefined;
}

function parsed(body: string | undefined): unknown {
  try {
    return body ? JSON.parse(body) : undefined;
  } catch {
    return body;
  }
}

function splitOnce(text: string, separator: string): readonly [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}
