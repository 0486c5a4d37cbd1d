import assert from 'node:assert/strict';
import fc from 'fast-check';
import { maxBannerBytes, readBanner } from '../../src/ssh/banner.ts';
import {
  compareHostKeys,
  fingerprint,
  keyTypeName,
  parseHostKeys,
} from '../../src/ssh/knownHosts.ts';
import { fuzz } from './support/fuzz.ts';

const nearlyBanner = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        'SSH-',
        '2.0-',
        '1.99-',
        '\r\n',
        '\n',
        '\0',
        '\u001b]0;x\u0007',
        'x'.repeat(300),
      ),
      fc.string({ unit: 'binary', maxLength: 20 }),
    ),
    { maxLength: 60 },
  )
  .map((parts) => Buffer.from(parts.join('')));
const anyBytes = fc.oneof(
  nearlyBanner,
  fc.uint8Array({ maxLength: 20_000 }).map((bytes) => Buffer.from(bytes)),
);

const nearlyLine = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        'ssh-ed25519',
        'ssh-rsa',
        '@revoked',
        '@cert-authority',
        '#',
        'A'.repeat(68),
        '[::1]:22',
        '|1|a|b',
        '\t',
        '\r',
        '\n',
      ),
      fc.string({ maxLength: 30 }),
    ),
    { maxLength: 30 },
  )
  .map((words) => words.join(' '));

const aKey = fc.record({
  type: fc.constantFrom('ssh-ed25519', 'ssh-rsa', 'ecdsa-sha2-nistp256'),
  data: fc.constantFrom('A', 'B', 'C').map((letter) => letter.repeat(68)),
});

describe('SSH answers', () => {
  fuzz('give short plain text, whatever a port sends', anyBytes, (bytes) => {
    const banner = readBanner(bytes);
    if (banner.kind === 'incomplete') {
      assert.ok(bytes.length < maxBannerBytes);
    } else {
      assert.match(banner.text, /^[\x20-\x7e]{0,80}$/u);
    }
    if (banner.kind === 'ssh') {
      assert.match(banner.text, /^SSH-(?:2\.0|1\.99)-/u);
    }
  });

  fuzz('read the same however the bytes arrive', fc.tuple(anyBytes, fc.nat()), ([bytes, cut]) => {
    const first = readBanner(bytes.subarray(0, cut % (bytes.length + 1)));
    if (first.kind === 'ssh') {
      assert.deepEqual(readBanner(bytes), first);
    }
  });

  fuzz('are found behind any lines before the banner', fc.array(fc.string()), (lines) => {
    const before = lines.map((line) => `${line.replace(/[\r\n]/gu, '')}\r\n`.replace(/^SSH-/u, ''));
    const bytes = Buffer.from([...before, 'SSH-2.0-test\r\n'].join(''));
    if (bytes.length <= maxBannerBytes) {
      assert.deepEqual(readBanner(bytes), { kind: 'ssh', text: 'SSH-2.0-test' });
    }
  });

  fuzz('contain only keys that can be shown', nearlyLine, (text) => {
    for (const key of parseHostKeys(text)) {
      assert.match(fingerprint(key), /^SHA256:[\w+/]{43}$/u);
      assert.match(keyTypeName(key), /^[\w.]*$/u);
    }
  });

  fuzz(
    'are changed only where a key of a known type differs and none matches',
    fc.tuple(fc.array(aKey), fc.array(aKey)),
    ([known, offered]) => {
      const verdict = compareHostKeys(
        known.map((key) => ({ ...key, isRevoked: false })),
        offered,
      );
      const isMatch = offered.some((key) =>
        known.some(({ type, data }) => type === key.type && data === key.data),
      );
      const isOverlap = offered.some((key) => known.some(({ type }) => type === key.type));
      const wanted = isMatch ? 'known' : isOverlap ? 'changed' : 'new';
      assert.equal(verdict?.kind, offered.length > 0 ? wanted : undefined);
    },
  );
});
