import assert from 'node:assert/strict';
import { Portions } from '../../../src/tree/portions.ts';

describe('portions', () => {
  it('let the first pieces pass, and give the next ones a turn each', async () => {
    const portions = new Portions(2);
    const done: string[] = [];
    for (const name of ['a', 'b', 'c', 'd', 'e']) {
      const turn = portions.next();
      if (turn) {
        void turn.then(() => done.push(name));
      } else {
        done.push(name);
      }
    }
    assert.deepEqual(done, ['a', 'b']);
    const seen: string[] = [];
    while (done.length < 5) {
      await new Promise((resolve) => setImmediate(resolve));
      seen.push(done.join(''));
    }
    assert.ok(seen.includes('abcd'), seen.join(' '));
    assert.equal(done.join(''), 'abcde');
  });

  it('begin anew when all of it is done', async () => {
    const portions = new Portions(1);
    assert.equal(portions.next(), undefined);
    await portions.next();
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(portions.next(), undefined);
  });
});
