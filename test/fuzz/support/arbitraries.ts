import fc from 'fast-check';
import { wireServerDetail } from '../../unit/api/support/wireServers.ts';

/** Keys that have done harm in other programs. */
const trickyKeys = ['__proto__', 'constructor', 'toString', 'length', '', 'id', 'name', 'status'];
const trickyTexts = [
  '',
  ' ',
  '\u202e',
  '$(trash)',
  '[x](command:y)',
  '<b>',
  '\u0000',
  '-1',
  '1e999',
  'null',
  '\ud800',
  'ä'.repeat(300),
];

export const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string(),
  fc.constantFrom(...trickyTexts),
);

/** Whatever JSON can say, with keys and texts that are looked for. */
export const anyJson: fc.Arbitrary<unknown> = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    anyText,
    fc.constantFrom(null, true, false, 0, -1, 1.5, Number.MAX_SAFE_INTEGER + 2, 1e308),
    fc.integer(),
    fc.array(tie('value'), { maxLength: 5 }),
    fc.dictionary(fc.oneof(fc.constantFrom(...trickyKeys), anyText), tie('value'), { maxKeys: 5 }),
  ),
})).value;

/** An object that was right until some of its properties were exchanged, taken away or added to. */
export function damaged(original: object): fc.Arbitrary<unknown> {
  const keys = Object.keys(original);
  return fc
    .array(
      fc.tuple(
        fc.oneof(fc.constantFrom(...keys), fc.constantFrom(...trickyKeys)),
        fc.option(anyJson, { nil: undefined }),
      ),
      { maxLength: 4 },
    )
    .map((changes) => {
      const copy = new Map<string, unknown>(
        Object.entries(original).filter(([, value]) => value !== undefined),
      );
      for (const [key, value] of changes) {
        if (value === undefined) {
          copy.delete(key);
        } else {
          copy.set(key, value);
        }
      }
      // Not Object.fromEntries on a plain object literal: "__proto__" is to be a property like any other.
      return JSON.parse(
        `{${[...copy].map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`).join(',')}}`,
      ) as unknown;
    });
}

/** What the API calls a server, right or nearly so. */
export const nearlyServer: fc.Arbitrary<unknown> = fc.oneof(
  damaged(wireServerDetail({ id: 77 })),
  fc.integer({ min: 1, max: 30 }).chain((id) => damaged(wireServerDetail({ id }))),
  anyJson,
);
