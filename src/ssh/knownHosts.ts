import { createHash } from 'node:crypto';

/** A public key of an SSH server. */
export interface HostKey {
  /** E.g. `ssh-ed25519`. */
  readonly type: string;
  /** The key in base64, as in `known_hosts`. */
  readonly data: string;
}

export interface KnownHostKey extends HostKey {
  readonly isRevoked: boolean;
}

export type HostKeyVerdict =
  /** `ssh` connects without a question. */
  | { readonly kind: 'known'; readonly key: HostKey }
  /** `ssh` asks whether the key is right. */
  | { readonly kind: 'new'; readonly key: HostKey }
  /** `ssh` refuses to connect. */
  | { readonly kind: 'changed'; readonly key: HostKey; readonly oldKey: HostKey }
  | { readonly kind: 'revoked'; readonly key: HostKey };

const keyType = /^[a-z][\w@.-]{2,63}$/iu;
const base64 = /^[A-Za-z0-9+/]{16,16384}={0,2}$/u;
/** The order in which `ssh` prefers the types. */
const preferredTypes = ['ssh-ed25519', 'ecdsa-sha2-', 'rsa'];

/** The name of a server in `known_hosts`. */
export function knownHostsName(host: string, port: number): string {
  return port === 22 ? host : `[${host}]:${port}`;
}

/**
 * Reads lines of `known_hosts`, as `ssh-keygen -F` and `ssh-keyscan` print them. Skips what is no key, and certificate
 * authorities, which do not decide about a plain key.
 */
export function parseHostKeys(output: string): readonly KnownHostKey[] {
  return output.split(/\r?\n/u).flatMap((line) => parseLine(line.trim()) ?? []);
}

function parseLine(line: string): KnownHostKey | undefined {
  if (line.startsWith('#')) {
    return undefined;
  }
  const words = line.split(/[ \t]+/u);
  const marker = words[0]?.startsWith('@') ? words.shift() : undefined;
  const [, type = '', data = ''] = words;
  if ((marker !== undefined && marker !== '@revoked') || !keyType.test(type)) {
    return undefined;
  }
  return base64.test(data) ? { type, data, isRevoked: marker !== undefined } : undefined;
}

/**
 * Compares the keys that a server offers with the known ones, as `ssh` does: it prefers types that it knows, so one known key
 * is enough, and a different key of a known type stops it. Undefined where the server offers no key.
 */
export function compareHostKeys(
  known: readonly KnownHostKey[],
  offered: readonly HostKey[],
): HostKeyVerdict | undefined {
  const keys = [...offered].sort((a, b) => rank(a) - rank(b));
  const [first] = keys;
  if (!first) {
    return undefined;
  }
  const revoked = keys.find((key) => known.some((each) => each.isRevoked && isSame(each, key)));
  if (revoked) {
    return { kind: 'revoked', key: revoked };
  }
  const trusted = known.filter(({ isRevoked }) => !isRevoked);
  const match = keys.find((key) => trusted.some((each) => isSame(each, key)));
  if (match) {
    return { kind: 'known', key: match };
  }
  for (const key of keys) {
    const oldKey = trusted.find(({ type }) => type === key.type);
    if (oldKey) {
      return { kind: 'changed', key, oldKey };
    }
  }
  return { kind: 'new', key: first };
}

/** The fingerprint as `ssh` shows it: `SHA256:` and 43 characters. */
export function fingerprint({ data }: HostKey): string {
  const digest = createHash('sha256').update(Buffer.from(data, 'base64')).digest('base64');
  return `SHA256:${digest.replace(/=+$/u, '')}`;
}

/** The type as people know it: `ED25519`, `ECDSA`, `RSA`. */
export function keyTypeName({ type }: HostKey): string {
  return type
    .replace(/^(?:sk-)?(?:ssh-)?/u, '')
    .replace(/[-@].*$/u, '')
    .toUpperCase();
}

function isSame(a: HostKey, b: HostKey): boolean {
  return a.type === b.type && a.data === b.data;
}

function rank({ type }: HostKey): number {
  const index = preferredTypes.findIndex((each) => type.includes(each));
  return index < 0 ? preferredTypes.length : index;
}
