import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { inflateRawSync } from 'node:zlib';
import { describe, it } from 'mocha';

const kilobyte = 1000;

/** Files of a ZIP archive by name, read from its central directory (APPNOTE.TXT, 4.3.12). */
function filesIn(archive: Buffer): ReadonlyMap<string, Buffer> {
  const files = new Map<string, Buffer>();
  const signature = 'PK\u0001\u0002';
  for (let at = archive.indexOf(signature, 0, 'latin1'); at >= 0;) {
    const [name = 0, extra = 0, comment = 0] = [28, 30, 32].map((offset) =>
      archive.readUInt16LE(at + offset),
    );
    const end = at + 46 + name;
    const size = archive.readUInt32LE(at + 20);
    const header = archive.readUInt32LE(at + 42);
    const start =
      header + 30 + archive.readUInt16LE(header + 26) + archive.readUInt16LE(header + 28);
    const isDeflated = archive.readUInt16LE(at + 10) === 8;
    const content = archive.subarray(start, start + size);
    files.set(
      archive.toString('utf8', at + 46, end),
      isDeflated ? inflateRawSync(content) : content,
    );
    at = archive.indexOf(signature, end + extra + comment, 'latin1');
  }
  return files;
}

interface Output {
  readonly bytes: number;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly imports: readonly {
    readonly path: string;
    readonly kind: string;
    readonly external?: boolean;
  }[];
}

const { outputs } = JSON.parse(readFileSync('out/meta.json', 'utf8')) as {
  readonly outputs: Readonly<Record<string, Output>>;
};

/** Files of the extension host bundle that start-up loads, or that it may ever load. */
function hostFiles(
  when: 'start' | 'ever',
  from: string,
  seen = new Set<string>(),
): ReadonlySet<string> {
  seen.add(from);
  for (const { path, kind, external } of outputs[from]?.imports ?? []) {
    if (!external && !seen.has(path) && (when === 'ever' || kind === 'import-statement')) {
      hostFiles(when, path, seen);
    }
  }
  return seen;
}

/** What VS Code loads and waits for, and what it loads right afterwards. */
const entry = 'dist/extension.cjs';
const app = 'dist/app.js';

/** Files that every start loads: while VS Code waits, and right afterwards. */
function startFiles(): ReadonlySet<string> {
  return new Set([entry, ...hostFiles('start', app)]);
}

function bytesOf(files: Iterable<string>): number {
  return [...files].reduce((sum, file) => sum + statSync(file).size, 0);
}

/** The output file that contains a source file. */
function fileWith(source: string): string {
  const found = Object.entries(outputs).find(([, { inputs }]) => source in inputs);
  assert.ok(found, source);
  return found[0];
}

