import { timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import { createProxyServer } from 'httpxy';

/**
 * Stands in front of the VS Code server and answers the one request that this server does not know: VS Code in a browser
 * asks `POST /mint-key` for a key, and with it seals what extensions keep in SecretStorage into the browser's storage.
 * Without a key, every reload would sign the person out.
 */

const loopbackNames = new Set(['localhost', '127.0.0.1', '[::1]']);
/** VS Code sets it when the address with the token is opened. */
const tokenCookie = 'vscode-tkn';

/** @typedef {import('node:http').IncomingMessage} Request */

/**
 * @param {{ port: number, targetPort: number, connectionToken: string, secretKey: Buffer }} options
 *   `port` 0 takes any free one
 * @returns {Promise<{ port: number, close(): Promise<void> }>}
 * @throws {Error} with code EADDRINUSE when the port is taken
 */
export async function startProxy({ port, targetPort, connectionToken, secretKey }) {
  const proxy = createProxyServer({ target: { host: '127.0.0.1', port: targetPort }, ws: true, proxyTimeout: 0 });
  proxy.on('error', (_error, _request, response) => {
    // VS Code is starting, ending or gone; the page tries again by itself.
    if (!response) return;
    if ('writeHead' in response && !response.headersSent) response.writeHead(502).end();
    else response.destroy();
  });
  const server = createServer((request, response) => {
    if (!isFromLoopbackPage(request)) {
      response.writeHead(403, { 'content-type': 'text/plain' }).end('Open this address by its loopback name.');
    } else if (request.method === 'POST' && request.url?.split('?')[0]?.endsWith('/mint-key')) {
      if (!hasToken(request, connectionToken)) response.writeHead(403).end();
      else response.writeHead(200, { 'content-type': 'application/octet-stream', 'cache-control': 'no-store' }).end(secretKey);
    } else {
      void proxy.web(request, response).catch(() => response.destroy());
    }
  });
  server.on('upgrade', (request, socket, head) => {
    if (!isFromLoopbackPage(request)) socket.destroy();
    else void proxy.ws(request, /** @type {import('node:net').Socket} */ (socket), {}, head).catch(() => socket.destroy());
  });
  // Among them those that became web sockets, which the server itself forgets but waits for when it closes.
  /** @type {Set<import('node:net').Socket>} */
  const sockets = new Set();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(undefined));
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/**
 * A page from elsewhere can reach a server on loopback through a name of its own that leads to it, or by sending requests
 * across origins. Neither has business here.
 * @param {Request} request
 */
function isFromLoopbackPage({ headers }) {
  const host = headers.host ?? '';
  if (!loopbackNames.has(host.replace(/:\d+$/, ''))) return false;
  return headers.origin === undefined || headers.origin === `http://${host}`;
}

/**
 * @param {Request} request
 * @param {string} token
 */
function hasToken({ headers }, token) {
  const cookie = (headers.cookie ?? '').split(/; */).find((part) => part.startsWith(`${tokenCookie}=`));
  const given = Buffer.from(decodeCookie(cookie?.slice(tokenCookie.length + 1) ?? ''));
  const expected = Buffer.from(token);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** @param {string} value */
function decodeCookie(value) {
  try {
    return decodeURIComponent(value);
  } catch {
    return '';
  }
}
