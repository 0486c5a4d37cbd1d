import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import { createProxyServer } from 'httpxy';
import { isLoopbackHost } from './loopbackHost.mjs';
import { connectionTokenCookie as tokenCookie } from './vscodeServer.mjs';
import {
  allowWebviewOrigins,
  isWebviewRequest,
  pageHostName,
  useWebviewOrigins,
} from './webviewOrigins.mjs';

/**
 * A proxy in front of the VS Code server. It gives each webview an origin of its own, see `webviewOrigins.mjs`, and answers two
 * requests which the server does not support:
 *
 * - `POST /mint-key`: VS Code in a browser encrypts SecretStorage with this key. Without a key, every reload would lose the
 *   sign-in.
 * - `GET /open/CODE`: sets the connection token as a cookie. Each code works once, so that an address in a list of processes,
 *   in a log or in the browser's history is worth nothing afterwards.
 */

const openPath = '/open/';
const usedText =
  'This link was used already. Stop "npm start" and start it again to get a new link.';

/** @typedef {import('node:http').IncomingMessage} Request */

/**
 * `createLink` returns an address that opens VS Code once.
 * @typedef {{ port: number, createLink(): string, close(): Promise<void> }} VscodeProxy
 */

/**
 * @param {{ port: number, targetPort: number, connectionToken: string, secretKey: Buffer, folder: string }} options
 *   `port` 0 picks a free port; `folder` is opened by the links
 * @returns {Promise<VscodeProxy>}
 * @throws {Error} with code EADDRINUSE when the port is in use
 */
export async function startVscodeProxy({ port, targetPort, connectionToken, secretKey, folder }) {
  const proxy = createProxyServer({
    target: { host: '127.0.0.1', port: targetPort },
    ws: true,
    proxyTimeout: 0,
    // A connection for each request, here and in `sendPage`. The server closes idle ones after some seconds, and a request on its
    // way is lost then. A page of VS Code or a webview without one of its files stays empty.
    agent: false,
  });
  proxy.on('error', (_error, _request, response) => {
    // VS Code is starting or has ended; the page retries by itself.
    if (!response) return;
    if ('writeHead' in response && !response.headersSent) response.writeHead(502).end();
    else response.destroy();
  });
  const links = new OneTimeCodes();
  const landingPage = `/?${new URLSearchParams({ folder })}`;
  /** The port that is listened on. */
  let ownPort = port;
  const server = createServer((request, response) => {
    const path = request.url?.split('?')[0] ?? '';
    if (isWebviewRequest(request, ownPort)) {
      // Its files are those of VS Code itself; its origin has no cookies.
      const headers = { cookie: `${tokenCookie}=${connectionToken}` };
      void proxy.web(request, response, { headers }).catch(() => response.destroy());
    } else if (!isFromLoopbackPage(request, ownPort)) {
      refuse(response, 'Open this address as localhost or 127.0.0.1.');
    } else if (path.startsWith(openPath)) {
      const isKnown = hasToken(request, connectionToken);
      // Answers HEAD without using up the code.
      const isCode = request.method === 'GET' && links.use(path.slice(openPath.length));
      if (!isKnown && !isCode) refuse(response, usedText);
      else {
        const next = shouldMoveToPageHost(request)
          ? `http://${pageHostName}:${ownPort}${openPath}${links.create()}`
          : landingPage;
        openVscode(response, connectionToken, next);
      }
    } else if (request.method === 'POST' && path.endsWith('/mint-key')) {
      if (!hasToken(request, connectionToken)) response.writeHead(403).end();
      else
        response
          .writeHead(200, {
            'content-type': 'application/octet-stream',
            'cache-control': 'no-store',
          })
          .end(secretKey);
    } else if (request.method === 'GET' && path === '/') {
      void sendPage(request, response, { ownPort, targetPort }).catch(() =>
        response.writeHead(502).end(),
      );
    } else {
      void proxy.web(request, response).catch(() => response.destroy());
    }
  });
  server.on('upgrade', (request, socket, head) => {
    if (!isFromLoopbackPage(request, ownPort)) socket.destroy();
    else
      void proxy
        .ws(request, /** @type {import('node:net').Socket} */ (socket), {}, head)
        .catch(() => socket.destroy());
  });
  // Includes web sockets, which the server waits for on close but does not list.
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
  if (typeof address === 'object' && address) ownPort = address.port;
  return {
    port: ownPort,
    createLink: () => `http://127.0.0.1:${ownPort}${openPath}${links.create()}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** Headers of VS Code's page that the browser needs. */
const pageHeaders = [
  'cache-control',
  'content-security-policy',
  'content-type',
  'location',
  'set-cookie',
];

/**
 * Sends the page of VS Code, at `pageHostName` with webviews that have origins of their own.
 * @param {Request} request
 * @param {import('node:http').ServerResponse} response
 * @param {{ ownPort: number, targetPort: number }} ports
 */
async function sendPage({ url = '/', headers }, response, { ownPort, targetPort }) {
  const page = await fetch(`http://127.0.0.1:${targetPort}${url}`, {
    headers: {
      connection: 'close',
      cookie: headers.cookie ?? '',
      'accept-language': headers['accept-language'] ?? '',
    },
    redirect: 'manual',
  });
  const sent = new Map(pageHeaders.map((name) => [name, page.headers.get(name) ?? '']));
  let html = await page.text();
  if (page.ok && isPageHost(headers.host)) {
    html = useWebviewOrigins(html, ownPort);
    const policy = 'content-security-policy';
    sent.set(policy, allowWebviewOrigins(sent.get(policy) ?? '', ownPort));
  }
  for (const [name, value] of sent) if (value) response.setHeader(name, value);
  response.writeHead(page.status).end(html);
}

