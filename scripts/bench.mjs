import { join } from 'node:path';
import process from 'node:process';
import { packageExtension } from './package.mjs';
import { outDir, root } from './paths.mjs';
import { run } from './processes.mjs';
import { ensureDependencies, runScript } from './setup.mjs';

/** How fast and how frugal the extension is: `npm run bench`. With `-- --write` the table goes into docs/performance.md. */

/** Measured as it ships: bundled and made small, with as much of VS Code as making rows takes. */
async function bundleLists() {
  const { build } = await import('esbuild');
  const outfile = join(outDir, 'bench', 'lists.mjs');
  await build({
    ...{ entryPoints: [join(root, 'test', 'bench', 'lists.ts')], outfile, alias: { vscode: join(root, 'test', 'support', 'vscodeStub.ts') } },
    ...{ bundle: true, minify: true, platform: 'node', format: 'esm', target: 'node20', logLevel: 'warning' },
  });
  return outfile;
}

await runScript(async () => {
  await ensureDependencies();
  await packageExtension();
  process.env['VPS_BENCH_LISTS'] = await bundleLists();
  const args = ['--import', 'tsx', 'test/bench/main.ts', ...process.argv.slice(2)];
  return (await run(process.execPath, args, { cwd: root, output: 'inherit' })).code ?? 1;
});
