import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { escapeIcons, escapeLinks, escapeMarkdown, toPlainLine } from '../../../src/core/text.ts';

describe('text from outside', () => {
  it('becomes one plain line', () => {
    assert.equal(toPlainLine(' a\u0000b\nc\u202edcba\u2066 \t e '), 'a b c dcba e');
  });
  it('keeps what scripts and emoji need', () => {
    assert.equal(toPlainLine('می\u200cخواهم 👩\u200d💻'), 'می\u200cخواهم 👩\u200d💻');
  });
  it('is cut between characters, never within one', () => {
    assert.equal(toPlainLine('abcdef', 4), 'abc…');
    assert.equal(toPlainLine('ab😀def', 4), 'ab…');
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 2, max: 50 }), (text, max) => {
        const line = toPlainLine(text, max);
        assert.ok(line.length <= max);
        // eslint-disable-next-line no-control-regex -- control characters are what must be gone
        assert.doesNotMatch(line, /[\u0000-\u001f\u202a-\u202e\u2066-\u2069]/u);
      }),
    );
  });
  it('is no markdown', () => {
    assert.equal(
      escapeMarkdown('**a** <b> https://x.y a@b.c [l](u) `c` www.z'),
      String.raw`\*\*a\*\* \<b\> https\:\/\/x\.y a\@b\.c \[l\]\(u\) \`c\` www\.z`.replaceAll('\\\\', '\\'),
    );
  });
  it('shows icons and links as what they are', () => {
    assert.equal(escapeIcons('$(trash) $(x)'), '\\$(trash) \\$(x)');
    assert.equal(escapeLinks('[a](command:b)'), '[a]\u2060(command:b)');
  });
});
