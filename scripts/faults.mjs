import process from 'node:process';
import { ensureDependencies, runScript } from './setup.mjs';
import { runTier } from './tiers.mjs';

/** The fault table, printed as it was observed: `npm run test:faults`. With `-- --write` it goes into docs/reliability.md. */

await runScript(async () => {
  const args = process.argv.slice(2);
  const isWriting = args.includes('--write');
  await ensureDependencies();
  process.env['VPS_FAULTS_PRINT'] = '1';
  if (isWriting) process.env['VPS_FAULTS_WRITE'] = '1';
  const { ok, problem, counts } = await runTier('faults', { extraArgs: args.filter((arg) => arg !== '--write') });
  if (problem) console.error(`The tier "faults" ${problem}.`);
  if (counts) console.log(`${counts.passed} of ${counts.passed + counts.failed} checks passed.`);
  return ok ? 0 : 1;
});
