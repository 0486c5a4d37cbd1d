import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { outDir } from './paths.mjs';
import { ensureDependencies, runScript } from './setup.mjs';
import { runTier } from './tiers.mjs';

/** The property tests with many cases, and how many there were: `npm run fuzz`, or `npm run fuzz -- 50000`. */

/** @typedef {{ property: string, cases: number, seconds: number }} Row */

await runScript(async () => {
  const [runs = '10000', ...extraArgs] = process.argv.slice(2);
  if (!/^[1-9]\d*$/.test(runs)) throw new Error('Usage: npm run fuzz [-- CASES [arguments of mocha]]');
  await ensureDependencies();
  const countsFile = join(outDir, 'fuzz.jsonl');
  await rm(countsFile, { force: true });
  process.env['VPS_FUZZ_RUNS'] = runs;
  process.env['VPS_FUZZ_COUNTS'] = countsFile;
  const { ok, problem } = await runTier('fuzz', { extraArgs });
  const lines = existsSync(countsFile) ? (await readFile(countsFile, 'utf8')).trim().split('\n') : [];
  const rows = lines.map((line) => /** @type {Row} */ (JSON.parse(line)));
  for (const { property, cases, seconds } of rows) console.log(`${String(cases).padStart(8)}  ${seconds.toFixed(1).padStart(6)} s  ${property}`);
  const sum = rows.reduce((total, { cases }) => total + cases, 0);
  console.log(`\n${rows.length} properties, ${sum} cases.`);
  if (problem) console.error(`The tier "fuzz" ${problem}.`);
  return ok ? 0 : 1;
});
