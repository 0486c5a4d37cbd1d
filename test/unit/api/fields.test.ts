import assert from 'node:assert/strict';
import fc from 'fast-check';
import * as fields from '../../../src/api/decode/fields.ts';
import type { Source } from '../../../src/api/decode/fields.ts';

type Read = (source: Source, name: string) => unknown;

interface Reader {
  readonly read: Read;
  /** Values that come out unchanged. */
  readonly unchanged: readonly unknown[];
  /** Whether `value` is a possible result. */
  readonly isResult: (value: unknown) => boolean;
  /** A missing field is an issue. */
  readonly isRequired?: boolean;
}

const isLine = (value: unknown): boolean =>
  typeof value === 'string' &&
  value.length <= 200 &&
  value === value.trim() &&
  !/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]| {2}/u.test(value);
const isText = (value: unknown): boolean => value !== '' && isLine(value);
const isAmount = (value: unknown): boolean =>
  typeof value === 'number' && value >= 0 && Number.isFinite(value);
const texts = ['a', 'a b', 'web-server-01', 'größer', 'x'.repeat(200)];

const readers: Readonly<Record<string, Reader>> = {
  readText: { read: fields.readText, unchanged: texts, isResult: isText },
  readRequiredText: {
    read: fields.readRequiredText,
    unchanged: texts,
    isResult: isText,
    isRequired: true,
  },
  readAddress: {
    read: fields.readAddress,
    unchanged: [null, '203.0.113.10', '2001:db8::1'],
    isResult: (value) => value === null || isText(value),
  },
  readString: {
    read: fields.readString,
    unchanged: ['', ' ', 'a\nb'],
    isResult: (value) => typeof value === 'string',
  },
  readAmount: { read: fields.readAmount, unchanged: [0, 0.5, 4096, 1e300], isResult: isAmount },
  readPercent: {
    read: fields.readPercent,
    unchanged: [0, 23.5, 100],
    isResult: (value) => isAmount(value) && (value as number) <= 100,
  },
  readCount: {
    read: fields.readCount,
    unchanged: [0, 40, Number.MAX_SAFE_INTEGER],
    isResult: (value) => isAmount(value) && Number.isSafeInteger(value),
  },
  readId: {
    read: fields.readId,
    unchanged: ['7', '0b1e-UUID', 'a/b', '%2e'],
    isResult: (value) => isText(value) && value !== '.' && value !== '..',
  },
  readFlag: {
    read: fields.readFlag,
    unchanged: [true, false],
    isResult: (value) => typeof value === 'boolean',
  },
};

/** Values near the border between usable and unusable. */
const tricky = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    '',
    ' ',
    ' a',
    'a ',
    'a  b',
    'a b',
    '\u00a0',
    'a\n',
    'x'.repeat(200),
    'x'.repeat(201),
    '😀'.repeat(101),
    '\u007f',
    '.',
    '..',
    '-1',
    '1e999',
    ' 12.50 ',
    '9'.repeat(400),
  ),
  fc.constantFrom<unknown>(-1, 1.5, 100.4, 2 ** 53, Infinity, NaN, -0),
  fc.jsonValue(),
  fc.anything({ maxDepth: 2, withNullPrototype: true }),
);

function readField(read: Read, json: Readonly<Record<string, unknown>>, path = 'plan') {
  const issues: string[] = [];
  const value = read({ json, path, reportIssue: (issue) => issues.push(issue) }, 'field');
  return { value, issues };
}

