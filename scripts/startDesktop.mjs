import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { cacheDir, root } from './paths.mjs';

/** `npm start -- --desktop`: the VS Code that is installed on this machine, with a profile of its own. */

/**
 * @param {string} folder to open
 * @throws {Error} when there is no `code` command
 */
export async function startDesktop(folder) {
  const profile = join(cacheDir, 'desktop-data');
  await mkdir(profile, { recursive: true });
  const args = [
    `--extensionDevelopmentPath=${root}`,
    `--user-data-dir=${join(profile, 'user')}`,
    `--extensions-dir=${join(profile, 'extensions')}`,
    '--new-window',
    folder,
  ];
  // Not one of the processes that end with this script: `code` leaves a window behind, which is the person's to close. On
  // Windows `code` is a batch file, which needs a shell, which needs quotes.
  const child =
    process.platform === 'win32'
      ? spawn('code', args.map((argument) => `"${argument}"`), { shell: true, stdio: 'inherit' })
      : spawn('code', args, { stdio: 'inherit' });
  const [code] = await once(child, 'exit').catch(() => [127]);
  if (code === 0) return;
  throw new Error(
    'VS Code could not be started with the command "code". ' +
      'Install VS Code and run "Shell Command: Install \'code\' command in PATH" from its palette, or use "npm start" ' +
      'without --desktop.',
  );
}
