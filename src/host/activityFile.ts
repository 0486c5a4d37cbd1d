import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ActivityFile } from '../state/activityLog.ts';
import { orIfMissing } from './fileHelpers.ts';

const fileName = 'activity.jsonl';
/** A file that a window moved away to rewrite its lines. */
const movedName = /^activity\..+\.old$/u;
/** Rewriting takes less time: an older moved file was left behind by a crash. */
const maxRewriteMs = 60_000;
/** Other windows can interfere a few times in a row, not forever. */
const maxAttempts = 100;

/**
 * A file of lines that several windows append to and rewrite without locks. A line is appended with one write, which the
 * system does not mix with others. To rewrite the file, a window moves it away, which only one can do, appends what it keeps
 * to the new file, and deletes the old one. So at every moment the files together contain all lines, some of them twice.
 */
export function openActivityFile(folder: string): ActivityFile {
  const path = join(folder, fileName);

  const append = async (lines: string): Promise<number> => {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    // The line break before keeps apart what a crash cut off.
    const data = Buffer.from(`\n${lines}\n`);
    for (let attempt = 1; ; attempt++) {
      const file = await open(path, 'a', 0o600);
      try {
        const { bytesWritten } = await file.write(data);
        if (bytesWritten < data.length) {
          throw new Error('The disk is full.');
        }
        const { ino, size } = await file.stat({ bigint: true });
        const current = await orIfMissing(async () => stat(path, { bigint: true }), undefined);
        // Another window may have moved the file away, and read it before the line arrived.
        if (current?.ino === ino || attempt >= maxAttempts) {
          return Number(size);
        }
      } finally {
        await file.close();
      }
    }
  };

  return {
    append,
    read: async () => {
      for (let attempt = 1; ; attempt++) {
        const before = await listFiles(folder);
        const texts = await Promise.all(
          before.map(({ name }) =>
            orIfMissing(async () => readFile(join(folder, name), 'utf8'), ''),
          ),
        );
        const after = await listFiles(folder);
        // Lines that another window moved in between may be missing.
        if (isSameFiles(before, after) || attempt >= maxAttempts) {
          return texts.join('\n');
        }
      }
    },
    rewrite: async (change) => {
      const moved: string[] = [];
      const texts: string[] = [];
      for (const { name, changedMs } of await listFiles(folder)) {
        if (name === fileName || Date.now() - changedMs > maxRewriteMs) {
          const target = join(folder, `activity.${randomUUID()}.old`);
          const isOurs = await orIfMissing(async () => {
            await rename(join(folder, name), target);
            return true;
          }, false);
          if (isOurs) {
            moved.push(target);
            texts.push(await readFile(target, 'utf8'));
          }
        }
      }
      const kept = change(texts.join('\n'));
      if (kept !== '') {
        await append(kept);
      }
      await Promise.all(moved.map((each) => rm(each, { force: true })));
    },
  };
}

interface ListedFile {
  readonly name: string;
  /** Identifies the file, whatever its name. The system gives the inode of a deleted file to a new one. */
  readonly identity: string;
  readonly changedMs: number;
}

function isSameFiles(a: readonly ListedFile[], b: readonly ListedFile[]): boolean {
  return (
    a.length === b.length &&
    a.every(
      ({ name, identity }, index) => b[index]?.name === name && b[index].identity === identity,
    )
  );
}

/** The files at one moment, as far as names and identities go. */
async function listFiles(folder: string): Promise<readonly ListedFile[]> {
  for (let attempt = 1; ; attempt++) {
    const names = await listNames(folder);
    const files = await Promise.all(
      names.map((name) =>
        orIfMissing(async () => {
          const { ino, birthtimeNs, ctimeMs } = await stat(join(folder, name), { bigint: true });
          return { name, identity: `${ino} ${birthtimeNs}`, changedMs: Number(ctimeMs) };
        }, undefined),
      ),
    );
    // Otherwise the file of a name may have been moved away, and the new one may not contain its lines yet.
    const after = await listNames(folder);
    if (names.join('/') === after.join('/') || attempt >= maxAttempts) {
      return files.flatMap((file) => file ?? []);
    }
  }
}

async function listNames(folder: string): Promise<readonly string[]> {
  const names = await orIfMissing(async () => readdir(folder), []);
  return names.filter((name) => name === fileName || movedName.test(name)).sort();
}

/** Lines in memory, for a storage that is not on this computer's disk. Other windows do not see them. */
export function openActivityMemory(): ActivityFile {
  let lines = '';
  return {
    read: () => Promise.resolve(lines),
    append: (line) => {
      lines += `${line}\n`;
      return Promise.resolve(lines.length);
    },
    rewrite: (change) => {
      const kept = change(lines);
      lines = kept === '' ? '' : `${kept}\n`;
      return Promise.resolve();
    },
  };
}