describe('VSIX package', () => {
  it('contains the files that users need and nothing else', () => {
    const files = [...filesIn(readFileSync('dist/vps-org.vsix')).keys()];
    const isChunk = (file: string): boolean => file.startsWith('extension/dist/chunks/');
    const built = [...hostFiles('ever', app)]
      .filter((file) => file !== app)
      .map((file) => `extension/${file}`);
    assert.deepEqual(files.filter(isChunk).sort(), built.sort());
    assert.deepEqual(files.filter((file) => !isChunk(file)).sort(), [
      '[Content_Types].xml',
      'extension.vsixmanifest',
      'extension/LICENSE.txt',
      'extension/ThirdPartyNotices.txt',
      'extension/changelog.md',
      'extension/dist/app.js',
      'extension/dist/extension.cjs',
      'extension/dist/webview/create.css',
      'extension/dist/webview/create.js',
      'extension/dist/webview/details.css',
      'extension/dist/webview/details.js',
      'extension/media/icon.png',
      'extension/media/tab.svg',
      'extension/media/vps-org.svg',
      'extension/package.json',
      'extension/package.nls.json',
      'extension/readme.md',
    ]);
  });

  it('links the README to the repository of the manifest', () => {
    const { repository } = JSON.parse(readFileSync('package.json', 'utf8')) as {
      readonly repository: { readonly url: string };
    };
    const address = repository.url.replace(/\.git$/u, '');
    const files = filesIn(readFileSync('dist/vps-org.vsix'));
    const readme = files.get('extension/readme.md')?.toString('utf8') ?? '';
    assert.match(readme, /^# VPS\.org Servers/u);
    assert.match(readme, /Unofficial/u);
    assert.ok(readme.includes(`(${address}/raw/HEAD/docs/pictures/`));
    assert.doesNotMatch(readme, /\]\((?!https:)/u);
    const links = files.get('extension.vsixmanifest')?.toString('utf8') ?? '';
    assert.ok(links.includes(`${address}/issues`));
    assert.ok(links.includes(`${address}#readme`));
  });

  it('is at most 300 KB', () => {
    assert.ok(
      statSync('dist/vps-org.vsix').size <= 300 * kilobyte,
      `${statSync('dist/vps-org.vsix').size} bytes`,
    );
  });

  it('loads at most 2 KB while VS Code waits for activation', () => {
    const waitedFor = bytesOf([entry]);
    assert.deepEqual(
      outputs[entry]?.imports.map(({ path }) => path),
      ['vscode', './app.js'],
    );
    assert.ok(waitedFor <= 2 * kilobyte, `${waitedFor} bytes`);
  });

  it('loads at most 70 KB at start-up', () => {
    const start = bytesOf(startFiles());
    assert.ok(start <= 70 * kilobyte, `${start} bytes`);
  });

  it('loads commands, panels, API client, export, sample account and valibot on first use only', () => {
    const sources = [...startFiles()].flatMap((file) => Object.keys(outputs[file]?.inputs ?? {}));
    const lazy =
      /(?:^|\/)src\/(?:api|commands|export|sandbox|webviews\/(?:create|details)\/panels?\.ts)|node_modules\/(?:node-fetch|valibot)\//u;
    assert.deepEqual(
      sources.filter((source) => lazy.test(source)),
      [],
    );
    assert.ok(Object.values(outputs).some(({ inputs }) => 'src/commands/power.ts' in inputs));
  });

  it('forgets the input of removed accounts without loading the panels', () => {
    const loaded = hostFiles('start', fileWith('src/webviews/storedInput.ts'));
    assert.ok(!loaded.has(fileWith('src/webviews/makePanels.ts')));
  });

  it('contains no code that injects faults', () => {
    for (const file of hostFiles('ever', app)) {
      assert.doesNotMatch(readFileSync(file, 'utf8'), /cutBefore|nextOtherOrigin/u);
    }
    assert.ok(hostFiles('ever', app).has(fileWith('src/sandbox/world.ts')));
  });

  it('sends requests through the http and https modules that VS Code patches', () => {
    const bundle = readFileSync(fileWith('node_modules/node-fetch/src/index.js'), 'utf8');
    assert.doesNotMatch(bundle, /["'](?:undici|node:undici)["']/u);
    assert.match(bundle, /from ?["'](?:node:)?https["']/u);
  });

  it('sends requests from the bundle, without a Referer header', async () => {
    const { fetch } = (await import(pathToFileURL(resolve(fileWith('src/lazyApi.ts'))).href)) as {
      readonly fetch: typeof globalThis.fetch;
    };
    const seen: (readonly [string | undefined, IncomingHttpHeaders])[] = [];
    const server = createServer(({ url, headers }, response) => {
      seen.push([url, headers]);
      response.writeHead(url === '/moved' ? 302 : 200, {
        'content-type': 'application/json',
        'referrer-policy': 'unsafe-url',
        location: '/',
      });
      response.end('{"count": 0}');
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const reply = await fetch(`${origin}/`, {
      headers: { authorization: 'Bearer x' },
      redirect: 'manual',
    });
    assert.deepEqual(await reply.json(), { count: 0 });
    assert.equal(
      (await fetch(`${origin}/moved`, { method: 'POST', body: '{}', redirect: 'manual' })).status,
      302,
    );
    server.close();
    assert.deepEqual(
      seen.map(([url, { referer }]) => [url, referer]),
      [
        ['/', undefined],
        ['/moved', undefined],
      ],
    );
    assert.equal(seen[0]?.[1].authorization, 'Bearer x');
  });
});
