import assert from 'node:assert/strict';
import { appendFileSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import fc from 'fast-check';

/** Cases for each property: `npm run fuzz` asks for many, `npm test` for a few. */
const wanted = Number(process.env.VPS_FUZZ_RUNS ?? 200);
const seed = process.env.VPS_FUZZ_SEED;
/** Where the script reads the counts; without it nothing is written. */
const countsFile = process.env.VPS_FUZZ_COUNTS;
/** For one case. What takes longer hangs, to a person. */
const hangMs = 5_000;

/**
 * A test that a statement holds for every value of an arbitrary. The cases are counted where they run. fast-check prints seed
 * and path of a failure; VPS_FUZZ_SEED repeats a run.
 */
export function fuzz<T>(
  name: string,
  arbitrary: fc.Arbitrary<T>,
  holds: (value: T) => unknown,
): void {
  it(name, async function () {
    this.timeout(wanted * 200 + 10_000);
    let cases = 0;
    const startMs = Date.now();
    await fc.assert(
      fc.asyncProperty(arbitrary, async (value) => {
        cases += 1;
        const beginMs = performance.now();
        await holds(value);
        // A loop that does not give way is interrupted by nothing, but it is seen afterwards.
        assert.ok(performance.now() - beginMs < hangMs, 'hung');
      }),
      { numRuns: wanted, timeout: hangMs, ...(seed === undefined ? {} : { seed: Number(seed) }) },
    );
    if (countsFile !== undefined) {
      mkdirSync(dirname(countsFile), { recursive: true });
      const row = {
        property: this.test?.fullTitle() ?? name,
        cases,
        seconds: (Date.now() - startMs) / 1000,
      };
      appendFileSync(countsFile, `${JSON.stringify(row)}\n`);
    }
  });
}
