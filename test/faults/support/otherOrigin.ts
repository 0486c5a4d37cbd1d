import { startLoopback } from '../../support/loopback.ts';
import type { Loopback } from '../../support/loopback.ts';

/** A server at another origin. It responds as VPS.org would, so that a client that gets here by mistake does not notice. */
export function startOtherOrigin(): Promise<Loopback> {
  return startLoopback((_request, response) => {
    response
      .writeHead(200, { 'Content-Type': 'application/json' })
      .end('{"count":0,"next":null,"results":[]}');
  });
}
