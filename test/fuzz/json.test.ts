import assert from 'node:assert/strict';
import { isAscii } from 'node:buffer';
import fc from 'fast-check';
import {
  closeJson,
  nextTurn,
  parseJson,
  readJsonList,
  readSlice,
} from '../../src/api/http/body.ts';
import { AsciiText } from '../../src/api/http/longText.ts';
import type { LongText } from '../../src/api/http/longText.ts';
import { readPlainList } from '../../src/api/http/plainList.ts';
import { anyJson, anyText } from './support/arbitraries.ts';
import { fuzz } from './support/fuzz.ts';

/** A text as it is, and as bytes where it is ASCII: bodies of replies are both. */
const readings = (text: string): readonly LongText[] =>
  isAscii(Buffer.from(text)) ? [text, new AsciiText(Buffer.from(text))] : [text];

/** Texts with the characters that matter in JSON. */
const nearlyJson = fc.string({
  unit: fc.constantFrom(
    ...Array.from('{}[]",:\\u0n1-e. \n'),
    'NaN',
    'Infinity',
    '"results":',
    'true',
    'null',
  ),
  maxLength: 60,
});

/** JSON values of which no integer loses digits. */
const exact = anyJson.map(
  (value) =>
    JSON.parse(JSON.stringify(value), (_key, each: unknown) =>
      typeof each === 'number' && !Number.isSafeInteger(each) ? each % 1 : each,
    ) as unknown,
);
const layout = fc.constantFrom(undefined, 1, '\t', ' '.repeat(10));

describe('JSON texts', () => {
  fuzz('are read as JSON.parse reads them', fc.tuple(exact, layout), ([value, indent]) => {
    const text = JSON.stringify(value, undefined, indent);
    assert.deepEqual(parseJson(text), { ok: true, value: JSON.parse(text) as unknown });
  });

  fuzz(
    'keep all entries of a list, in slices',
    fc.tuple(fc.array(exact, { maxLength: 1_200, size: 'max' }), layout, fc.boolean()),
    async ([entries, indent, isBare]) => {
      const text = JSON.stringify(
        isBare ? entries : { a: 1, results: entries, z: [2] },
        undefined,
        indent,
      );
      for (const reading of readings(text)) {
        const read = await readJsonList(reading, 20_000);
        assert.ok(read.ok && read.list);
        assert.deepEqual(read.value, isBare ? [] : { a: 1, results: [], z: [2] });
        assert.equal(read.list.length, entries.length);
        assert.deepEqual(read.list.slices.flatMap(readSlice), JSON.parse(JSON.stringify(entries)));
      }
    },
  );

  /** Texts that look like the places where a list may be cut. */
  const nearlyCuts = fc
    .array(fc.constantFrom('},{', '}, {', ']', '[{', '"', '\\', '"results":[', '}', '{', ':1'))
    .map((parts) => parts.join(''));
  const nearlyServer = fc.record({
    id: fc.nat(),
    name: nearlyCuts,
    plan: fc.record({
      name: nearlyCuts,
      locations: fc.array(fc.record({ code: nearlyCuts }), { maxLength: 2 }),
    }),
  });

  /** Long enough for several slices. */
  const longList = (few: readonly unknown[]): unknown[] =>
    Array.from({ length: 1_500 }, (_, index) => few[index % few.length]);

  fuzz(
    'keep the entries of a list, whatever looks like a place to cut it',
    fc.tuple(fc.array(nearlyServer, { minLength: 1, maxLength: 20 }), layout, nearlyCuts),
    async ([few, indent, next]) => {
      const results = longList(few);
      const expected = JSON.stringify(results);
      const text = JSON.stringify({ next, results }, undefined, indent);
      for (const reading of readings(text)) {
        const read = await readJsonList(reading, 20_000);
        assert.ok(read.ok && read.list);
        assert.deepEqual(read.value, { next, results: [] });
        // As text, which is compared faster than thousands of objects.
        assert.equal(JSON.stringify(read.list.slices.flatMap(readSlice)), expected);
      }
    },
  );

  fuzz(
    'are cut fast where they are ordinary lists',
    fc.tuple(fc.string(), layout, fc.boolean()),
    async ([name, indent, isBare]) => {
      const entries = longList([
        {
          id: 1,
          name: name.replaceAll('{', '('),
          plan: { id: 2, name: 'Standard VPS with some memory' },
        },
      ]);
      const text = JSON.stringify(isBare ? entries : { results: entries }, undefined, indent);
      for (const reading of readings(text)) {
        const read = await readPlainList(reading, 1_500, nextTurn);
        assert.ok(read && read.list.slices.length > 1);
        assert.deepEqual(read.list.slices.flatMap(readSlice), entries);
        assert.equal(await readPlainList(reading, 1_499, nextTurn), undefined);
      }
      assert.equal(await readPlainList(text.slice(0, -3), 1_500, nextTurn), undefined);
    },
  );

  fuzz('that JSON.parse accepts are accepted, whatever they contain', nearlyJson, (text) => {
    let expected: unknown;
    try {
      expected = JSON.parse(text);
    } catch {
      // Others may be accepted too: NaN.
      parseJson(text);
      return;
    }
    const parsed = parseJson(text);
    assert.ok(parsed.ok, text);
    assert.equal(typeof parsed.value, typeof expected);
  });

  fuzz(
    'that are cut anywhere never make it fail',
    fc.tuple(exact, anyText, fc.nat()),
    ([value, text, at]) => {
      const whole = JSON.stringify({ detail: text, value });
      const closed = closeJson(whole.slice(0, at % (whole.length + 1)));
      parseJson(closed);
    },
  );

  fuzz(
    'that are cut inside a text keep its beginning',
    fc.tuple(anyText, fc.nat()),
    ([text, at]) => {
      const whole = JSON.stringify({ errors: [{ detail: text }] });
      const start = whole.indexOf(':"') + 2;
      const parsed = parseJson(
        closeJson(whole.slice(0, start + (at % (whole.length - start - 3)))),
      );
      assert.ok(parsed.ok, JSON.stringify(parsed));
      const { errors } = parsed.value as { errors: { detail: string }[] };
      assert.ok(text.startsWith(errors[0]?.detail ?? 'none'));
    },
  );
});
