import { fold } from './fold.ts';
import type { SettingValue } from './settingValues.ts';
import { readStrings } from './storedValues.ts';

/** UTF-16 units of a pattern. The time of a comparison grows with the pattern's length times the name's. */
const maxPatternLength = 100;

/**
 * Returns the first pattern that a whole name matches, as written: `*` stands for any number of characters, `?` for one. Like the
 * search, it ignores case, accents and width. Compares without a regular expression, which a pattern could make run very long.
 */
export function patternMatcher(patterns: readonly string[]): (name: string) => string | undefined {
  const prepared = patterns.map((text) => ({ text, characters: Array.from(fold(text)) }));
  return (name) => {
    const characters = Array.from(fold(name));
    return prepared.find((pattern) => isMatch(pattern.characters, characters))?.text;
  };
}

/** The entries of a setting that are patterns. Others are left out, so that one mistake does not end the protection by the rest. */
export function readPatterns(value: unknown): SettingValue<readonly string[]> {
  const entries: readonly unknown[] = Array.isArray(value) ? value : [];
  const patterns = readStrings(entries)
    .map((text) => text.trim())
    .filter((text) => text !== '' && text.length <= maxPatternLength);
  return { value: patterns, isUsable: Array.isArray(value) && patterns.length === entries.length };
}

function isMatch(pattern: readonly string[], name: readonly string[]): boolean {
  let [at, nameAt] = [0, 0];
  /** After the last `*`, and where the name continued after it. A mismatch lets that `*` take one more character. */
  let [afterStar, retryAt] = [0, 0];
  while (nameAt < name.length) {
    const expected = pattern[at];
    if (expected === '*') {
      afterStar = ++at;
      retryAt = nameAt;
    } else if (expected === '?' || expected === name[nameAt]) {
      at++;
      nameAt++;
    } else if (afterStar > 0) {
      at = afterStar;
      nameAt = ++retryAt;
    } else {
      return false;
    }
  }
  return pattern.slice(at).every((rest) => rest === '*');
}
