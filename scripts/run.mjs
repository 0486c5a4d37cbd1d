import process from 'node:process';
import { ensureDependencies, runScript } from './setup.mjs';
import { isTierName, runTier, tiers } from './tiers.mjs';

/** One tier with the set-up that it needs: `node scripts/run.mjs unit --grep "filter"`. Works on a fresh clone. */

await runScript(async () => {
  const [name = '', ...extraArgs] = process.argv.slice(2);
  if (!isTierName(name)) throw new Error(`Usage: node scripts/run.mjs ${Object.keys(tiers).join('|')} [arguments]`);
  await ensureDependencies();
  if (tiers[name].needsPackage && !(await runTier('package', { output: 'inherit' })).ok) return 1;
  const { ok, problem } = await runTier(name, { extraArgs });
  if (problem) console.error(`The tier "${name}" ${problem}.`);
  return ok ? 0 : 1;
});
