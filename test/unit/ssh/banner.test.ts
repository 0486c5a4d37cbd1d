import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { maxBannerBytes, readBanner } from '../../../src/ssh/banner.ts';

const read = (text: string) => readBanner(Buffer.from(text, 'latin1'));

describe('readBanner', () => {
  it('finds the identification string', () => {
    const text = 'SSH-2.0-OpenSSH_9.2p1 Debian-2';
    assert.deepEqual(read(`${text}\r\n`), { kind: 'ssh', text });
    assert.deepEqual(read(`${text}\nmore`), { kind: 'ssh', text });
    assert.deepEqual(read('SSH-1.99-Cisco-1.25\n'), { kind: 'ssh', text: 'SSH-1.99-Cisco-1.25' });
  });

  it('skips lines before it', () => {
    const text = `Welcome\r\nto SSH-2.0-nothing\r\nSSH-2.0-dropbear\r\n`;
    assert.deepEqual(read(text), { kind: 'ssh', text: 'SSH-2.0-dropbear' });
  });

  it('waits for the end of a line', () => {
    assert.deepEqual(read(''), { kind: 'incomplete' });
    assert.deepEqual(read('SSH-2.0-OpenSS'), { kind: 'incomplete' });
    assert.deepEqual(read('HTTP/1.1 400 Bad Request\r\n\r\n'), { kind: 'incomplete' });
  });

  it('refuses other versions and strings that are too long', () => {
    assert.equal(read('SSH-1.5-old\n').kind, 'notSsh');
    assert.equal(read(`SSH-2.0-${'x'.repeat(300)}\n`).kind, 'notSsh');
    assert.equal(read(`SSH-2.0-${'x'.repeat(300)}`).kind, 'notSsh');
  });

  it('gives up after 8 KB', () => {
    assert.equal(read('x'.repeat(maxBannerBytes - 1)).kind, 'incomplete');
    assert.deepEqual(read(`${'ab '.repeat(maxBannerBytes)}\nSSH-2.0-late\n`), {
      kind: 'notSsh',
      text: 'ab '.repeat(27).slice(0, 80),
    });
  });

  it('cleans the text', () => {
    const found = read('SSH-2.0-a\u001b[31mb\u0000\u009bc\u00e9\r\n');
    assert.deepEqual(found, { kind: 'ssh', text: 'SSH-2.0-a [31mb c' });
  });
});
