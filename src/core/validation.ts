/** Why an API address cannot be used. */
export type ApiUrlProblem = 'notAUrl' | 'notHttps' | 'hasCredentials' | 'hasQuery';

export type Checked<T, P extends string> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: P };

const ok = <T>(value: T) => ({ ok: true, value }) as const;
const bad = <P extends string>(problem: P) => ({ ok: false, problem }) as const;

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/u.test(hostname);
}

/**
 * Checks the base URL of the API: https, or http for loopback alone; no user name, password, query or fragment.
 * Blanks around it and slashes at its end are forgiven; doubled slashes inside the path are made single.
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

function parseUrl(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}

/** Why a token cannot be one. */
export type TokenProblem = 'empty' | 'hasBlanks' | 'notAscii' | 'tooLong';

/**
 * Cleans a pasted token: blanks and quotes around it and a leading `Bearer ` or `Authorization: Bearer ` go. What is left
 * must be visible ASCII without blanks, or it could not be sent in a header.
 */
export function checkToken(pasted: string): Checked<string, TokenProblem> {
  let token = pasted;
  for (let before = ''; before !== token; ) {
    before = token;
    token = token
      .replace(/^[\s\u200b\ufeff]+|[\s\u200b\ufeff]+$/gu, '')
      .replace(/^(?:authorization\s*:\s*)?bearer(?:\s+|$)/iu, '')
      .replace(/^(["'`“”‘’])(.*)(["'`“”‘’])$/su, '$2');
  }
  if (token === '') {
    return bad('empty');
  }
  if (/\s/u.test(token)) {
    return bad('hasBlanks');
  }
  if (!/^[\x21-\x7e]+$/u.test(token)) {
    return bad('notAscii');
  }
  return token.length > 4096 ? bad('tooLong') : ok(token);
}

/** Why a server name cannot be used. */
export type NameProblem = 'empty' | 'badCharacters' | 'hyphenAtEdge' | 'tooLong';

/** A server's name: letters, digits and hyphens (api.md, section 2), at most 63 characters so that it fits a host name. */
export function checkName(text: string): Checked<string, NameProblem> {
  const name = text.trim();
  if (name === '') {
    return bad('empty');
  }
  if (!/^[A-Za-z0-9-]+$/u.test(name)) {
    return bad('badCharacters');
  }
  if (name.startsWith('-') || name.endsWith('-')) {
    return bad('hyphenAtEdge');
  }
  return name.length > 63 ? bad('tooLong') : ok(name);
}

/** Why a host name cannot be used. */
export type HostnameProblem = 'empty' | 'notQualified' | 'badLabel' | 'tooLong' | 'isAddress';

/**
 * A fully qualified domain name (RFC 1123 and RFC 1035): labels of letters, digits and inner hyphens, at most 63 characters
 * each and 253 in all, at least two of them, the last one not a number. A dot at the end is forgiven.
 */
export function checkHostname(text: string): Checked<string, HostnameProblem> {
  const hostname = text.trim().replace(/\.$/u, '');
  if (hostname === '') {
    return bad('empty');
  }
  if (hostname.length > 253) {
    return bad('tooLong');
  }
  if (/^[\d.]+$/u.test(hostname) || hostname.includes(':')) {
    return bad('isAddress');
  }
  const labels = hostname.split('.');
  if (!labels.every((label) => /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/u.test(label))) {
    return bad('badLabel');
  }
  if (labels.length < 2 || /^\d+$/u.test(labels.at(-1) ?? '')) {
    return bad('notQualified');
  }
  return ok(hostname);
}

/** A whole number above 0, typed by a person: "12" is one; "10abc", "1e3", "1.0", "+1" and "007" are none. */
export function checkWholeNumber(text: string): Checked<number, 'notWhole'> {
  const trimmed = text.trim();
  if (!/^[1-9]\d*$/u.test(trimmed)) {
    return bad('notWhole');
  }
  const value = Number(trimmed);
  return Number.isSafeInteger(value) ? ok(value) : bad('notWhole');
}
