import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { outDir, root } from './paths.mjs';
import { runScript } from './runScript.mjs';
import { runTier } from './tiers.mjs';

/** Takes the README's screenshots in the newest VS Code that the tests use: `npm run pictures`. */

/** Files in docs/pictures, each with its screenshot. */
const pictures = {
  welcome: 'readme-welcome',
  details: 'readme-details',
  menu: 'readme-menu',
  create: 'readme-create',
  fleet: 'readme-fleet',
  question: 'readme-question',
  organize: 'readme-organize',
  terminal: 'ssh-terminal',
  'host-key': 'ssh-key-changed',
};
const folder = join(root, 'docs', 'pictures');

await runScript(async () => {
  if (!(await runTier('package')).ok) return 1;
  if (!(await runTier('pictures')).ok) return 1;
  if (!(await runTier('newest', { extraArgs: ['--grep', 'SSH with a real server'] })).ok) return 1;
  await mkdir(folder, { recursive: true });
  for (const [name, screenshot] of Object.entries(pictures))
    await copyFile(join(outDir, 'screenshots', `${screenshot}.png`), join(folder, `${name}.png`));
  console.log(`The pictures are in ${folder}.`);
  return 0;
});
