import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import * as esbuild from 'esbuild';
import { minify } from 'terser';
import { outDir, root } from './scripts/paths.mjs';

/**
 * Builds what runs in VS Code: `node esbuild.mjs [--production | --tests | --watch]`.
 *
 * dist/extension.js         the extension: what a start needs
 * dist/chunks/NAME-HASH.js  what is read in on first use (client, panels, export, sample account), and what those share
 * dist/webview/main.js      the script of both panels, and main.css, their style sheet
 * out/integration/          the tests that run inside the extension host, and their entry index.cjs (only with --tests)
 * out/meta.json             what went into each of them, for the checks of sizes
 */

/**
 * node-fetch can send and read forms, files, blobs and data addresses, for which it brings implementations of its own and
 * with them a copy of web streams: two thirds of its size. The VPS.org API speaks JSON alone, so they stay out of the bundle.
 * What node-fetch still asks of them, "is this body one of yours?", is answered with no. Neither is there a page that a request
 * could be referred from: what works out the Referer header stays out, too, and says that there is none.
 * @type {import('esbuild').Plugin}
 */
const withoutFormsAndBlobs = {
  name: 'without-forms-and-blobs',
  setup(build) {
    const stubs = 'forms-and-blobs';
    const noReferrer = 'no-referrer';
    build.onResolve({ filter: /\/utils\/referrer\.js$/ }, ({ path, importer }) =>
      /[\\/]node-fetch[\\/]/.test(importer) ? { path, namespace: noReferrer, sideEffects: false } : undefined,
    );
    build.onLoad({ filter: /.*/, namespace: noReferrer }, () => ({
      contents: `
        export const DEFAULT_REFERRER_POLICY = '';
        export const validateReferrerPolicy = (policy) => policy;
        export const determineRequestsReferrer = () => 'no-referrer';
        export const parseReferrerPolicyFromHeader = () => '';
      `,
    }));
    // A form in a reply is read by a part that would be loaded on first use, and there is none.
    build.onLoad({ filter: /[\\/]node-fetch[\\/]src[\\/]body\.js$/ }, async ({ path }) => ({
      contents: (await readFile(path, 'utf8')).replace("await import('./utils/multipart-parser.js')", '{}'),
    }));
    build.onResolve({ filter: /^(fetch-blob|formdata-polyfill|data-uri-to-buffer)(\/|$)/ }, ({ path, importer }) =>
      /[\\/]node-fetch[\\/]/.test(importer) ? { path, namespace: stubs, sideEffects: false } : undefined,
    );
    build.onLoad({ filter: /.*/, namespace: stubs }, ({ path }) => ({
      contents: `
        const refuse = () => { throw new Error(${JSON.stringify(`"${path}" is left out of this bundle.`)}); };
        export class Blob { constructor() { refuse(); } }
        export class File { constructor() { refuse(); } }
        export class FormData { constructor() { refuse(); } }
        export { Blob as default, refuse as formDataToBlob, refuse as toFormData, refuse as blobFrom, refuse as blobFromSync,
          refuse as fileFrom, refuse as fileFromSync };
      `,
    }));
  },
};

/**
 * Every file that imports VS Code's API would give it a name of its own: with dozens of files that is felt in the size. Here
 * they all share one.
 * @type {import('esbuild').Plugin}
 */
const vscodeOnce = {
  name: 'vscode-once',
  setup(build) {
    const shared = 'vscode-once';
    build.onResolve({ filter: /^vscode-once$/ }, ({ path }) => ({ path, namespace: shared }));
    build.onLoad({ filter: /.*/, namespace: shared }, () => ({
      contents: "import * as vscode from 'vscode'; export { vscode };",
      resolveDir: root,
    }));
    // What stands alone at the start keeps its own.
    build.onLoad({ filter: /[\\/]src[\\/].+[\\/].*\.ts$|[\\/]app\w*\.ts$/ }, async ({ path }) => ({
      contents: (await readFile(path, 'utf8')).replace(
        "import * as vscode from 'vscode';",
        "import { vscode } from 'vscode-once';",
      ),
      loader: 'ts',
    }));
  },
};

