import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { outDir } from './paths.mjs';
import { runScript } from './runScript.mjs';
import { runTier } from './tiers.mjs';

/** Runs the property tests with many cases and prints how many: `npm run fuzz`, or `npm run fuzz -- 50000`. */

/** @typedef {{ property: string, cases: number, seconds: number }} Row */

const countsFile = join(outDir, 'fuzz.jsonl');

/** @returns {Promise<Row[]>} */
async function readRows() {
  if (!existsSync(countsFile)) return [];
  const lines = (await readFile(countsFile, 'utf8')).trim().split('\n');
  return lines.map((line) => JSON.parse(line));
}

await runScript(async () => {
  const [runs = '10000', ...extraArgs] = process.argv.slice(2);
  if (!/^[1-9]\d*$/.test(runs))
    throw new Error('Usage: npm run fuzz [-- CASES [arguments of mocha]]');
  await rm(countsFile, { force: true });
  process.env['VPS_FUZZ_RUNS'] = runs;
  process.env['VPS_FUZZ_COUNTS'] = countsFile;
  const { ok, problem } = await runTier('fuzz', { extraArgs });
  const rows = await readRows();
  for (const { property, cases, seconds } of rows)
    console.log(`${String(cases).padStart(8)}  ${seconds.toFixed(1).padStart(6)} s  ${property}`);
  const total = rows.reduce((sum, { cases }) => sum + cases, 0);
  console.log(`\n${rows.length} properties, ${total} cases.`);
  if (problem) console.error(`The tier "fuzz" ${problem}.`);
  return ok ? 0 : 1;
});
