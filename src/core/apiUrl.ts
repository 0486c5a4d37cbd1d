/** Why an API address is invalid. */
export type ApiUrlProblem = 'notAUrl' | 'notHttps' | 'hasCredentials' | 'hasQuery';

export type Checked<T, P extends string> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: P };

const ok = <T>(value: T) => ({ ok: true, value }) as const;
const bad = <P extends string>(problem: P) => ({ ok: false, problem }) as const;

function isLoopback(hostname: string): boolean {
  return (
    hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/u.test(hostname)
  );
}

/**
 * Checks the base URL of the API: https, or http for loopback only; no user name, password, query or fragment.
 * Removes spaces around it, slashes at its end and repeated slashes.
 */
export function checkApiUrl(text: unknown): Checked<string, ApiUrlProblem> {
  if (typeof text !== 'string') {
    return bad('notAUrl');
  }
  const url = parseUrl(text.trim());
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:') || url.hostname === '') {
    return bad('notAUrl');
  }
  if (url.username !== '' || url.password !== '') {
    return bad('hasCredentials');
  }
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    return bad('notHttps');
  }
  if (url.search !== '' || url.hash !== '') {
    return bad('hasQuery');
  }
  const path = url.pathname.replace(/\/{2,}/gu, '/').replace(/\/$/u, '');
  return ok(`${url.origin}${path}`);
}

/** Whether a URL leads to this computer. */
export function isLoopbackUrl(text: string): boolean {
  return isLoopback(parseUrl(text)?.hostname ?? '');
}

function parseUrl(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}

/** Whether the text is a token as it is stored and sent: visible ASCII, at most 4096 characters. */
export function isToken(text: unknown): text is string {
  return typeof text === 'string' && text.length <= 4096 && /^[\x21-\x7e]+$/u.test(text);
}
