import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { isRecord } from '../../../src/core/json.ts';
import { parseJson } from '../../../src/core/storedValues.ts';
import { openActivityFile } from '../../../src/host/activityFile.ts';

const run = promisify(execFile);
const program = fileURLToPath(new URL('../../support/activityProcess.ts', import.meta.url));

function nextIndex(_property: string, index: string): string {
  return `"index":${Number(index) + 1}`;
}

describe('ActivityFile', () => {
  let parent = '';
  let folder = '';
  beforeEach(async () => {
    parent = await mkdtemp(join(tmpdir(), 'vps-org-activity-'));
    folder = join(parent, 'activity');
  });
  afterEach(() => rm(parent, { recursive: true }));

  const linesOf = async (): Promise<readonly string[]> =>
    (await openActivityFile(folder).read()).split('\n').filter(Boolean);
  // A process may read a line that another one is just writing. The log skips what is no entry.
  const entriesOf = async (): Promise<readonly string[]> =>
    (await linesOf()).filter((line) => isRecord(parseJson(line)));

  it('is empty before the first line, which only the current user can read', async () => {
    const file = openActivityFile(folder);
    assert.equal(await file.read(), '');
    await file.rewrite((text) => text);
    await file.append('a');
    assert.deepEqual(await linesOf(), ['a']);
    if (process.platform !== 'win32') {
      assert.equal((await stat(folder)).mode & 0o777, 0o700);
      assert.equal((await stat(join(folder, 'activity.jsonl'))).mode & 0o777, 0o600);
    }
  });

  it('returns its size, and replaces its lines', async () => {
    const file = openActivityFile(folder);
    assert.ok((await file.append('a'.repeat(1_000))) > 1_000);
    await file.append('b');
    await file.rewrite(() => 'c');
    assert.deepEqual(await linesOf(), ['c']);
    await file.rewrite(() => '');
    assert.deepEqual(await linesOf(), []);
    assert.deepEqual(await readdir(folder), []);
  });

  it('keeps lines apart from one that a crash cut off', async () => {
    const file = openActivityFile(folder);
    await file.append('a');
    await writeFile(join(folder, 'activity.jsonl'), 'half a li', { flag: 'a' });
    await file.append('b');
    assert.deepEqual(await linesOf(), ['a', 'half a li', 'b']);
  });

  it('reads what a crash left in a moved file, and tidies it up later', async () => {
    const file = openActivityFile(folder);
    await file.append('new');
    const left = join(folder, 'activity.left.old');
    await writeFile(left, 'old\n');
    assert.deepEqual([...(await linesOf())].sort(), ['new', 'old']);
    await file.rewrite((text) => text);
    assert.ok((await readdir(folder)).includes('activity.left.old'), 'another window may use it');
    await utimes(left, 0, 0);
    assert.deepEqual([...(await linesOf())].sort(), ['new', 'old']);
  });

  it('loses no line of several processes that append and rewrite', async function () {
    this.timeout(120_000);
    const count = 300;
    const names = ['one', 'two', 'three'];
    const isOver = Promise.all(
      names.map((name, index) =>
        run(process.execPath, [
          '--import',
          'tsx',
          program,
          folder,
          name,
          String(count),
          String([3, 5, 1_000][index]),
        ]),
      ),
    );
    let isDone = false;
    void isOver.then(
      () => (isDone = true),
      () => (isDone = true),
    );
    // Whatever the writers do, a reader never misses a line that was written. The last one that it sees of a process may not be
    // written yet.
    let written: readonly string[] = [];
    while (!isDone) {
      const lines = await entriesOf();
      const known = new Set(lines);
      assert.deepEqual(
        written.filter((line) => !known.has(line)).map((line) => line.slice(0, 40)),
        [],
      );
      written = lines.filter((line) => known.has(line.replace(/"index":(\d+)/u, nextIndex)));
    }
    await isOver;
    const lines = new Set(await entriesOf());
    for (const name of names) {
      const own = [...lines].filter((line) => line.startsWith(`{"name":"${name}"`));
      assert.equal(own.length, count, name);
    }
  });
});
