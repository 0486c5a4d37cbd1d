import assert from 'node:assert/strict';
import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../../scripts/processes.mjs';
import { readExitReason } from '../../src/ssh/exitReason.ts';
import type { ExitReason } from '../../src/ssh/exitReason.ts';
import { defaultProfile, sshArguments } from '../../src/ssh/profile.ts';
import type { SshProfile } from '../../src/ssh/profile.ts';
import { makeSshHome, type SshHome } from '../support/sshHome.ts';
import { startSshServer, type SshServer } from '../support/sshServer.ts';

describe('The reason why the real ssh ended', function () {
  let server: SshServer;
  let home: SshHome;
  let config = '';

  before('start sshd', async function () {
    this.timeout(120_000);
    const found = await makeSshHome();
    if (typeof found === 'string') {
      console.log(`      ${found}`);
      this.skip();
    }
    home = found;
    const started = await startSshServer();
    if (typeof started === 'string') {
      throw new Error(started);
    }
    server = started;
    config = join(home.path, '.ssh', 'config');
  });

  beforeEach('start with an empty folder', async () => {
    await rm(join(home.path, '.ssh'), { recursive: true, force: true });
    await mkdir(join(home.path, '.ssh'), { mode: 0o700 });
  });

  after('stop sshd', async () => {
    await server?.close();
    await home?.remove();
  });

  /** Connects with the arguments of a terminal. "connected" after success. */
  async function connect(
    profile: Partial<SshProfile> = {},
  ): Promise<ExitReason | 'connected' | undefined> {
    const { port, user, identityFile } = server;
    const target = { ...defaultProfile, host: '127.0.0.1', port, user, identityFile, ...profile };
    const log = join(home.path, 'log');
    await rm(log, { force: true });
    const options = ['-o', 'StrictHostKeyChecking=accept-new', '-o', 'BatchMode=yes'];
    const { code } = await run('ssh', ['-E', log, ...options, ...sshArguments(target), 'true'], {
      env: home.env,
    });
    return code === 0 ? 'connected' : readExitReason(await readFile(log, 'utf8'));
  }

  it('is none where it connects, whatever the config is', async () => {
    for (const text of [
      'Host *\r\n  ServerAliveInterval 9\r\n',
      'Match exec "false"\n  User nobody\n',
      `Host x\n${'  # A comment.\n'.repeat(70_000)}`,
    ]) {
      await writeFile(config, text);
      assert.equal(await connect(), 'connected', text.slice(0, 40));
    }
    await rm(config);
    await mkdir(config);
    assert.equal(await connect(), 'connected');
  });

  it('is the config where ssh cannot use it', async () => {
    for (const text of [
      'Bogus yes\n',
      'Host *\n  Port abc\n',
      'Include config\n',
      '\ufeffHost x\n',
    ]) {
      await writeFile(config, text);
      assert.equal(await connect(), 'badSettings', text);
    }
    await writeFile(config, 'Host x\n');
    await chmod(config, 0o666);
    assert.equal(await connect(), 'badSettings');
  });

  it('is the sign-in with a wrong user or identity file', async () => {
    const open = join(home.path, 'open');
    await writeFile(open, await readFile(server.identityFile), { mode: 0o600 });
    assert.equal(await connect({ identityFile: open }), 'connected');
    await chmod(open, 0o644);
    for (const profile of [
      { user: 'no-such-user' },
      { identityFile: '/nowhere/key' },
      { identityFile: open },
      { identityFile: '/etc/passwd' },
    ]) {
      assert.equal(await connect(profile), 'permissionDenied', JSON.stringify(profile));
    }
  });

  it('is the number of keys that are offered', async () => {
    const keys = Array.from({ length: 7 }, (_, index) => join(home.path, `key-${index}`));
    for (const key of keys) {
      await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', key]);
    }
    await writeFile(config, keys.map((key) => `IdentityFile ${key}\n`).join(''));
    assert.equal(await connect({ identityFile: undefined }), 'tooManyKeys');
    assert.equal(await connect(), 'connected');
  });

  it('is the port, the jump host or the changed key', async () => {
    assert.equal(await connect({ port: 1 }), 'refused');
    for (const jumpHost of ['127.0.0.1:1', 'no-such-host.invalid']) {
      assert.equal(await connect({ jumpHost }), 'jumpHostFailed', jumpHost);
    }
    assert.equal(await connect(), 'connected');
    await server.recreate();
    assert.equal(await connect(), 'hostKeyChanged');
  });
});
