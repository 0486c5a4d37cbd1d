import process from 'node:process';
import { runScript } from './runScript.mjs';
import { isTierName, runTier, tiers } from './tiers.mjs';

/** Runs tiers of checks one after the other: `node scripts/run.mjs TIER... [arguments of the last tier]`. */

/**
 * @param {import('./tiers.mjs').TierName} name
 * @param {readonly string[]} extraArgs
 * @returns {Promise<boolean>} whether it passed
 */
async function check(name, extraArgs) {
  const { ok, problem } = await runTier(name, { extraArgs });
  if (problem) console.error(`The tier "${name}" ${problem}.`);
  return ok;
}

await runScript(async () => {
  const args = process.argv.slice(2);
  const end = args.findIndex((arg) => !isTierName(arg));
  const names = args.slice(0, end < 0 ? args.length : end).filter(isTierName);
  if (names.length === 0)
    throw new Error(`Usage: node scripts/run.mjs ${Object.keys(tiers).join('|')} [arguments]`);
  if (names.some((name) => tiers[name].needsPackage) && !(await check('package', []))) return 1;
  let ok = true;
  for (const name of names)
    ok = (await check(name, name === names.at(-1) ? args.slice(names.length) : [])) && ok;
  return ok ? 0 : 1;
});
