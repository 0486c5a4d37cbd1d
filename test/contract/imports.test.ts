import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative, sep } from 'node:path';
import { describe, it } from 'mocha';
import { importProblem } from '../../scripts/layers.mjs';

interface Import {
  readonly file: string;
  readonly target: string;
  readonly isTypeOnly: boolean;
}

const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .map((file) => file.split(sep).join('/'))
  .filter((file) => file.endsWith('.ts'));
const imports: readonly Import[] = files.flatMap((file) => {
  const text = readFileSync(join('src', file), 'utf8');
  const pattern =
    /(?:(?:import|export)(?<type> type)?\b[^;'"]*?\bfrom|import\(|import)\s*'(?<target>[^']+)'/gu;
  return [...text.matchAll(pattern)].map(({ groups }) => ({
    file,
    target: groups?.target ?? '',
    isTypeOnly: groups?.type !== undefined,
  }));
});
const inside = (item: Import): string =>
  posix.normalize(posix.join(dirname(item.file), item.target));

describe('src', () => {
  it('is found', () => {
    assert.ok(files.length > 50);
    assert.ok(imports.length > 200);
  });

  it('lets data flow one way', () => {
    const problems = imports.flatMap(({ file, target, isTypeOnly }) => {
      const problem = importProblem(file, target, isTypeOnly);
      return problem === undefined ? [] : [`${file}: ${problem}`];
    });
    assert.deepEqual(problems, []);
  });

  it('imports files that are there, by their whole name', () => {
    // The entry is built separately, so it imports the built file of the app.
    const known = new Set([...files, 'app.js', '../package.json']);
    assert.deepEqual(
      imports
        .filter(({ target }) => target.startsWith('.'))
        .map(inside)
        .filter((file) => !known.has(file) && !file.endsWith('.css')),
      [],
    );
  });

  it('has no circle', () => {
    const edges = new Map<string, string[]>();
    for (const item of imports.filter(({ target }) => target.startsWith('.'))) {
      edges.set(item.file, [...(edges.get(item.file) ?? []), inside(item)]);
    }
    const done = new Set<string>();
    const visit = (file: string, path: readonly string[]): readonly string[] | undefined => {
      if (path.includes(file)) {
        return [...path.slice(path.indexOf(file)), file];
      }
      if (done.has(file)) {
        return undefined;
      }
      done.add(file);
      return (edges.get(file) ?? [])
        .map((next) => visit(next, [...path, file]))
        .find((circle) => circle !== undefined);
    };
    assert.equal(
      files
        .map((file) => visit(file, []))
        .find((circle) => circle !== undefined)
        ?.join(' -> '),
      undefined,
    );
  });

  it('has no file that cannot be read in one sitting', () => {
    const long = files
      .map(
        (file) => [file, readFileSync(join('src', file), 'utf8').split('\n').length - 1] as const,
      )
      .filter(([, lines]) => lines > 300);
    assert.deepEqual(long, []);
  });

  it('shows every text through l10n', () => {
    // Texts for people are recognised by where they go; what goes elsewhere (logs, errors for logs) is English on purpose.
    const sinks =
      /(?:placeHolder|placeholder|prompt|title|message|detail|tooltip|none|confirm|progressTitle): (?:'[^']|"[^"]|`)/u;
    const wrong = files
      .filter((file) => /^(?:commands|tree|host|notifications|export|webviews|text)\//u.test(file))
      .flatMap((file) =>
        readFileSync(join('src', file), 'utf8')
          .split('\n')
          .filter((line) => sinks.test(line))
          .map((line) => `${relative('.', file)}: ${line.trim()}`),
      );
    assert.deepEqual(wrong, []);
  });
});
