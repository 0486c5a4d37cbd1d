import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { lazy } from '../../../src/core/lazy.ts';

describe('lazy', () => {
  it('loads on first use, once', async () => {
    let loads = 0;
    const load = lazy(() => Promise.resolve(++loads));
    assert.equal(loads, 0);
    assert.deepEqual(await Promise.all([load(), load()]), [1, 1]);
    assert.equal(await load(), 1);
  });

  it('tries again after a failure', async () => {
    let isBroken = true;
    const load = lazy(() =>
      isBroken ? Promise.reject(new Error('broken')) : Promise.resolve('loaded'),
    );
    await Promise.all([assert.rejects(load(), /broken/u), assert.rejects(load(), /broken/u)]);
    isBroken = false;
    assert.equal(await load(), 'loaded');
  });
});
