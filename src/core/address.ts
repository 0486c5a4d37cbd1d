import type { Account } from './account.ts';
import { isLoopbackUrl } from './apiUrl.ts';

/** An address is at most 45 characters long, with a prefix 49. */
const maxLength = 64;

const ipv4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/u;

/** Whether the account's API runs on this computer, so that a loopback address leads to its servers and not away from them. */
export function isOnThisComputer({ kind, apiUrl }: Pick<Account, 'kind' | 'apiUrl'>): boolean {
  return kind === 'sample' || isLoopbackUrl(apiUrl);
}

/** Not 0/8 (this computer), 127/8 (loopback), 169.254/16 (link-local), 224/4 (multicast) or 240/4 (reserved, broadcast). */
function isUsableIpv4(address: string, mayBeLoopback: boolean): boolean {
  const [first = 0, second = 0] = address.split('.').map(Number);
  if (first === 127) {
    return mayBeLoopback;
  }
  return first !== 0 && first < 224 && !(first === 169 && second === 254);
}

/** Digits, colons and dots as RFC 5952 writes the address, an embedded IPv4 address in hexadecimal; undefined if it is none. */
function toCanonicalIpv6(text: string): string | undefined {
  const url = `http://[${text}]/`;
  return text.includes(':') && URL.canParse(url) ? new URL(url).hostname.slice(1, -1) : undefined;
}

/**
 * Not ::/16 (unspecified, loopback, IPv4-mapped and IPv4-compatible), fe80::/10 (link-local), fec0::/10 (the deprecated
 * site-local addresses, which need a zone), ff00::/8 (multicast), or one that leads to an IPv4 address which is none.
 */
function isUsableIpv6(canonical: string, mayBeLoopback: boolean): boolean {
  if (canonical === '::1' || /^::ffff:7f[\da-f]{2}:/u.test(canonical)) {
    return mayBeLoopback;
  }
  const first = Number.parseInt(canonical, 16);
  // A canonical address that starts with "::" has no first group.
  if (!(first > 0 && (first & 0xff80) !== 0xfe80 && first < 0xff00)) {
    return false;
  }
  const ipv4Address = embeddedIpv4(canonical);
  return ipv4Address === undefined || isUsableIpv4(ipv4Address, mayBeLoopback);
}

/** The IPv4 address to which NAT64 (64:ff9b::/96) or 6to4 (2002::/16) leads; undefined for any other address. */
function embeddedIpv4(canonical: string): string | undefined {
  const [before = [], after] = canonical.split('::').map((part) => part.split(':').filter(Boolean));
  const rest = after ?? [];
  const zeros = after === undefined ? 0 : 8 - before.length - rest.length;
  const groups = [...before, ...new Array<string>(zeros).fill('0'), ...rest].map((group) =>
    Number.parseInt(group, 16),
  );
  const isNat64 = groups.slice(0, 6).join() === [0x64, 0xff9b, 0, 0, 0, 0].join();
  const [high = 0, low = 0] = isNat64
    ? groups.slice(6)
    : groups[0] === 0x2002
      ? groups.slice(1, 3)
      : [];
  return isNat64 || groups[0] === 0x2002
    ? [high >> 8, high & 0xff, low >> 8, low & 0xff].join('.')
    : undefined;
}

/**
 * The only judge of which address can be connected to. Accepts IPv4 in four decimal parts and IPv6, with or without brackets or
 * a prefix of full length, which are removed. Everything else is no address: names, zones, shorter prefixes, IPv4 in octal,
 * hexadecimal or short form, and addresses that lead to this computer, to its own network segment, to many computers or nowhere.
 * The result contains only digits, letters, dots and colons, so a config file or a shell takes it literally.
 *
 * @param mayBeLoopback whether the servers are on this computer (`isOnThisComputer`)
 */
export function toUsableAddress(
  text: string | null | undefined,
  mayBeLoopback = false,
): string | undefined {
  if (!text || text.length > maxLength) {
    return undefined;
  }
  const [, bracketed, bare = bracketed, prefix] =
    /^(?:\[([\da-f:.]+)\]|([\da-f:.]+))(?:\/(\d+))?$/iu.exec(text.trim()) ?? [];
  if (bare === undefined) {
    return undefined;
  }
  if (bracketed === undefined && ipv4.test(bare)) {
    return (prefix ?? '32') === '32' && isUsableIpv4(bare, mayBeLoopback) ? bare : undefined;
  }
  const canonical = toCanonicalIpv6(bare);
  return canonical !== undefined &&
    (prefix ?? '128') === '128' &&
    isUsableIpv6(canonical, mayBeLoopback)
    ? bare
    : undefined;
}

/** Where the server is reached. Its hostname is no answer: it is what a person typed, and need not lead to the server. */
export function reachableAt(
  server: {
    readonly ipAddress: string | null | undefined;
    readonly ipv6Address: string | null | undefined;
  },
  mayBeLoopback = false,
): string | undefined {
  return (
    toUsableAddress(server.ipAddress, mayBeLoopback) ??
    toUsableAddress(server.ipv6Address, mayBeLoopback)
  );
}

/**
 * A hostname that can be passed on: labels of letters, digits, hyphens and underscores, at most 253 characters, without a
 * leading hyphen. It may have a single label, as Linux allows. Undefined for an address in any form and for the names of this
 * computer; what follows the last dot of an address is a number, which no domain is.
 */
export function toUsableHostname(
  text: string | undefined,
  mayBeLoopback = false,
): string | undefined {
  const hostname = text?.trim().replace(/\.$/u, '') ?? '';
  const labels = hostname.length > 253 ? [] : hostname.toLowerCase().split('.');
  const isWellFormed = labels.every((label) => /^[\p{L}\p{N}_][\p{L}\p{M}\p{N}_-]*$/u.test(label));
  const last = labels.at(-1) ?? '';
  if (!isWellFormed || /^(?:\p{N}*|0x[\da-f]*)$/u.test(last)) {
    return undefined;
  }
  return last === 'localhost' || last === 'localdomain'
    ? mayBeLoopback
      ? hostname
      : undefined
    : hostname;
}
