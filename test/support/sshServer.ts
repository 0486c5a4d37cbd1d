import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createConnection, createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { endProcess, mustRun, onInterrupt, startProcess } from '../../scripts/processes.mjs';
import { findSshd } from '../../scripts/sshd.mjs';
import { waitUntil } from './workbenchWait.ts';

/**
 * A real OpenSSH server on loopback, with keys of its own. The person who started it can log in with `identityFile`, and gets
 * an empty home folder.
 */
export interface SshServer {
  readonly port: number;
  readonly user: string;
  readonly identityFile: string;
  /** A folder for the test's own files, removed with the server. */
  readonly dir: string;
  /** The fingerprint of the host key. */
  fingerprint(): Promise<string>;
  /** Starts again on the same port with a new host key, as after a server was created again. */
  recreate(): Promise<void>;
  /** Stops listening. `recreate` starts it again. */
  stop(): Promise<void>;
  /** Stops and removes all files. */
  close(): Promise<void>;
}

/** A running server, or a sentence that says why there is none. */
export async function startSshServer(): Promise<SshServer | string> {
  const sshd = await findSshd();
  if (typeof sshd === 'string') {
    return sshd;
  }
  const dir = await mkdtemp(join(tmpdir(), 'vps-org-sshd-'));
  const path = (name: string): string => join(dir, name);
  const port = await freePort();
  const { username: user, uid } = userInfo();
  const makeKey = async (name: string): Promise<void> => {
    await Promise.all([name, `${name}.pub`].map((each) => rm(path(each), { force: true })));
    await mustRun('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', '', '-f', path(name)]);
  };
  await makeKey('identity');
  await mkdir(path('home'));
  await writeFile(path('authorized_keys'), await readFile(path('identity.pub')), { mode: 0o600 });
  await writeFile(path('sshd_config'), configText(dir, port));
  // Where root runs the tests, sshd wants a user and a folder that only an installed package brings. It gets them in a mount
  // namespace of its own, so the system stays as it is.
  await writeFile(path('passwd'), await passwdText());
  await writeFile(path('start.sh'), startScript);
  await chmod(path('start.sh'), 0o700);
  const command = [sshd.path, '-D', '-e', '-f', path('sshd_config')];
  const isRoot = uid === 0 && process.platform === 'linux';
  const [program = '', ...args] = isRoot
    ? ['unshare', '--mount', path('start.sh'), path('passwd'), ...command]
    : command;

  let running: ReturnType<typeof startProcess> | undefined;
  let output = '';
  const stop = async (): Promise<void> => {
    const child = running;
    running = undefined;
    if (child) {
      await endProcess(child);
    }
  };
  const recreate = async (): Promise<void> => {
    await stop();
    await makeKey('host_key');
    output = '';
    const child = startProcess(program, args, {
      env: { ...process.env, LD_LIBRARY_PATH: sshd.libraryPath ?? '' },
    });
    running = child;
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    await waitUntil(async () => child.exitCode !== null || (await answers(port)), 'sshd');
    if (child.exitCode !== null) {
      throw new Error(`sshd ended at once.\n${output}`);
    }
  };
  const close = async (): Promise<void> => {
    keepOnInterrupt();
    await stop();
    await rm(dir, { recursive: true, force: true });
  };
  const keepOnInterrupt = onInterrupt(close);
  try {
    await recreate();
  } catch (error) {
    await close();
    throw error;
  }
  return {
    port,
    user,
    identityFile: path('identity'),
    dir,
    fingerprint: async () => {
      const line = await mustRun('ssh-keygen', ['-l', '-f', path('host_key.pub')]);
      return line.split(' ')[1] ?? '';
    },
    recreate,
    stop,
    close,
  };
}

const startScript = `#!/bin/sh
set -e
mount --bind "$1" /etc/passwd
mount -t tmpfs -o mode=755 tmpfs /run
mkdir /run/sshd
shift
exec "$@"
`;

function configText(dir: string, port: number): string {
  return `ListenAddress 127.0.0.1
Port ${port}
HostKey ${dir}/host_key
AuthorizedKeysFile ${dir}/authorized_keys
PidFile ${dir}/sshd.pid
SetEnv HOME=${dir}/home
StrictModes no
UsePAM no
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin prohibit-password
MaxStartups 100
`;
}

async function passwdText(): Promise<string> {
  const text = await readFile('/etc/passwd', 'utf8').catch(() => '');
  return /^sshd:/mu.test(text)
    ? text
    : `${text.trimEnd()}\nsshd:x:65533:65534::/run/sshd:/usr/sbin/nologin\n`;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Whether the port sends something. */
async function answers(port: number): Promise<boolean> {
  const socket = createConnection({ host: '127.0.0.1', port });
  try {
    await once(socket, 'data');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
