import { request as send } from 'node:http';
import { Agent, createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import nodeFetch from 'node-fetch';
import type { Fetch } from '../../../src/api/http/attempt.ts';
import { makeCertificate } from './certificate.ts';

/** An https proxy in front of the sandbox, which supports only http. */
export interface HttpsFront {
  /** Replaces the base URL of the sandbox. */
  readonly baseUrl: string;
  /** node-fetch that trusts the certificate of this proxy. */
  readonly fetch: Fetch;
  close(): Promise<void>;
}

export async function startHttpsFront(sandboxUrl: string): Promise<HttpsFront> {
  const { key, cert } = makeCertificate();
  const behind = new URL(sandboxUrl);
  const server = createServer({ key, cert }, (request, response) => {
    const { method, url, headers } = request;
    const options = {
      host: behind.hostname,
      port: behind.port,
      method,
      path: url,
      headers: { ...headers, host: behind.host },
    };
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
