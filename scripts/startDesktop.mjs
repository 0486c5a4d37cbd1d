import { join } from 'node:path';
import { execa } from 'execa';
import { cacheDir, root } from './paths.mjs';
import { makePrivateDir } from './privateFiles.mjs';

/**
 * Starts the installed desktop VS Code with the extension and a separate profile: `npm start -- --desktop`. The window
 * stays open when the script ends.
 * @param {string} folder to open
 * @throws {Error} when there is no `code` command
 */
export async function startDesktop(folder) {
  const profile = join(cacheDir, 'desktop-data');
  await makePrivateDir(profile);
  const { exitCode } = await execa(
    'code',
    [
      `--extensionDevelopmentPath=${root}`,
      `--user-data-dir=${join(profile, 'user')}`,
      `--extensions-dir=${join(profile, 'extensions')}`,
      '--new-window',
      folder,
    ],
    { stdio: 'inherit', reject: false, cleanup: false },
  );
  if (exitCode === 0) return;
  throw new Error(
    'VS Code could not be started with the command "code". Install VS Code and run "Shell Command: Install \'code\' ' +
      'command in PATH" from its command palette, or use "npm start" without --desktop.',
  );
}
