import process from 'node:process';
import { root } from './paths.mjs';
import { run } from './processes.mjs';
import { ensureDependencies, runScript } from './setup.mjs';

/** Two windows, other people and a bad network for some minutes: `npm run soak [-- --minutes 3 --seed 7]`. */

await runScript(async () => {
  await ensureDependencies();
  const args = ['--expose-gc', '--import', 'tsx', 'test/soak/main.ts', ...process.argv.slice(2)];
  return (await run(process.execPath, args, { cwd: root, output: 'inherit' })).code ?? 1;
});
