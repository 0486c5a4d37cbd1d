import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { DistinctIds } from '../../../src/api/decode/distinctIds.ts';

function added(ids: readonly string[]): readonly boolean[] {
  const distinct = new DistinctIds();
  return ids.map((id) => distinct.add(id));
}

describe('DistinctIds', () => {
  it('finds each id that occurs twice, in any order', () => {
    const id = fc.oneof(fc.nat(30).map(String), fc.string({ maxLength: 2 }));
    const unsorted = fc.array(id, { maxLength: 40 });
    const sorted = fc.array(fc.nat(1_200), { maxLength: 40 });
    const ascending = sorted.map((ids) => ids.sort((a, b) => a - b).map(String));
    const descending = ascending.map((ids) => ids.toReversed());
    const late = fc.tuple(ascending, unsorted).map(([first, rest]) => [...first, ...rest]);
    fc.assert(
      fc.property(fc.oneof(unsorted, ascending, descending, late), (ids) => {
        assert.deepEqual(
          added(ids),
          ids.map((each, index) => ids.indexOf(each) === index),
        );
      }),
    );
  });

  it('does not take an id for new because it is sorted after the last one', () => {
    assert.deepEqual(added(['9', '10', '11', '10', '12', '12', '9']), [
      true,
      true,
      true,
      false,
      true,
      false,
      false,
    ]);
  });
});