describe('field readers', () => {
  it('are all covered by these tests', () => {
    const others = ['entryOf', 'readItems', 'readObject', 'toText'];
    assert.deepEqual(Object.keys(fields).sort(), [...Object.keys(readers), ...others].sort());
  });

  for (const [name, { read, unchanged, isResult, isRequired = false }] of Object.entries(readers)) {
    describe(name, () => {
      it('returns usable values unchanged', () => {
        for (const value of unchanged) {
          assert.deepEqual(readField(read, { field: value }), { value, issues: [] });
        }
      });

      it(`treats a missing field ${isRequired ? 'as an issue' : 'as no issue'}`, () => {
        const issues = isRequired ? ['plan.field'] : [];
        assert.deepEqual(readField(read, {}), { value: undefined, issues });
        const empty = readField(read, { field: null });
        assert.deepEqual(empty, { value: read === fields.readAddress ? null : undefined, issues });
      });

      it('returns a clean value or reports the path once, whatever was sent', () => {
        fc.assert(
          fc.property(tricky, (sent) => {
            const { value, issues } = readField(read, { field: sent });
            if (value === undefined) {
              const isMissing = sent === undefined || sent === null;
              const isBlank = typeof sent === 'string' && issues.length === 0;
              assert.ok(isMissing || isBlank || issues.length === 1);
              assert.ok(!isBlank || !isRequired);
            } else {
              assert.ok(isResult(value), JSON.stringify(value));
              assert.deepEqual(issues, []);
            }
            assert.ok(issues.every((issue) => issue === 'plan.field'));
          }),
          { numRuns: 1_000 },
        );
      });

      it('returns its own results unchanged', () => {
        fc.assert(
          fc.property(tricky, (sent) => {
            const { value } = readField(read, { field: sent });
            if (value !== undefined) {
              assert.deepEqual(readField(read, { field: value }), { value, issues: [] });
            }
          }),
          { numRuns: 500 },
        );
      });
    });
  }

  it('name a field of the whole reply without a leading dot', () => {
    assert.deepEqual(readField(fields.readFlag, { field: 5 }, '').issues, ['field']);
  });

  it('accept only blank texts as missing', () => {
    fc.assert(
      fc.property(tricky, (sent) => {
        const { value, issues } = readField(fields.readText, { field: sent });
        if (value === undefined && issues.length === 0 && typeof sent === 'string') {
          assert.doesNotMatch(sent, /[a-z0-9]/i);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('readObject', () => {
  it('gives access to the fields of an object, below its path', () => {
    const { value, issues } = readField(
      (source) => {
        const nested = fields.readObject(source, 'field');
        return nested && fields.readFlag(nested, 'flag');
      },
      { field: { flag: 'x' } },
    );
    assert.equal(value, undefined);
    assert.deepEqual(issues, ['plan.field.flag']);
  });

  it('reports anything but an object', () => {
    for (const field of [[], 'x', 5, true]) {
      assert.deepEqual(readField(fields.readObject, { field }), {
        value: undefined,
        issues: ['plan.field'],
      });
    }
    assert.deepEqual(readField(fields.readObject, { field: null }).issues, []);
  });
});

describe('readItems', () => {
  const read: Read = (source, name) =>
    fields.readItems(source, name, (item) => (typeof item === 'string' ? item : undefined));

  it('keeps each usable item once and reports the places of the others', () => {
    assert.deepEqual(readField(read, { field: ['a', 5, 'b', 'a', null] }), {
      value: ['a', 'b'],
      issues: ['plan.field[1]', 'plan.field[4]'],
    });
  });

  it('is empty for a missing list and for anything else', () => {
    assert.deepEqual(readField(read, {}), { value: [], issues: [] });
    assert.deepEqual(readField(read, { field: { 0: 'a' } }), { value: [], issues: ['plan.field'] });
  });
});

describe('entryOf', () => {
  it('returns an object with a usable id, or reports why not', () => {
    fc.assert(
      fc.property(fc.oneof(tricky, fc.record({ id: tricky })), (raw) => {
        const issues: string[] = [];
        const entry = fields.entryOf(raw, 'results[3]', (issue) => issues.push(issue));
        if (entry) {
          assert.deepEqual(issues, []);
          assert.ok(readers.readId?.isResult(entry.id));
          assert.equal(entry.id, String((raw as { readonly id: unknown }).id));
        } else {
          assert.ok(issues.length === 1 && /^results\[3\](\.id)?$/.test(issues[0] ?? ''));
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