/** @param {string | undefined} host */
function isPageHost(host) {
  return host?.split(':')[0] === pageHostName;
}

/**
 * Whether the browser is known to resolve `pageHostName`. Safari does not.
 * @param {Request} request
 */
function shouldMoveToPageHost({ headers }) {
  return !isPageHost(headers.host) && /Chrome|Firefox/u.test(headers['user-agent'] ?? '');
}

/** Random codes of which each can be used once. Stores only their hashes, so a lookup takes the same time for all. */
class OneTimeCodes {
  /** @type {Set<string>} */
  #hashes = new Set();

  create() {
    const code = randomBytes(32).toString('hex');
    this.#hashes.add(hash(code));
    return code;
  }

  /**
   * @param {string} code
   * @returns whether it was valid; it is not any more
   */
  use(code) {
    return this.#hashes.delete(hash(code));
  }
}

/** @param {string} text */
function hash(text) {
  return createHash('sha256').update(text).digest('hex');
}

/**
 * @param {import('node:http').ServerResponse} response
 * @param {string} text
 */
function refuse(response, text) {
  response
    .writeHead(403, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' })
    .end(text);
}

/**
 * @param {import('node:http').ServerResponse} response
 * @param {string} token
 * @param {string} page
 */
function openVscode(response, token, page) {
  // Not HttpOnly: VS Code's page reads the cookie.
  response
    .writeHead(302, {
      location: page,
      'set-cookie': `${tokenCookie}=${token}; Path=/; SameSite=Lax; Max-Age=604800`,
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
    })
    .end();
}

/**
 * Rejects pages of other origins: cross-origin requests, and DNS rebinding, where another name resolves to loopback.
 * @param {Request} request
 * @param {number} port
 */
function isFromLoopbackPage({ headers }, port) {
  if (!isLoopbackHost(headers.host, port)) return false;
  return headers.origin === undefined || headers.origin === `http://${headers.host}`;
}

/**
 * @param {Request} request
 * @param {string} token
 */
function hasToken({ headers }, token) {
  const cookie = (headers.cookie ?? '')
    .split(/; */)
    .find((part) => part.startsWith(`${tokenCookie}=`));
  const given = Buffer.from(cookie?.slice(tokenCookie.length + 1) ?? '');
  const expected = Buffer.from(token);
  return given.length === expected.length && timingSafeEqual(given, expected);
}
