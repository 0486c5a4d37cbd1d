import type { RequestListener } from 'node:http';
import { startLoopback } from '../../../support/loopback.ts';
import type { Loopback } from '../../../support/loopback.ts';

/** Starts servers that close after each test. Call it in `describe`. */
export function useLoopbacks(): (listener: RequestListener) => Promise<Loopback> {
  const servers: Loopback[] = [];
  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => server.close()));
  });
  return async (listener) => {
    const server = await startLoopback(listener);
    servers.push(server);
    return server;
  };
}
