import { join } from 'node:path';
import process from 'node:process';
import { build } from 'esbuild';
import { packageExtension } from './package.mjs';
import { outDir, root } from './paths.mjs';
import { run } from './processes.mjs';
import { runScript } from './runScript.mjs';

/** Measures speed and memory: `npm run bench`. With `-- --write` it updates the table in docs/performance.md. */

/** Bundles and minifies the list code as it ships, with a stub of VS Code's API. */
async function bundleLists() {
  const outfile = join(outDir, 'bench', 'lists.mjs');
  await build({
    entryPoints: [join(root, 'test', 'bench', 'lists.ts')],
    outfile,
    alias: {
      vscode: join(root, 'test', 'support', 'vscodeStub.ts'),
      // Its Node build is CommonJS, which needs a `require` that ES modules lack.
      '@vscode/l10n': '@vscode/l10n/dist/browser.js',
    },
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'warning',
  });
  return outfile;
}

await runScript(async () => {
  await packageExtension();
  const args = ['--import', 'tsx', 'test/bench/main.ts', ...process.argv.slice(2)];
  const env = { ...process.env, VPS_BENCH_LISTS: await bundleLists() };
  return (await run(process.execPath, args, { cwd: root, env, output: 'inherit' })).code;
});
