/**
 * VS Code in a browser loads all webviews from its own origin, where each replaces the service worker of the one before. A worker
 * that waits for the files of a closed webview delays the next one by up to 30 s, and its panel stays empty. On the desktop, and
 * with this module, each webview has an origin of its own: `http://ID.vscode.localhost`.
 */

/** Browsers resolve names below "localhost" to this computer. They count webviews below this one as parts of its page. */
export const pageHostName = 'vscode.localhost';

/** The files of VS Code that load a webview. */
const webviewPath =
  /^\/[\w.-]+\/static\/out\/vs\/workbench\/contrib\/webview\/browser\/pre\/[\w-]+\.\w+$/u;
/** VS Code makes the id: 256 bits, five per digit. */
const webviewHost = /^[\da-v]{52}\.vscode\.localhost:(\d{1,5})$/u;

/**
 * Changes the page of VS Code, opened at `pageHostName`, so that it loads each webview from an origin of its own.
 * @param {string} html
 * @param {number} port
 * @returns {string}
 * @throws {Error} when the page has another structure
 */
export function useWebviewOrigins(html, port) {
  const endpoint = /(?<=&quot;webviewEndpoint&quot;:&quot;)[^&]*(?=&quot;)/u;
  const [path] = endpoint.exec(html) ?? [];
  if (path === undefined) throw new Error('The page of VS Code has no webview endpoint.');
  const { pathname } = new URL(path, 'http://localhost/');
  return html.replace(endpoint, `http://{{uuid}}.${pageHostName}:${port}${pathname}`);
}

/**
 * @param {string} policy the `Content-Security-Policy` of the page
 * @param {number} port
 * @returns {string} the policy that also allows such origins in frames
 */
export function allowWebviewOrigins(policy, port) {
  return policy.replace("frame-src 'self'", `frame-src 'self' http://*.${pageHostName}:${port}`);
}

/**
 * Whether a webview loads one of its files from its own origin.
 * @param {import('node:http').IncomingMessage} request
 * @param {number} port
 */
export function isWebviewRequest({ method, url, headers }, port) {
  const [, digits] = webviewHost.exec(headers.host ?? '') ?? [];
  return method === 'GET' && Number(digits) === port && webviewPath.test(url?.split('?')[0] ?? '');
}
