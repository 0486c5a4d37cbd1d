import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import process from 'node:process';
import { withLock } from './lock.mjs';
import { cacheDir } from './paths.mjs';
import { run } from './processes.mjs';

/**
 * Finds an OpenSSH server for the tests. Where the system has none, the packages of Debian and Ubuntu are unpacked into the
 * cache; nothing is installed and no service is started.
 */

/**
 * @typedef {object} Sshd
 * @property {string} path
 * @property {string} [libraryPath] folders with libraries that the system lacks, for LD_LIBRARY_PATH
 */

const packages = ['openssh-server', 'libwrap0'];
const usual = ['/usr/sbin/sshd', '/usr/local/sbin/sshd', '/opt/homebrew/sbin/sshd'];
const folder = join(cacheDir, 'sshd');

/** @returns {Promise<Sshd | string>} a sentence that says what is missing, where there is none */
export async function findSshd() {
  if (process.platform === 'win32')
    return 'The SSH tests need an OpenSSH server on Linux or macOS.';
  const installed = usual.find((path) => existsSync(path));
  if (installed) return { path: installed };
  const problem = await withLock(join(cacheDir, 'sshd.lock'), ensureUnpacked);
  if (problem) return problem;
  const lib = join(folder, 'usr', 'lib');
  const multiarch = (await readdir(lib)).filter((name) => name.includes('-linux-'));
  return {
    path: join(folder, 'usr', 'sbin', 'sshd'),
    libraryPath: multiarch.map((name) => join(lib, name)).join(delimiter),
  };
}

/** @returns {Promise<string | undefined>} why it failed */
async function ensureUnpacked() {
  if (existsSync(folder)) return undefined;
  const staging = `${folder}-${process.pid}`;
  await rm(staging, { recursive: true, force: true });
  await mkdir(staging, { recursive: true });
  try {
    for (const name of packages) {
      const download = await run('apt-get', ['download', name], { cwd: staging });
      // Newer systems do not need libwrap0 and may not have it.
      if (download.code !== 0 && name === packages[0])
        return `There is no OpenSSH server, and it could not be downloaded. Install the package "openssh-server".\n${download.output}`;
    }
    for (const file of await readdir(staging)) {
      if (!file.endsWith('.deb')) continue;
      const { code, output } = await run('dpkg-deb', ['-x', file, '.'], { cwd: staging });
      if (code !== 0) return `The package ${file} could not be unpacked.\n${output}`;
      await rm(join(staging, file));
    }
    await rename(staging, folder);
    return undefined;
  } catch {
    return 'There is no OpenSSH server. Install the package "openssh-server".';
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}
