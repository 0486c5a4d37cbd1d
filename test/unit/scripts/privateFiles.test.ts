import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  makePrivateDir,
  withPrivateUmask,
  writePrivateFile,
} from '../../../scripts/privateFiles.mjs';

const modeOf = async (path: string): Promise<string> =>
  ((await stat(path)).mode & 0o777).toString(8);

describe('privateFiles', function () {
  let dir: string;

  before(function () {
    if (process.platform === 'win32') this.skip();
  });
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'vps-org-private-'));
  });
  afterEach(() => rm(dir, { recursive: true, force: true }));

  it('makes new and existing folders private', async () => {
    await mkdir(join(dir, 'old'), { mode: 0o755 });
    for (const name of ['old', 'new', 'new/deeper']) {
      await makePrivateDir(join(dir, name));
      assert.equal(await modeOf(join(dir, name)), '700', name);
    }
  });

  it('replaces a readable file by a private one', async () => {
    const file = join(dir, 'file');
    await writeFile(file, 'old', { mode: 0o644 });
    await writePrivateFile(file, 'new');
    assert.equal(await modeOf(file), '600');
    assert.equal(await readFile(file, 'utf8'), 'new');
    assert.deepEqual(await readdir(dir), ['file']);
  });

  it('starts a process whose files are private, and restores the mask', async () => {
    const touch = (name: string): string => {
      execFileSync('touch', [join(dir, name)]);
      return join(dir, name);
    };
    const before = await modeOf(touch('before'));
    assert.equal(await modeOf(withPrivateUmask(() => touch('private'))), '600');
    assert.throws(() => withPrivateUmask(() => assert.fail()));
    assert.equal(await modeOf(touch('after')), before);
  });
});
