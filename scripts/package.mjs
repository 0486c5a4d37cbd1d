import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import process from 'node:process';
import { createVSIX } from '@vscode/vsce';
import { buildExtension } from '../esbuild.mjs';
import { noticesFile, noticesText } from './notices.mjs';
import { root, vsixPath } from './paths.mjs';
import { isMain, runScript } from './runScript.mjs';

/**
 * Builds for production and writes dist/vps-org.vsix: `npm run package`. vsce lists the packaged files with their sizes.
 *
 * With `--update-notices` it also rewrites ThirdPartyNotices.txt. Tests package without it, so that they change no file
 * under version control and report an outdated one.
 */

/** @param {{ updateNotices?: boolean }} [options] */
export async function packageExtension({ updateNotices = false } = {}) {
  const metafile = await buildExtension({ production: true });
  if (updateNotices) await writeFile(noticesFile, await noticesText(metafile));
  await mkdir(dirname(vsixPath), { recursive: true });
  await createVSIX({
    cwd: root,
    packagePath: vsixPath,
    // The bundles contain every dependency.
    dependencies: false,
  });
}

if (isMain(import.meta.url)) {
  await runScript(() =>
    packageExtension({ updateNotices: process.argv.includes('--update-notices') }),
  );
}
