import assert from 'node:assert/strict';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { register } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { Uri } from 'vscode';

register('../../support/withoutVscode.mjs', import.meta.url);
const { openCacheFiles } = await import('../../../src/host/cacheFiles.ts');

describe('CacheFiles', () => {
  let parent = '';
  let folder = '';
  beforeEach(() => {
    parent = mkdtempSync(join(tmpdir(), 'vps-org-lists-'));
    folder = join(parent, 'storage', 'lists');
  });
  afterEach(() => rmSync(parent, { recursive: true }));

  const open = () => openCacheFiles({ scheme: 'file', fsPath: folder } as unknown as Uri);
  const modeOf = (path: string): number => statSync(path).mode & 0o777;

  it('is empty before the first write', async () => {
    assert.equal(await open().read('a.json'), undefined);
    assert.deepEqual(await open().names(), []);
    await open().remove('a.json');
  });

  it('writes for the current user only, also over files of an earlier version', async () => {
    mkdirSync(folder, { recursive: true, mode: 0o755 });
    writeFileSync(join(folder, 'a.json'), 'old', { mode: 0o644 });
    await open().write('a.json', 'new');
    assert.equal(await open().read('a.json'), 'new');
    assert.equal(modeOf(folder), 0o700);
    assert.equal(modeOf(join(folder, 'a.json')), 0o600);
    assert.deepEqual(readdirSync(folder), ['a.json']);
  });

  it('never leaves a moment without the file', async () => {
    await open().write('a.json', '0');
    let isDone = false;
    const writing = (async () => {
      for (let index = 1; index <= 100; index++) await open().write('a.json', String(index));
      isDone = true;
    })();
    while (!isDone) {
      assert.match(readFileSync(join(folder, 'a.json'), 'utf8'), /^[0-9]+$/u);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await writing;
  });

  it('lists half-written files, except those that another window may be writing', async () => {
    await open().write('a.json', 'x');
    writeFileSync(join(folder, 'a.json.1.new'), 'half');
    writeFileSync(join(folder, 'a.json.2.new'), 'half');
    utimesSync(join(folder, 'a.json.1.new'), 1, 1);
    assert.deepEqual((await open().names()).toSorted(), ['a.json', 'a.json.1.new']);
  });
});
