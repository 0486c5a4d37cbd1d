import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { includeLine, toConfigText } from '../../../src/ssh/configText.ts';
import type { ConfigEntry } from '../../../src/ssh/configText.ts';
import { FolderError } from '../../../src/ssh/folderError.ts';
import type { FolderProblem } from '../../../src/ssh/folderError.ts';
import { defaultProfile } from '../../../src/ssh/profile.ts';
import { SshFolder } from '../../../src/ssh/sshFolder.ts';

const entry: ConfigEntry = {
  alias: 'web-1.vps',
  name: 'web-1',
  target: {
    ...defaultProfile,
    port: 2222,
    identityFile: "/keys/it's [a] #1, b",
    jumpHost: 'me@gate:22',
    host: '192.34.56.78',
  },
};

/** Takes permissions away while `work` runs. Root has all of them, so it is somebody else meanwhile. */
async function withoutPermission(
  path: string,
  mode: number,
  work: () => Promise<unknown>,
): Promise<void> {
  const before = statSync(path).mode;
  const isRoot = process.geteuid?.() === 0;
  chmodSync(path, mode);
  if (isRoot) {
    process.seteuid?.(65_534);
  }
  try {
    await work();
  } finally {
    if (isRoot) {
      process.seteuid?.(0);
    }
    chmodSync(path, before);
  }
}