/** @param {boolean} production */
function extensionOptions(production) {
  return /** @type {const} @satisfies {import('esbuild').BuildOptions} */ ({
    absWorkingDir: root,
    bundle: true,
    entryPoints: { 'dist/extension': 'src/extension.ts' },
    outdir: '.',
    chunkNames: 'dist/chunks/[name]-[hash]',
    platform: 'node',
    target: 'node20',
    // VS Code loads ES modules since 1.100. What is imported on first use thereby becomes a file of its own.
    format: 'esm',
    splitting: true,
    external: ['vscode'],
    plugins: [withoutFormsAndBlobs, vscodeOnce],
    minify: production,
    sourcemap: production ? false : 'linked',
    metafile: true,
    logLevel: 'info',
    legalComments: 'none',
  });
}

/** @param {boolean} production */
function webviewOptions(production) {
  return /** @type {const} @satisfies {import('esbuild').BuildOptions} */ ({
    ...extensionOptions(production),
    entryPoints: { 'dist/webview/main': 'src/webview/main.ts' },
    platform: 'browser',
    target: 'es2022',
    format: 'iife',
    splitting: false,
    external: [],
    plugins: [],
  });
}

/**
 * Each file of tests for itself, as an ES module like the extension: VS Code gives modules of the two kinds an API of their
 * own. The entry is CommonJS, which is how VS Code asks for it. Mocha stays outside: it loads its reporters by name.
 */
async function integrationTestOptions() {
  const files = await readdir(join(root, 'test', 'integration'), { recursive: true });
  const names = files.filter((file) => file.endsWith('.test.ts')).map((file) => file.replaceAll('\\', '/').replace(/\.ts$/, ''));
  const common = { ...extensionOptions(false), splitting: false, external: ['vscode', 'mocha'] };
  return /** @satisfies {esbuild.BuildOptions[]} */ ([
    {
      ...common,
      entryPoints: Object.fromEntries(names.map((name) => [`out/integration/${name}`, `test/integration/${name}.ts`])),
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
 * esbuild's own minifier is quick and goes over a file once; what a second one finds after it is 2 % of the package.
 * @param {import('esbuild').Metafile} metafile
 */
async function minifyAgain(metafile) {
  for (const file of Object.keys(metafile.outputs).filter((output) => output.endsWith('.js'))) {
    const path = join(root, file);
    const options = { module: !file.includes('webview'), ecma: /** @type {const} */ (2020), compress: { passes: 3 } };
    const { code } = await minify(await readFile(path, 'utf8'), options);
    if (code) await writeFile(path, code);
  }
}

/** @param {{ production?: boolean }} [options] */
export async function buildExtension({ production = false } = {}) {
  // A production build must not ship the source maps and the panels of an earlier one.
  if (production) await rm(join(root, 'dist'), { recursive: true, force: true });
  const extension = await esbuild.build(extensionOptions(production));
  const { metafile } = extension;
  const webview = (await esbuild.build(webviewOptions(production))).metafile;
  Object.assign(metafile.inputs, webview.inputs);
  Object.assign(metafile.outputs, webview.outputs);
  if (production) await minifyAgain(metafile);
  await mkdir(outDir, { recursive: true });
  await writeFile(join(outDir, 'meta.json'), JSON.stringify(metafile));
}

export async function buildIntegrationTests() {
  // Tests that were renamed or deleted must not run again.
  await rm(join(outDir, 'integration'), { recursive: true, force: true });
  for (const options of await integrationTestOptions()) await esbuild.build(options);
}

/** esbuild says "[watch] build started" and "[watch] build finished": .vscode/tasks.json knows from that when F5 may go on. */
async function watch() {
  for (const options of [extensionOptions(false), webviewOptions(false), ...(await integrationTestOptions())]) {
    await (await esbuild.context(options)).watch();
  }
}

if (process.argv[1] && pathToFileURL(process.argv[1]).href === import.meta.url) {
  const flags = new Set(process.argv.slice(2));
  if (flags.has('--watch')) await watch();
  else if (flags.has('--tests')) await buildIntegrationTests();
  else await buildExtension({ production: flags.has('--production') });
}
