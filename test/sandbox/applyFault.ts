import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import type { Clock } from '../../src/core/clock.ts';
import type { Disposable } from '../../src/core/event.ts';
import type { Exchange } from '../../src/sandbox/exchange.ts';
import { encode, send, type Reply } from '../../src/sandbox/reply.ts';
import type { Fault } from './faults.ts';
import { faultyReply } from './faultyReply.ts';

export interface Timing {
  readonly clock: Clock;
  /** Timers of delayed responses. The caller disposes them. */
  readonly timers: Set<Disposable>;
}

/** Responds to a request as the fault says, or leaves it without a response. */
export function applyFault(fault: Fault, exchange: Exchange, timing: Timing): void {
  const { response, reply } = exchange;
  switch (fault.kind) {
    case 'delay':
      sendLater(exchange, reply(), fault.ms, timing);
      return;
    case 'hang':
      if (fault.effect) {
        reply();
      }
      return;
    case 'cutBefore':
      response.destroy();
      return;
    case 'cutAfter':
      reply();
      response.destroy();
      return;
    case 'halfBody': {
      const real = reply();
      const { bytes, type } = encode(real);
      response.writeHead(real.status, { 'Content-Length': bytes.length, 'Content-Type': type });
      response.write(bytes.subarray(0, bytes.length / 2), () => response.destroy());
      return;
    }
    case 'truncatedJson':
      sendAltered(response, reply(), (bytes) => bytes.subarray(0, bytes.length / 2));
      return;
    case 'gzip': {
      const real = reply();
      sendAltered(
        response,
        { ...real, headers: { ...real.headers, 'Content-Encoding': 'gzip' } },
        gzipSync,
      );
      return;
    }
    case 'bomb':
      response
        .writeHead(200, { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' })
        .end(gzipSync(`{"results":[${'{},'.repeat(fault.items - 1)}{}]}`));
      return;
    case 'large':
      response.writeHead(200, { 'Content-Type': 'application/json' });
      Readable.from(largeList(fault.bytes)).pipe(response);
      return;
    default:
      send(response, faultyReply(fault, reply, exchange));
  }
}

/** Sends a reply whose body went through `alter`. */
function sendAltered(
  response: ServerResponse,
  reply: Reply,
  alter: (bytes: Buffer) => Buffer,
): void {
  const { bytes, type } = encode(reply);
  if (bytes.length === 0) {
    send(response, reply);
    return;
  }
  const sent = alter(bytes);
  const headers = { 'Content-Length': sent.length, 'Content-Type': type, ...reply.headers };
  response.writeHead(reply.status, headers).end(sent);
}

function sendLater(
  { response }: Exchange,
  reply: Reply,
  ms: number,
  { clock, timers }: Timing,
): void {
  const timer = clock.setTimeout(() => {
    timers.delete(timer);
    send(response, reply);
  }, ms);
  timers.add(timer);
  response.once('close', () => {
    timers.delete(timer);
    timer.dispose();
  });
}

/** An empty list of `bytes` bytes, in chunks. */
function* largeList(bytes: number): Generator<string> {
  const [head, tail] = ['{"count":0,"results":[],"padding":"', '"}'];
  const chunk = 'x'.repeat(64 * 1024);
  yield head;
  for (let left = bytes - head.length - tail.length; left > 0; left -= chunk.length) {
    yield chunk.slice(0, left);
  }
  yield tail;
}
