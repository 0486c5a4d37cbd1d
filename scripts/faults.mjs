import process from 'node:process';
import { runScript } from './runScript.mjs';
import { runTier } from './tiers.mjs';

/** Prints the fault table: `npm run test:faults`. With `-- --write` it updates the table in docs/reliability.md. */

await runScript(async () => {
  const args = process.argv.slice(2);
  process.env['VPS_FAULTS_PRINT'] = '1';
  if (args.includes('--write')) process.env['VPS_FAULTS_WRITE'] = '1';
  const { ok, problem, counts } = await runTier('faults', {
    extraArgs: args.filter((arg) => arg !== '--write'),
  });
  if (problem) console.error(`The tier "faults" ${problem}.`);
  if (counts) console.log(`${counts.passed} of ${counts.passed + counts.failed} checks passed.`);
  return ok ? 0 : 1;
});
