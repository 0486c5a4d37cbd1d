import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Another origin, which answers everything as VPS.org would, so that whoever comes here by mistake stays. */
export interface Elsewhere {
  readonly origin: string;
  /** The requests that came, with the `Authorization` that they brought. */
  readonly requests: readonly { readonly line: string; readonly authorization: string | undefined }[];
  close(): Promise<void>;
}

export async function startElsewhere(): Promise<Elsewhere> {
  const requests: { line: string; authorization: string | undefined }[] = [];
  const server = createServer((request, response) => {
    requests.push({ line: `${request.method} ${request.url}`, authorization: request.headers.authorization });
    response.writeHead(200, { 'Content-Type': 'application/json' }).end('{"count":0,"next":null,"results":[]}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