describe('SshFolder', () => {
  let home = '';
  let config = '';
  let ours = '';
  let folder: SshFolder;

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'vps-org-home-'));
    config = join(home, '.ssh', 'config');
    ours = join(home, '.ssh', 'vps-org.config');
    folder = new SshFolder(home);
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));

  const writeConfig = (text: string | Buffer, mode = 0o644): void => {
    mkdirSync(join(home, '.ssh'), { recursive: true });
    writeFileSync(config, text);
    chmodSync(config, mode);
  };
  const refuses = (work: () => Promise<unknown>, problem: FolderProblem): Promise<void> =>
    assert.rejects(work, (error) => error instanceof FolderError && error.problem === problem);

  it('creates the folder and both files for their owner only, and removes both files', async () => {
    assert.equal(await folder.write(toConfigText([entry])), true);
    assert.equal(await folder.write(toConfigText([entry])), false);
    assert.equal(await folder.addInclude(), true);
    assert.equal(statSync(join(home, '.ssh')).mode & 0o777, 0o700);
    assert.equal(statSync(ours).mode & 0o777, 0o600);
    assert.equal(statSync(config).mode & 0o777, 0o600);
    assert.equal(readFileSync(config, 'utf8'), `${includeLine}\n`);
    await folder.remove(true);
    assert.deepEqual(readdirSync(join(home, '.ssh')), []);
  });

  it("leaves the person's config byte for byte as it was", async () => {
    const long = Buffer.alloc(1024 * 1024, 'Host x\n  User \u00fc\r\n');
    for (const before of [long, Buffer.from([0x48, 0xff, 0xfe, 0x0a, 0x80]), Buffer.from('')]) {
      writeConfig(before, 0o640);
      await folder.write(toConfigText([entry]));
      const wasCreated = await folder.addInclude();
      assert.equal(wasCreated, false);
      assert.equal(await folder.addInclude(), false);
      assert.ok((await folder.inspect()).isIncluded);
      assert.equal(readFileSync(config).length, before.length + includeLine.length + 1);
      await folder.remove(wasCreated);
      assert.ok(readFileSync(config).equals(before));
      assert.equal(statSync(config).mode & 0o777, 0o640);
      assert.deepEqual(readdirSync(join(home, '.ssh')), ['config']);
    }
  });

  it('keeps a linked config a link', async () => {
    const dotfile = join(home, 'dotfiles-ssh');
    writeFileSync(dotfile, 'Host *\n');
    mkdirSync(join(home, '.ssh'));
    symlinkSync(dotfile, config);
    assert.equal((await folder.inspect()).linkTo, dotfile);
    await folder.addInclude();
    assert.ok(lstatSync(config).isSymbolicLink());
    assert.equal(readFileSync(dotfile, 'utf8'), `${includeLine}\nHost *\n`);
  });

  it('refuses what it must not change', async () => {
    writeConfig('Host *\n', 0o444);
    await refuses(() => folder.addInclude(), 'configIsReadOnly');
    assert.equal(readFileSync(config, 'utf8'), 'Host *\n');
    rmSync(config);
    mkdirSync(config);
    await refuses(() => folder.addInclude(), 'configIsDirectory');
    rmSync(config, { recursive: true });
    symlinkSync(join(home, 'nowhere'), config);
    await refuses(() => folder.inspect(), 'brokenLink');
    rmSync(config);
    writeFileSync(ours, 'Host mine\n');
    await refuses(() => folder.write('x'), 'foreignFile');
    await refuses(() => folder.remove(false), 'foreignFile');
    rmSync(join(home, '.ssh'), { recursive: true });
    writeFileSync(join(home, '.ssh'), '');
    await refuses(() => folder.inspect(), 'noFolder');
    await refuses(() => folder.write('x'), 'noFolder');
    rmSync(join(home, '.ssh'));
    symlinkSync(join(home, 'nowhere'), join(home, '.ssh'));
    await refuses(() => folder.inspect(), 'noFolder');
  });

  it('refuses a link that leads to itself', async () => {
    mkdirSync(join(home, '.ssh'));
    symlinkSync(config, config);
    await refuses(() => folder.inspect(), 'brokenLink');
  });

  it('refuses a config that would become too large to take the line out again', async () => {
    const before = Buffer.alloc(8 * 1024 * 1024, '#');
    writeConfig(before);
    await refuses(() => folder.addInclude(), 'configTooLarge');
    assert.ok(readFileSync(config).equals(before));
  });

  it('refuses a folder and a config without permission', async function () {
    if (process.platform === 'win32') {
      this.skip();
    }
    writeConfig('Host *\n');
    chmodSync(home, 0o755);
    await withoutPermission(join(home, '.ssh'), 0o555, async () => {
      await refuses(() => folder.write('x'), 'noAccess');
      await refuses(() => folder.addInclude(), 'configIsReadOnly');
    });
    await withoutPermission(config, 0o000, () => refuses(() => folder.inspect(), 'noAccess'));
    await withoutPermission(join(home, '.ssh'), 0o000, () =>
      refuses(() => folder.inspect(), 'noAccess'),
    );
    assert.deepEqual(readdirSync(join(home, '.ssh')), ['config']);
  });

  it('writes what the real ssh reads, above a "Host *" and without a trace in other hosts', async function () {
    if (spawnSync('ssh', ['-V']).error) {
      this.skip();
    }
    writeConfig('Host *\n  User me\n  Port 7\n  ServerAliveInterval 9\n');
    await folder.write(toConfigText([entry]));
    await folder.addInclude();
    // `ssh` looks for relative includes in the home folder of the password database.
    const text = readFileSync(config, 'utf8').replace(includeLine, `Include ${ours}`);
    writeFileSync(join(home, 'absolute'), text, { mode: 0o600 });
    const resolve = (host: string): readonly string[] => {
      const { stdout, stderr, status } = spawnSync(
        'ssh',
        ['-T', '-G', '-F', join(home, 'absolute'), host],
        { encoding: 'utf8' },
      );
      assert.equal(status, 0, stderr);
      return stdout.split('\n');
    };
    const found = resolve('web-1.vps');
    for (const line of [
      'hostname 192.34.56.78',
      'user root',
      'port 2222',
      "identityfile /keys/it's [a] #1, b",
      'proxyjump me@gate:22',
      'serveraliveinterval 9',
    ]) {
      assert.ok(found.includes(line), line);
    }
    const other = resolve('other');
    assert.ok(other.includes('user me') && other.includes('port 7'));
  });
});
