import assert from 'node:assert/strict';
import { soak } from './soak.ts';

/** A taste of it, so that the long one works when it is wanted: `npm run soak`. */
describe('two windows, other people and a bad network', () => {
  for (const seed of [1, 2]) {
    it(`leave no difference, nothing sent twice and nothing running (seed ${seed})`, async function () {
      this.timeout(60_000);
      const report = await soak({ seed, realMs: 2_500, speed: 120 });
      assert.deepEqual(report.violations, []);
      assert.ok(report.compared > 0);
      assert.ok(Object.keys(report.faults).length > 5, 'faults struck');
      assert.ok((report.outcomes.done ?? 0) > 5, 'actions went well, too');
    });
  }
});
