import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import * as esbuild from 'esbuild';
import { outDir, root } from './scripts/paths.mjs';

/**
 * Builds everything that runs in VS Code: `node esbuild.mjs [--production | --tests | --watch]`.
 *
 * dist/extension.cjs        what VS Code loads and waits for
 * dist/app.js               the code that every start loads afterwards
 * dist/chunks/NAME-HASH.js  code loaded on first use, and code shared by several chunks
 * dist/webview/NAME.js      script of a webview's page (create, details), and NAME.css, its style sheet
 * out/integration/          tests for the extension host and their entry index.cjs (only with --tests)
 * out/meta.json             esbuild's metafile, read by the size checks and the licence notices
 */

/** @param {boolean} production */
function appOptions(production) {
  return /** @type {const} @satisfies {import('esbuild').BuildOptions} */ ({
    absWorkingDir: root,
    bundle: true,
    entryPoints: { 'dist/app': 'src/app.ts' },
    outdir: '.',
    chunkNames: 'dist/chunks/[name]-[hash]',
    platform: 'node',
    target: 'node20',
    // VS Code loads ES modules since 1.100, so a dynamic import becomes a chunk that is loaded on first use.
    format: 'esm',
    splitting: true,
    external: ['vscode'],
    // Its Node build is CommonJS and calls `require`, which an ES module does not have.
    alias: { '@vscode/l10n': '@vscode/l10n/dist/browser.js' },
    minify: production,
    sourcemap: production ? false : 'linked',
    metafile: true,
    logLevel: 'info',
  });
}

/**
 * The entry is CommonJS, which VS Code loads in half the time of an ES module.
 * @param {boolean} production
 */
function entryOptions(production) {
  return /** @type {const} @satisfies {import('esbuild').BuildOptions} */ ({
    ...appOptions(production),
    entryPoints: { 'dist/extension': 'src/extension.ts' },
    outExtension: { '.js': '.cjs' },
    format: 'cjs',
    splitting: false,
    external: ['vscode', './app.js'],
  });
}

/** @param {boolean} production */
function webviewOptions(production) {
  return /** @type {const} @satisfies {import('esbuild').BuildOptions} */ ({
    ...appOptions(production),
    entryPoints: {
      'dist/webview/create': 'src/webviews/create/page/main.ts',
      'dist/webview/details': 'src/webviews/details/page/main.ts',
    },
    platform: 'browser',
    target: 'es2022',
    format: 'iife',
    splitting: false,
    external: [],
  });
}

/**
 * Bundles each test file separately as an ES module, like the extension: VS Code gives CommonJS and ES modules different
 * API objects. The entry is CommonJS because VS Code loads it with `require`. Mocha stays external because it loads its
 * reporters by name.
 */
async function integrationTestOptions() {
  const files = await readdir(join(root, 'test', 'integration'), { recursive: true });
  const names = files
    .filter((file) => file.endsWith('.test.ts'))
    .map((file) => file.replaceAll('\\', '/').replace(/\.ts$/, ''));
  const common = { ...appOptions(false), splitting: false, external: ['vscode', 'mocha'] };
  return /** @satisfies {esbuild.BuildOptions[]} */ ([
    {
      ...common,
      entryPoints: Object.fromEntries(
        names.map((name) => [`out/integration/${name}`, `test/integration/${name}.ts`]),
      ),
      outExtension: { '.js': '.mjs' },
    },
    {
      ...common,
      entryPoints: { 'out/integration/index': 'test/integration/index.ts' },
      outExtension: { '.js': '.cjs' },
      format: 'cjs',
    },
  ]);
}

/**
 * @param {{ production?: boolean }} [options]
 * @returns the metafile of all bundles, which is also in out/meta.json
 */
export async function buildExtension({ production = false } = {}) {
  // A production build must not ship files left by an earlier build.
  if (production) await rm(join(root, 'dist'), { recursive: true, force: true });
  const { metafile } = await esbuild.build(appOptions(production));
  for (const options of [entryOptions(production), webviewOptions(production)]) {
    const { inputs, outputs } = (await esbuild.build(options)).metafile;
    Object.assign(metafile.inputs, inputs);
    Object.assign(metafile.outputs, outputs);
  }
  await mkdir(outDir, { recursive: true });
  await writeFile(join(outDir, 'meta.json'), JSON.stringify(metafile));
  return metafile;
}

export async function buildIntegrationTests() {
  // Bundles of renamed or deleted tests must not run again.
  await rm(join(outDir, 'integration'), { recursive: true, force: true });
  for (const options of await integrationTestOptions()) await esbuild.build(options);
}

/** .vscode/tasks.json waits for esbuild's "[watch] build finished" before F5 continues. */
async function watch() {
  for (const options of [
    appOptions(false),
    entryOptions(false),
    webviewOptions(false),
    ...(await integrationTestOptions()),
  ]) {
    await (await esbuild.context(options)).watch();
  }
}

if (process.argv[1] && pathToFileURL(process.argv[1]).href === import.meta.url) {
  const flags = new Set(process.argv.slice(2));
  if (flags.has('--watch')) await watch();
  else if (flags.has('--tests')) await buildIntegrationTests();
  else await buildExtension({ production: flags.has('--production') });
}
