import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, it } from 'mocha';

const kilobyte = 1000;

/** The names in a ZIP archive, as its central directory has them (APPNOTE.TXT, 4.3.12). */
function namesIn(archive: Buffer): readonly string[] {
  const names: string[] = [];
  for (let at = archive.indexOf('PK\u0001\u0002', 0, 'latin1'); at >= 0; ) {
    const [name, extra, comment] = [28, 30, 32].map((offset) => archive.readUInt16LE(at + offset));
    const end = at + 46 + (name ?? 0);
    names.push(archive.toString('utf8', at + 46, end));
    at = archive.indexOf('PK\u0001\u0002', end + (extra ?? 0) + (comment ?? 0), 'latin1');
  }
  return names;
}

interface Output {
  readonly bytes: number;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly imports: readonly { readonly path: string; readonly kind: string; readonly external?: boolean }[];
}

const { outputs } = JSON.parse(readFileSync('out/meta.json', 'utf8')) as { readonly outputs: Readonly<Record<string, Output>> };

/** The files of the host that are read in at the start, or with the first use of a feature too. */
function hostFiles(when: 'start' | 'ever', from = 'dist/extension.js', seen = new Set<string>()): ReadonlySet<string> {
  seen.add(from);
  for (const { path, kind, external } of outputs[from]?.imports ?? []) {
    if (!external && !seen.has(path) && (when === 'ever' || kind === 'import-statement')) {
      hostFiles(when, path, seen);
    }
  }
  return seen;
}

/** What is read in by every start, while VS Code waits and right behind that. */
function startFiles(): ReadonlySet<string> {
  return new Set([...hostFiles('start'), ...hostFiles('start', fileWith('src/app.ts'))]);
}

function bytesOf(files: Iterable<string>): number {
  return [...files].reduce((sum, file) => sum + statSync(file).size, 0);
}

/** The file that a source went into. */
function fileWith(source: string): string {
  const found = Object.entries(outputs).find(([, { inputs }]) => source in inputs);
  assert.ok(found, source);
  return found[0];
}

describe('the package', () => {
  it('holds what users need and nothing else', () => {
    const files = namesIn(readFileSync('dist/vps-org.vsix'));
    const isChunk = (file: string): boolean => file.startsWith('extension/dist/chunks/');
    const built = [...hostFiles('ever')].filter((file) => file !== 'dist/extension.js').map((file) => `extension/${file}`);
    assert.deepEqual(files.filter(isChunk).sort(), built.sort());
    assert.deepEqual(files.filter((file) => !isChunk(file)).sort(), [
      '[Content_Types].xml',
      'extension.vsixmanifest',
      'extension/LICENSE.txt',
      'extension/changelog.md',
      'extension/dist/extension.js',
      'extension/dist/webview/main.css',
      'extension/dist/webview/main.js',
      'extension/media/icon.png',
      'extension/media/tab.svg',
      'extension/media/vps-org.svg',
      'extension/package.json',
      'extension/package.nls.json',
      'extension/readme.md',
    ]);
  });

  it('shows a README without pictures and links that lead nowhere', () => {
    const shipped = readFileSync('out/package/README.md', 'utf8');
    assert.match(shipped, /^# VPS\.org Servers/u);
    assert.match(shipped, /Unofficial/u);
    assert.doesNotMatch(shipped, /\]\((?!https:)/u);
  });

  it('is at most 100 KB', () => {
    assert.ok(statSync('dist/vps-org.vsix').size <= 100 * kilobyte, `${statSync('dist/vps-org.vsix').size} bytes`);
  });

  it('does little while VS Code waits for it to start', () => {
    const waitedFor = bytesOf(hostFiles('start'));
    assert.ok(waitedFor <= 2 * kilobyte, `${waitedFor} bytes`);
  });

  it('has a host bundle, what the view needs without any request, of at most 100 KB', () => {
    const start = bytesOf(startFiles());
    assert.ok(start <= 100 * kilobyte, `${start} bytes`);
  });

  it('reads in panels, client, node-fetch and sample account on first use only', () => {
    const start = startFiles();
    for (const source of ['src/panels/detailsPanel.ts', 'src/api/client.ts', 'node_modules/node-fetch/src/index.js', 'src/sandbox/world.ts']) {
      assert.ok(!start.has(fileWith(source)), source);
    }
  });

  it('holds no machine for faults: those are for tests', () => {
    for (const file of hostFiles('ever')) {
      assert.doesNotMatch(readFileSync(file, 'utf8'), /cutBefore|nextElsewhere/u);
    }
    assert.ok(hostFiles('ever').has(fileWith('src/sandbox/world.ts')));
  });

  it('has node-fetch use the http and https that VS Code patches for proxies and certificates', () => {
    const bundle = readFileSync(fileWith('node_modules/node-fetch/src/index.js'), 'utf8');
    assert.doesNotMatch(bundle, /["'](?:undici|node:undici)["']/u);
    assert.match(bundle, /from ?["'](?:node:)?https["']/u);
  });

  it('has a node-fetch that works without what was left out of it, and says nowhere where it comes from', async () => {
    const { fetch } = (await import(pathToFileURL(resolve(fileWith('src/appApi.ts'))).href)) as {
      readonly fetch: typeof globalThis.fetch;
    };
    const seen: (readonly [string | undefined, IncomingHttpHeaders])[] = [];
    const server = createServer(({ url, headers }, response) => {
      seen.push([url, headers]);
      response.writeHead(url === '/moved' ? 302 : 200, { 'content-type': 'application/json', 'referrer-policy': 'unsafe-url', location: '/' });
      response.end('{"count": 0}');
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const reply = await fetch(`${origin}/`, { headers: { authorization: 'Bearer x' }, redirect: 'manual' });
    assert.deepEqual(await reply.json(), { count: 0 });
    assert.equal((await fetch(`${origin}/moved`, { method: 'POST', body: '{}', redirect: 'manual' })).status, 302);
    server.close();
    assert.deepEqual(seen.map(([url, { referer }]) => [url, referer]), [['/', undefined], ['/moved', undefined]]);
    assert.equal(seen[0]?.[1].authorization, 'Bearer x');
  });
});
