import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative, sep } from 'node:path';
import { describe, it } from 'mocha';

/** Which folder may import which: the house of docs/architecture.md, held here and by lint. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  core: [],
  api: ['core'],
  sandbox: ['core'],
  protocol: ['core'],
  state: ['core', 'api'],
  host: ['core', 'api', 'state', 'sandbox', 'protocol', 'ids.ts'],
  tree: ['core', 'state', 'host', 'ids.ts'],
  commands: ['core', 'api', 'state', 'host', 'ids.ts'],
  panels: ['core', 'api', 'state', 'host', 'protocol', 'ids.ts'],
  webview: ['core', 'protocol'],
  'ids.ts': [],
};
const withoutVscode = ['core', 'api', 'state', 'sandbox', 'protocol', 'webview', 'ids.ts'];
const withoutNode = ['core', 'protocol', 'webview', 'ids.ts'];

interface Import {
  readonly file: string;
  readonly folder: string;
  readonly target: string;
}

const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .map((file) => file.split(sep).join('/'))
  .filter((file) => file.endsWith('.ts'));
const imports: readonly Import[] = files.flatMap((file) => {
  const text = readFileSync(join('src', file), 'utf8');
  return [...text.matchAll(/(?:from|import\(|import)\s*'([^']+)'/gu)].map((match) => ({
    file,
    folder: file.split('/')[0] ?? '',
    target: match[1] ?? '',
  }));
});
const inside = (item: Import): string => posix.normalize(posix.join(dirname(item.file), item.target));

describe('the house', () => {
  it('is read whole', () => {
    assert.ok(files.length > 50);
    assert.ok(imports.length > 200);
  });

  it('lets data flow one way', () => {
    const wrong = imports
      .filter(({ target, folder }) => target.startsWith('.') && folder in mayImport)
      .filter((item) => {
        const folder = inside(item).split('/')[0] ?? '';
        return folder !== item.folder && !(mayImport[item.folder] ?? []).includes(folder);
      })
      .map((item) => `${item.file} imports ${item.target}`);
    assert.deepEqual(wrong, []);
  });

  it('keeps VS Code out of what runs without it', () => {
    assert.deepEqual(
      imports.filter(({ folder, target }) => target === 'vscode' && withoutVscode.includes(folder)).map(({ file }) => file),
      [],
    );
  });

  it('keeps Node out of what runs in a webview', () => {
    assert.deepEqual(
      imports.filter(({ folder, target }) => target.startsWith('node:') && withoutNode.includes(folder)).map(({ file }) => file),
      [],
    );
  });

  it('imports files that are there, by their whole name', () => {
    const known = new Set(files);
    assert.deepEqual(
      imports.filter(({ target }) => target.startsWith('.')).map(inside).filter((file) => !known.has(file) && !file.endsWith('.css')),
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
      return (edges.get(file) ?? []).map((next) => visit(next, [...path, file])).find((circle) => circle !== undefined);
    };
    assert.equal(files.map((file) => visit(file, [])).find((circle) => circle !== undefined)?.join(' -> '), undefined);
  });

  it('has no file that cannot be read in one sitting', () => {
    const long = files
      .map((file) => [file, readFileSync(join('src', file), 'utf8').split('\n').length - 1] as const)
      .filter(([, lines]) => lines > 300);
    assert.deepEqual(long, []);
  });

  it('shows every text through l10n', () => {
    // Texts for people are recognised by where they go; what goes elsewhere (logs, errors for logs) is English on purpose.
    const sinks = /(?:placeHolder|placeholder|prompt|title|message|detail|tooltip|none|confirm|progressTitle): (?:'[^']|"[^"]|`)/u;
    const wrong = files
      .filter((file) => /^(?:commands|tree|host|panels)\//u.test(file))
      .flatMap((file) =>
        readFileSync(join('src', file), 'utf8')
          .split('\n')
          .filter((line) => sinks.test(line))
          .map((line) => `${relative('.', file)}: ${line.trim()}`),
      );
    assert.deepEqual(wrong, []);
  });
});
