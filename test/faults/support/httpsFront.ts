import { request as send } from 'node:http';
import { Agent, createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import nodeFetch from 'node-fetch';
import type { Fetch } from '../../../src/api/fetch.ts';
import { makeCertificate } from './certificate.ts';

/** https in front of the sandbox, which speaks http alone. */
export interface HttpsFront {
  /** In place of the sandbox's base URL. */
  readonly baseUrl: string;
  /** node-fetch that trusts this front's certificate, as a person's computer trusts that of VPS.org. */
  readonly fetch: Fetch;
  close(): Promise<void>;
}

export async function startHttpsFront(sandboxUrl: string): Promise<HttpsFront> {
  const { key, cert } = makeCertificate();
  const behind = new URL(sandboxUrl);
  const server = createServer({ key, cert }, (request, response) => {
    const { method, url, headers } = request;
    const options = { host: behind.hostname, port: behind.port, method, path: url, headers: { ...headers, host: behind.host } };
    const forwarded = send(options, (answer) => {
      response.writeHead(answer.statusCode ?? 0, answer.headers);
      answer.pipe(response);
    });
    forwarded.on('error', () => response.destroy());
    request.pipe(forwarded);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const agent = new Agent({ ca: cert });
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `https://127.0.0.1:${port}${behind.pathname}`,
    fetch: (url, init) => nodeFetch(url, { ...init, ...(url.startsWith('https:') && { agent }) }),
    close: () =>
      new Promise((resolve) => {
        agent.destroy();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
