import { nestedForms } from './redactNested.ts';

/** Stands in place of a secret. */
export const placeholder = '[redacted]';

/** Removes the secrets that it was created for from a text. */
export type RedactText = (text: string) => string;

/**
 * Replaces every secret in `text` by `[redacted]`: the given ones in any form (see `redactSecrets`), anything after `Bearer`,
 * and anything that looks like a VPS.org token.
 */
export function redact(text: string, secrets: Iterable<string>): string {
  return redactSecrets(text, secrets)
    .replace(/\b(Bearer)(?:\s|%20|\+)+["']?[^\s"',;]+/gi, `$1 ${placeholder}`)
    .replace(/vps_[A-Za-z0-9_-]{6,}/g, placeholder);
}

/**
 * Replaces the given secrets, plain or encoded, also character by character: in any case, percent-encoded up to five times,
 * escaped as in JSON and JavaScript, as HTML entities, as hexadecimal or decimal bytes, and in base64, alone or inside a
 * longer value; also the forms of `redactNested.ts`.
 */
export function redactSecrets(text: string, secrets: Iterable<string>): string {
  // Longest first: replacing a secret inside a longer one would leave the rest of it.
  const ordered = [...secrets]
    .filter((secret) => secret !== '')
    .sort((a, b) => b.length - a.length);
  let result = text;
  for (const secret of ordered) {
    for (const { pattern, minLength } of formsOf(secret)) {
      // Most texts are too short for most forms.
      if (result.length >= minLength) {
        result = result.replaceAll(pattern, placeholder);
      }
    }
  }
  return result;
}

interface Form {
  readonly pattern: RegExp | string;
  /** UTF-16 units of the shortest match. */
  readonly minLength: number;
}

/** Forms of the last secrets: a log line comes often, a new token rarely. */
const cache = new Map<string, readonly Form[]>();

function formsOf(secret: string): readonly Form[] {
  let forms = cache.get(secret);
  if (forms === undefined) {
    if (cache.size >= 20) {
      cache.clear();
    }
    forms = makeForms(secret);
    cache.set(secret, forms);
  }
  return forms;
}

function makeForms(secret: string): readonly Form[] {
  const bytes = [...Buffer.from(secret)];
  const hex = (byte: number): string => byte.toString(16).padStart(2, '0');
  const inBase64 = [0, 1, 2].map((offset) => base64(secret, offset));
  return [
    {
      pattern: new RegExp(Array.from(secret).map(anyForm).join(''), 'giu'),
      minLength: secret.length,
    },
    {
      pattern: new RegExp(bytes.map(hex).join('(?:[\\s:-]|,? ?0x|\\\\x)?'), 'gi'),
      minLength: bytes.length * 2,
    },
    {
      pattern: new RegExp(`\\b${bytes.join(',\\s*')}\\b`, 'g'),
      minLength: bytes.join(',').length,
    },
    {
      pattern: new RegExp(inBase64.map(({ source }) => source).join('|'), 'g'),
      minLength: Math.min(...inBase64.map(({ minLength }) => minLength)),
    },
    ...nestedForms(secret).map((form) => ({ pattern: form, minLength: form.length })),
  ];
}

const entities: Readonly<Record<string, string>> = {
  '&': 'amp',
  '<': 'lt',
  '>': 'gt',
  '"': 'quot',
  "'": 'apos',
  _: 'lowbar',
  '+': 'plus',
  '/': 'sol',
  '=': 'equals',
  '.': 'period',
  '-': '(?:hyphen|dash)',
};

/** A pattern for one character in every encoding. */
function anyForm(char: string): string {
  const code = char.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  const units = Array.from({ length: char.length }, (_, index) =>
    char.charCodeAt(index).toString(16).padStart(4, '0'),
  );
  const bytes = [...Buffer.from(char)].map((byte) => byte.toString(16).padStart(2, '0'));
  const json = JSON.stringify(char).slice(1, -1);
  const name = entities[char];
  const forms = [
    `\\\\{0,7}${escape(char)}`,
    // Others are escaped by a backslash at most; a second way to match them would make the pattern exponential.
    ...(code < 32 ? [escape(json)] : []),
    ...(char === ' ' ? ['\\+'] : []),
    bytes.map((byte) => `%(?:25){0,5}${byte}`).join(''),
    units.map((unit) => `\\\\{1,8}u${unit}`).join(''),
    `\\\\{1,8}u\\{0{0,6}${hex}\\}`,
    `\\\\{1,8}x${hex.padStart(2, '0')}`,
    `&(?:amp;){0,4}#(?:0{0,6}${code}|x0{0,6}${hex});?`,
    ...(name === undefined ? [] : [`&(?:amp;){0,4}${name};`]),
  ];
  return `(?:${forms.join('|')})`;
}

/** A pattern for a secret in base64 that starts `offset` bytes into a group of three. */
function base64(
  secret: string,
  offset: number,
): { readonly source: string; readonly minLength: number } {
  const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(secret)]);
  // The characters at both ends also depend on the neighbors.
  const first = Math.ceil((offset * 8) / 6);
  const last = Math.floor((bytes.length * 8) / 6);
  const chars = bytes.toString('base64').slice(first, last);
  const forms = Array.from(chars).map((char) =>
    char === '+' ? '(?:[-+]|%2B)' : char === '/' ? '(?:[_/]|\\\\/|%2F)' : char,
  );
  const source = `${forms.join('\\s{0,2}')}${last * 6 < bytes.length * 8 ? '[\\w+/-]?' : ''}(?:=|%3D){0,2}`;
  return { source, minLength: chars.length };
}

function escape(char: string): string {
  return char.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
