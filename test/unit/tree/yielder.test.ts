import assert from 'node:assert/strict';
import { Yielder } from '../../../src/tree/yielder.ts';

describe('Yielder', () => {
  it('lets the first chunk pass at once, and each further chunk in a turn of its own', async () => {
    const yielder = new Yielder(2);
    const done: string[] = [];
    for (const name of ['a', 'b', 'c', 'd', 'e']) {
      const yielded = yielder.next();
      if (yielded) {
        void yielded.then(() => done.push(name));
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

  it('starts over once all calls are done', async () => {
    const yielder = new Yielder(1);
    assert.equal(yielder.next(), undefined);
    await yielder.next();
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(yielder.next(), undefined);
  });
});
