import { pageHostName } from './webviewOrigins.mjs';

const loopbackNames = new Set(['localhost', pageHostName, '127.0.0.1', '[::1]']);
/** The port that a `Host` header omits. */
const httpPort = 80;

/**
 * Whether a `Host` header names a server on this computer. After DNS rebinding, requests of a foreign page still carry the
 * foreign name.
 * @param {string | undefined} host
 * @param {number} port of the server
 */
export function isLoopbackHost(host, port) {
  const [, name = '', digits = String(httpPort)] =
    /^(\[[^\]]*\]|[^:]*)(?::(\d{1,5}))?$/.exec(host ?? '') ?? [];
  return loopbackNames.has(name.toLowerCase()) && Number(digits) === port;
}
