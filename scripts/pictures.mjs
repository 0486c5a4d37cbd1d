import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { outDir, root } from './paths.mjs';
import { ensureDependencies, runScript } from './setup.mjs';
import { runTier } from './tiers.mjs';

/** Takes the pictures of the README anew from a real VS Code: `npm run pictures`. */

const names = ['welcome', 'details', 'menu', 'create'];

await runScript(async () => {
  await ensureDependencies();
  if (!(await runTier('package')).ok) return 1;
  const { ok } = await runTier('e2e', { extraArgs: ['--grep', 'pictures for the README'] });
  if (!ok) return 1;
  const folder = join(root, 'docs', 'pictures');
  await mkdir(folder, { recursive: true });
  for (const name of names) await copyFile(join(outDir, 'screenshots', `readme-${name}.png`), join(folder, `${name}.png`));
  console.log(`The pictures are in ${folder}.`);
  return 0;
});
