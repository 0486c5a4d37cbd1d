import { createServer } from 'node:http';
import type { IncomingMessage, RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Loopback {
  readonly origin: string;
  readonly received: readonly IncomingMessage[];
  close(): Promise<void>;
}

/** An HTTP server on a free loopback port that remembers what it was asked. */
export async function startLoopback(listener: RequestListener): Promise<Loopback> {
  const received: IncomingMessage[] = [];
  const server: Server = createServer((request, response) => {
    received.push(request);
    listener(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    received,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** For `describe`: starts servers that end with the test. */
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
