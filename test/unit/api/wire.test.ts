import assert from 'node:assert/strict';
import fc from 'fast-check';
import * as v from 'valibot';
import type { Shape } from '../../../src/api/fields.ts';
import * as wire from '../../../src/api/wire.ts';

type AnyShape = Shape<Readonly<Record<string, v.GenericSchema<unknown, unknown>>>>;

const shapes = Object.entries(wire).flatMap(([name, item]) => ('fields' in item ? [{ name, fields: item.fields as AnyShape['fields'] }] : []));

/** What comes near the border between fine and not. */
const tricky = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('', ' ', ' a', 'a ', 'a  b', 'a b', '\u00a0', 'a\n', 'x'.repeat(200), 'x'.repeat(201), '\u007f', '-1', '1e999'),
  fc.jsonValue(),
  fc.constantFrom(undefined, null, {}, [], true, 0, NaN),
);

describe('the fields of wire objects', () => {
  it('are all looked at', () => {
    assert.ok(shapes.length >= 10, String(shapes.length));
  });

  for (const { name, fields } of shapes) {
    it(`of ${name} take no short cut that their schemas would not`, () => {
      fc.assert(
        fc.property(tricky, fc.constantFrom(...fields), (value, { name: field, schema, mayMiss, isFine }) => {
          if (isFine(value) || (value === undefined && mayMiss)) {
            const result = v.safeParse(schema, value);
            assert.ok(result.success, `${field} refuses ${JSON.stringify(value)}`);
            assert.equal(result.output, value);
          }
        }),
        { numRuns: 1_000 },
      );
    });
  }

  it('take the short cut for what servers usually have', () => {
    const usual: Readonly<Record<string, unknown>> = { name: 'web-server-01', status: 'active', ipv6_address: null, plan: {} };
    for (const { name, isFine } of wire.serverShape.fields.filter((field) => field.name in usual)) {
      assert.ok(isFine(usual[name]), name);
    }
  });
});
