import { plainText } from '../core/text.ts';

/** What the server has sent before and in its identification string (RFC 4253, section 4.2). */
export type Banner =
  /** No identification string yet. More bytes may bring one. */
  | { readonly kind: 'incomplete' }
  /** `text` is the identification string, e.g. `SSH-2.0-OpenSSH_9.2p1`, as one line of plain text. */
  | { readonly kind: 'ssh'; readonly text: string }
  /** Too many bytes without an identification string. `text` is the start of the first line, as plain text. */
  | { readonly kind: 'notSsh'; readonly text: string };

/** Bytes that are read at most. A server may send lines of text before its identification string. */
export const maxBannerBytes = 8 * 1024;
/** The longest identification string that the protocol allows, with its line break. */
const maxIdentification = 255;
/** The part of a foreign text that people see. */
const maxShown = 80;

/** Reads what came from an SSH port so far. The bytes come from a stranger: every text in the result is cleaned. */
export function readBanner(bytes: Uint8Array): Banner {
  // Latin-1 keeps one character for each byte, so that lengths are bytes.
  const text = Buffer.from(bytes.subarray(0, maxBannerBytes)).toString('latin1');
  const lines = text.split('\n');
  const unfinished = lines.pop() ?? '';
  const identification =
    lines.find((line) => line.startsWith('SSH-')) ??
    // Servers that end the string late or never are recognized too.
    (unfinished.length > maxIdentification && unfinished.startsWith('SSH-')
      ? unfinished
      : undefined);
  if (identification !== undefined) {
    return isIdentification(identification)
      ? { kind: 'ssh', text: shown(identification) }
      : { kind: 'notSsh', text: shown(identification) };
  }
  return bytes.length >= maxBannerBytes
    ? { kind: 'notSsh', text: firstWords(bytes) }
    : { kind: 'incomplete' };
}

/** The start of the first line that is not empty, as plain text. Empty where nothing readable was sent. */
export function firstWords(bytes: Uint8Array): string {
  const lines = Buffer.from(bytes.subarray(0, maxBannerBytes))
    .toString('latin1')
    .split(/[\r\n]+/u);
  return lines.map(shown).find((line) => line !== '') ?? '';
}

/** Versions 2.0, and 1.99 of servers that also speak the old protocol. */
function isIdentification(line: string): boolean {
  return line.length < maxIdentification && /^SSH-(?:2\.0|1\.99)-/u.test(line);
}

/** Identification strings are ASCII. Everything else is a different protocol, whose bytes help nobody. */
function shown(text: string): string {
  return plainText(text.slice(0, maxIdentification).replace(/[^\x20-\x7e]+/gu, ' ')).slice(
    0,
    maxShown,
  );
}
