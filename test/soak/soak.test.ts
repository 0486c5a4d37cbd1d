import assert from 'node:assert/strict';
import { soak } from './soak.ts';

/** A short version of `npm run soak`. */
describe('Soak run', () => {
  for (const seed of [1, 2]) {
    it(`ends without differences, repeated changes or open resources (seed ${seed})`, async function () {
      this.timeout(60_000);
      const report = await soak({ seed, realMs: 2_500, speed: 120 });
      assert.deepEqual(report.violations, []);
      assert.ok(report.compared > 0);
      assert.ok(Object.keys(report.faults).length > 5, 'several kinds of faults occurred');
      assert.ok((report.outcomes.done ?? 0) > 5, 'some actions succeeded');
    });
  }
});
