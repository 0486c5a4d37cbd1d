import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import {
  clamp,
  compareTexts,
  escapeIcons,
  escapeLinks,
  escapeMarkdown,
  plainText,
  toPlainLine,
} from '../../../src/core/text.ts';

describe('text', () => {
  it('becomes one plain line', () => {
    assert.equal(toPlainLine(' a\u0000b\nc\u202edcba\u2066 \t e '), 'a b c dcba e');
  });
  it('keeps joiners for scripts and emoji', () => {
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
  it('is escaped for Markdown', () => {
    assert.equal(
      escapeMarkdown('**a** <b> https://x.y a@b.c [l](u) `c` www.z'),
      String.raw`\*\*a\*\* \<b\> https\:\/\/x\.y a\@b\.c \[l\]\(u\) \`c\` www\.z`.replaceAll(
        '\\\\',
        '\\',
      ),
    );
  });
  it('is escaped for icons and links', () => {
    assert.equal(escapeIcons('$(trash) $(x)'), '\\$(trash) \\$(x)');
    assert.equal(escapeLinks('[a](command:b)'), '[a]\u2060(command:b)');
  });
});

describe('plainText', () => {
  it('removes invisible characters and collapses white space', () => {
    assert.equal(plainText(' we\u200bb\u202e-01\u0007\u2028 x\n\u00a0y '), 'web-01 x y');
    assert.equal(plainText('a\ud800b'), 'ab');
  });

  it('returns the same text the second time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const line = plainText(text);
        assert.equal(plainText(line), line);
        assert.doesNotMatch(line, /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|^ | $| {2}/u);
      }),
    );
  });

  it('does not change printable ASCII with single spaces', () => {
    const words = fc.array(fc.stringMatching(/^[!-~]+$/), { minLength: 1 });
    fc.assert(
      fc.property(words, (parts) => assert.equal(plainText(parts.join(' ')), parts.join(' '))),
    );
  });
});

describe('clamp', () => {
  it('cuts between characters and before white space', () => {
    assert.equal(clamp('abcdef', 6), 'abcdef');
    assert.equal(clamp('abcdef', 4), 'abc…');
    assert.equal(clamp('ab😀def', 4), 'ab…');
    assert.equal(clamp('ab cdef', 4), 'ab…');
  });
});

describe('compareTexts', () => {
  const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });
  const name = fc
    .array(
      fc.constantFrom(
        'web',
        'W',
        '-',
        '.',
        ' ',
        '0',
        '00',
        '1',
        '9',
        '10',
        'é',
        '٣',
        '３',
        '\u0301',
      ),
      {
        maxLength: 8,
      },
    )
    .map((parts) => parts.join(''));

  it('orders names as the collator does', () => {
    fc.assert(
      fc.property(name, name, name, (start, a, b) => {
        const [left, right] = [start + a, start + b];
        assert.equal(
          Math.sign(compareTexts(left, right)),
          Math.sign(collator.compare(left, right)),
          `${left} and ${right}`,
        );
      }),
      { numRuns: 5_000 },
    );
  });

  it('counts', () => {
    const names = ['web-10', 'web-9', 'web-1', 'web-02', 'Web-3'];
    assert.deepEqual(names.sort(compareTexts), ['web-1', 'web-02', 'Web-3', 'web-9', 'web-10']);
  });
});
