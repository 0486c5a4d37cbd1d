import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { toServer } from '../../../src/api/decode/serverMapping.ts';
import { SharedObjects } from '../../../src/api/decode/sharedObjects.ts';

describe('SharedObjects', () => {
  it('returns an equal object from before, and no other', () => {
    const pool = new SharedObjects<{ id: string | undefined; name: string; vcpus?: number }>();
    const first = { id: '1', name: 'Standard', vcpus: 2 };
    assert.equal(pool.share(first), first);
    assert.equal(pool.share({ ...first }), first);
    for (const other of [
      { ...first, vcpus: 4 },
      { ...first, name: 'Standard ' },
      { ...first, id: '2' },
      { ...first, id: undefined },
    ]) {
      assert.equal(pool.share(other), other);
    }
  });

  it('keeps few of many', () => {
    const pool = new SharedObjects<{ id: string }>();
    const first = pool.share({ id: 'first' });
    for (let id = 0; id < 1_000; id++) {
      pool.share({ id: `${id}` });
    }
    assert.notEqual(pool.share({ id: 'first' }), first);
  });

  it('gives servers of the same plan and system the same objects', () => {
    const raw = (specs: object) => ({
      id: 1,
      name: 'web',
      status: 'active',
      plan: { id: 2, name: 'Standard', vcpus: 2, memory: 4096, storage: 80, ...specs },
      os: { id: 5, name: 'Debian 12' },
    });
    const [a, b, other] = [{}, {}, { memory: 8192 }].map((specs) =>
      toServer(raw(specs), '', () => undefined),
    );
    assert.ok(a?.plan && a.plan === b?.plan && a.os === b.os);
    assert.notEqual(other?.plan, a.plan);
    assert.equal(other?.plan?.memoryMiB, 8192);
  });
});
