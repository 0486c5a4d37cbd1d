import type { Checked } from './apiUrl.ts';

const ok = <T>(value: T) => ({ ok: true, value }) as const;
const bad = <P extends string>(problem: P) => ({ ok: false, problem }) as const;

/** Why a server name is invalid. */
export type NameProblem = 'empty' | 'badCharacters' | 'hyphenAtEdge' | 'tooLong';

/** Checks a server's name: letters, digits and hyphens, at most 63 characters, so that it can be part of a hostname. */
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

/** Why a hostname is invalid. */
export type HostnameProblem =
  'empty' | 'notQualified' | 'badLabel' | 'tooLong' | 'isAddress' | 'notAscii';

/**
 * Checks a fully qualified domain name (RFC 1123 and RFC 1035): at least two labels of letters, digits and inner hyphens, at
 * most 63 characters each and 253 in total; the last one is not a number. Removes a dot at the end.
 * An internationalized name is `notAscii`; `toAsciiHostname` returns the form to use.
 */
export function checkHostname(text: string): Checked<string, HostnameProblem> {
  const hostname = text.trim().replace(/\.$/u, '');
  if (hostname === '') {
    return bad('empty');
  }
  if (toAsciiHostname(hostname) !== undefined) {
    return bad('notAscii');
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

/** The form of an internationalized domain name that DNS uses: "bücher.example" becomes "xn--bcher-kva.example". */
export function toAsciiHostname(text: string): string | undefined {
  const name = text.trim();
  // Characters with a meaning in a URL are no part of a name.
  const isName = name.length <= 253 && /\P{ASCII}/u.test(name) && !/[^\w.\-\P{ASCII}]/u.test(name);
  const url = `https://${name}`;
  const checked = isName && URL.canParse(url) ? checkHostname(new URL(url).hostname) : undefined;
  return checked?.ok ? checked.value : undefined;
}

/** Checks a typed whole number above 0. Rejects "10abc", "1e3", "1.0", "+1" and "007". */
export function checkWholeNumber(text: string): Checked<number, 'notWhole'> {
  const trimmed = text.trim();
  if (!/^[1-9]\d*$/u.test(trimmed)) {
    return bad('notWhole');
  }
  const value = Number(trimmed);
  return Number.isSafeInteger(value) ? ok(value) : bad('notWhole');
}

/**
 * Checks a typed id: a whole number above 0, as the API documents its ids. With `acceptsText`, because the API has shown an
 * id of another kind (a UUID), any text without blanks.
 */
export function checkResourceId(
  text: string,
  acceptsText: boolean,
): Checked<number | string, 'notWhole'> {
  const checked = checkWholeNumber(text);
  const id = text.trim();
  return !checked.ok && acceptsText && /^\S{1,200}$/u.test(id) ? ok(id) : checked;
}
