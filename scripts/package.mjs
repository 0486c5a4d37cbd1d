import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ensureDependencies, isMain, runScript } from './setup.mjs';
import { outDir, root, vsixPath } from './paths.mjs';

/** Builds for production and writes dist/vps-org.vsix: `npm run package`. vsce prints what is in it, with sizes. */

/** What goes into the package, as it is there. */
const stage = join(outDir, 'package');

/**
 * VS Code shows no pictures and follows no links of a README that are relative to it, and there is no public place that they
 * could point to. So the shipped one has the pictures left out, links to files as text, and nothing for developers.
 * @param {string} text
 */
function shippedReadme(text) {
  const shipped = text
    .replace(/^!\[[^\]]*\]\((?!https:)[^)]*\)\n+/gmu, '')
    .replace(/\[([^\]]*)\]\((?!https:)[^)]*\)/gu, '$1')
    .replace(/^## For developers\n[^]*?(?=^## |$(?![^]))/gmu, '');
  return `${shipped.trimEnd()}\n`;
}

/**
 * Nobody who uses the extension needs what it was made with.
 * @param {string} text
 */
function shippedManifest(text) {
  const forDevelopers = ['scripts', 'devDependencies'];
  return JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(text)).filter(([key]) => !forDevelopers.includes(key))));
}

/** @type {Record<string, (text: string) => string>} */
const rewritten = { 'README.md': shippedReadme, 'package.json': shippedManifest };

export async function packageExtension() {
  await ensureDependencies();
  const { buildExtension } = await import('../esbuild.mjs');
  const { createVSIX, listFiles, PackageManager } = await import('@vscode/vsce');
  await buildExtension({ production: true });
  await rm(stage, { recursive: true, force: true });
  for (const file of await listFiles({ cwd: root, packageManager: PackageManager.None })) {
    const target = join(stage, file);
    await mkdir(dirname(target), { recursive: true });
    const rewrite = rewritten[file];
    if (rewrite) await writeFile(target, rewrite(await readFile(join(root, file), 'utf8')));
    else await cp(join(root, file), target);
  }
  // All that is left goes in.
  await writeFile(join(stage, '.vscodeignore'), '');
  await mkdir(dirname(vsixPath), { recursive: true });
  await createVSIX({
    cwd: stage,
    packagePath: vsixPath,
    // Everything that the extension needs is in its bundle.
    dependencies: false,
    allowMissingRepository: true,
    rewriteRelativeLinks: false,
  });
}

if (isMain(import.meta.url)) await runScript(packageExtension);
