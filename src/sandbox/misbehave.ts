import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import type { Exchange } from './exchange.ts';
import type { Fault } from './faults.ts';
import { faultyReply } from './faultyReply.ts';
import { encode, send, type Reply } from './reply.ts';

/** Answers a request in the way of a fault, or leaves it without answer. */
export function misbehave(fault: Fault, victim: Exchange): void {
  const { response, reply } = victim;
  switch (fault.kind) {
    case 'delay':
      sendLater(victim, reply(), fault.ms);
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
      send(response, reply(), (bytes) => bytes.subarray(0, bytes.length / 2));
      return;
    case 'gzip': {
      const real = reply();
      send(response, { ...real, headers: { ...real.headers, 'Content-Encoding': 'gzip' } }, gzipSync);
      return;
    }
    case 'large':
      response.writeHead(200, { 'Content-Type': 'application/json' });
      Readable.from(largeList(fault.bytes)).pipe(response);
      return;
    default:
      send(response, faultyReply(fault, reply, victim));
  }
}

function sendLater({ response, clock, timers }: Exchange, reply: Reply, ms: number): void {
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

/** A list without servers that is `bytes` long, in pieces. */
function* largeList(bytes: number): Generator<string> {
  const [head, tail] = ['{"count":0,"results":[],"padding":"', '"}'];
  const piece = 'x'.repeat(64 * 1024);
  yield head;
  for (let left = bytes - head.length - tail.length; left > 0; left -= piece.length) {
    yield piece.slice(0, left);
  }
  yield tail;
}
