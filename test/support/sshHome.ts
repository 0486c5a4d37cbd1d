import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { run } from '../../scripts/processes.mjs';

/**
 * A home folder for a test, with programs of OpenSSH that use it. They find the home folder in the system's list of users and
 * not in HOME, so each gets a list of its own, in a mount namespace of its own.
 */
export interface SshHome {
  readonly path: string;
  /** An environment in which HOME is this folder, and `ssh` and `ssh-keygen` use it. */
  readonly env: NodeJS.ProcessEnv;
  remove(): Promise<void>;
}

const programs = ['ssh', 'ssh-keygen'];

/** An empty home folder, or a sentence that says why this system cannot have one. */
export async function makeSshHome(): Promise<SshHome | string> {
  if (process.platform !== 'linux') {
    return 'A home folder of its own for ssh needs Linux.';
  }
  const namespace = ['--mount', ...(userInfo().uid === 0 ? [] : ['--user', '--map-root-user'])];
  if ((await run('unshare', [...namespace, 'true'])).code !== 0) {
    return 'A home folder of its own for ssh needs namespaces, which this system does not allow.';
  }
  const path = await mkdtemp(join(tmpdir(), 'vps-org-home-'));
  const bin = join(path, 'bin');
  await mkdir(bin);
  await writeFile(join(path, 'passwd'), `root:x:0:0:root:${path}:/bin/sh\n`);
  const writeScript = async (name: string, text: string): Promise<void> => {
    await writeFile(join(bin, name), text);
    await chmod(join(bin, name), 0o700);
  };
  await writeScript(
    'in-namespace',
    `#!/bin/sh\nset -e\nmount --bind "${path}/passwd" /etc/passwd\nexec "$@"\n`,
  );
  for (const name of programs) {
    await writeScript(
      name,
      `#!/bin/sh\nexec unshare ${namespace.join(' ')} "${bin}/in-namespace" /usr/bin/${name} "$@"\n`,
    );
  }
  const searchPath = `${bin}:${process.env.PATH ?? ''}`;
  // VS Code reads the environment of a login shell.
  await writeFile(join(path, '.profile'), `PATH='${searchPath}'\nexport PATH\n`);
  const env: NodeJS.ProcessEnv = { ...process.env, HOME: path, PATH: searchPath, SHELL: '/bin/sh' };
  delete env.SSH_AUTH_SOCK;
  return { path, env, remove: () => rm(path, { recursive: true, force: true }) };
}
