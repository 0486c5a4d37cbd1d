import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from './paths.mjs';

/** Generates ThirdPartyNotices.txt: name, version and licence text of every package in the bundles. */

export const noticesFile = join(root, 'ThirdPartyNotices.txt');

/** Licence texts of packages that are published without a licence file: `scope-name.txt`. */
const licencesDir = join(root, 'scripts', 'licences');

const header = `Third-party notices

VPS.org Servers contains code from the packages below. "npm run package" generates this file.
`;

/**
 * @param {Pick<import('esbuild').Metafile, 'outputs'>} metafile of a production build
 * @returns {string[]} sorted names of the packages that contribute code
 */
export function bundledPackages({ outputs }) {
  const inputs = Object.values(outputs).flatMap((output) =>
    Object.entries(output.inputs)
      .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
      .map(([path]) => path),
  );
  const names = inputs.flatMap(
    (path) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? [],
  );
  return [...new Set(names)].toSorted();
}

/**
 * @param {Pick<import('esbuild').Metafile, 'outputs'>} metafile of a production build
 * @throws {Error} when a package has no licence text
 */
export async function noticesText(metafile) {
  const notices = await Promise.all(bundledPackages(metafile).map(notice));
  return [header, ...notices].join(`\n${'-'.repeat(80)}\n\n`);
}

/** @param {string} name of a package */
async function notice(name) {
  const folder = join(root, 'node_modules', name);
  const { version, license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  const text = (await readFile(await licenceFile(name, folder), 'utf8')).replaceAll('\r\n', '\n');
  return `${name} ${version} (${license})\n\n${text.trim()}\n`;
}

/**
 * @param {string} name
 * @param {string} folder
 */
async function licenceFile(name, folder) {
  const own = (await readdir(folder)).find((file) => /^licen[cs]e(?:\.(?:md|txt))?$/i.test(file));
  if (own) return join(folder, own);
  const substitute = join(licencesDir, `${name.replace('@', '').replace('/', '-')}.txt`);
  if (existsSync(substitute)) return substitute;
  throw new Error(`"${name}" has no licence file. Add its licence text as ${substitute}.`);
}
