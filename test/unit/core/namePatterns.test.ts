import assert from 'node:assert/strict';
import { patternMatcher, readPatterns } from '../../../src/core/namePatterns.ts';

const isMatch = (pattern: string, name: string): boolean =>
  patternMatcher([pattern])(name) !== undefined;

describe('patternMatcher', () => {
  const cases: readonly (readonly [pattern: string, name: string, expected: boolean])[] = [
    ['prod-*', 'prod-1', true],
    ['prod-*', 'prod-', true],
    ['prod-*', 'PROD-Web', true],
    ['prod-*', 'my-prod-1', false],
    ['*-prod', 'web-prod', true],
    ['*-prod', 'web-prod-1', false],
    ['*db*', 'my-db-1', true],
    ['a*b*c', 'a-b-b-c', true],
    ['a*b*c', 'a-c-b', false],
    ['web-?', 'web-1', true],
    ['web-?', 'web-10', false],
    ['web-?', 'web-', false],
    ['?', '😀', true],
    ['*', '', true],
    ['**', 'anything', true],
    ['', 'web', false],
    ['web.1', 'web-1', false],
    ['[a-z]+', 'web', false],
    ['bücher-*', 'BUCHER-1', true],
  ];
  for (const [pattern, name, expected] of cases) {
    it(`${expected ? 'matches' : 'does not match'} "${name}" with "${pattern}"`, () => {
      assert.equal(isMatch(pattern, name), expected);
    });
  }

  it('returns the first matching pattern as written', () => {
    assert.equal(patternMatcher(['db-*', 'Prod-*', '*'])('prod-1'), 'Prod-*');
    assert.equal(patternMatcher([])('prod-1'), undefined);
  });

  it('takes little time for patterns that would make a regular expression run for years', () => {
    const startMs = performance.now();
    assert.equal(isMatch('*a'.repeat(50) + 'b', 'a'.repeat(10_000)), false);
    assert.ok(performance.now() - startMs < 1_000);
  });
});

describe('readPatterns', () => {
  it('keeps the usable patterns and says whether all are', () => {
    assert.deepEqual(readPatterns([' prod-* ', 'db']), { value: ['prod-*', 'db'], isUsable: true });
    assert.deepEqual(readPatterns(['prod-*', 7, '', ' ', 'x'.repeat(101)]), {
      value: ['prod-*'],
      isUsable: false,
    });
    for (const value of ['prod-*', undefined, null, { a: 1 }]) {
      assert.deepEqual(readPatterns(value), { value: [], isUsable: false });
    }
  });
});
