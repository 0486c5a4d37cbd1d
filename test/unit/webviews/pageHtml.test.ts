import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { quoteForShell, toCurl } from '../../../src/core/curl.ts';
import { dispatch } from '../../../src/webviews/handlers.ts';
import { escapeHtml, pageHtml } from '../../../src/webviews/pageHtml.ts';

describe('pageHtml', () => {
  const page = (title: string, translations?: Record<string, string>) =>
    pageHtml({
      language: 'en',
      translations,
      title,
      cspSource: 'https://*.vscode-cdn.net',
      nonce: 'abc123',
      styleUri: 'https://x.vscode-cdn.net/details.css',
      scriptUri: 'https://x.vscode-cdn.net/details.js',
    });

  it("allows the extension's own style sheets and one script, and nothing else", () => {
    const [, policy] = /Content-Security-Policy" content="([^"]*)"/u.exec(page('web')) ?? [];
    assert.equal(
      policy?.replaceAll('&#39;', "'"),
      "default-src 'none'; style-src https://*.vscode-cdn.net; script-src 'nonce-abc123'; img-src https://*.vscode-cdn.net; base-uri 'none'; form-action 'none'",
    );
    const scripts = page('web').match(/<script(?! type="application\/json")/gu);
    assert.equal(scripts?.length, 1);
    assert.match(
      page('web'),
      /<script nonce="abc123" src="https:\/\/x\.vscode-cdn\.net\/details\.js">/u,
    );
    assert.match(page('web'), /<main id="root"><\/main>/u);
  });

  it('escapes a hostile title', () => {
    const html = page(`</title><script>alert(1)</script>"'&`);
    assert.ok(!html.includes('<script>alert'));
    assert.ok(html.includes('&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;'));
  });

  it('contains the translations as data that cannot end its element', () => {
    const translations = { Save: '</script><script>alert(1)</script><!-- "x" \u2028' };
    const html = page('web', translations);
    assert.ok(!html.includes('<script>alert'));
    const [, json = ''] =
      /<script type="application\/json" id="l10n">([^<]*)<\/script>/u.exec(html) ?? [];
    assert.deepEqual(JSON.parse(json), translations);
    assert.match(page('web'), /id="l10n">\{\}</u);
  });

  it('leaves no character that could end a text or an attribute', () => {
    const text = fc
      .array(fc.constantFrom('<', '>', '"', "'", '&', 'x', '&amp;', '\n'))
      .map((parts) => parts.join(''));
    fc.assert(fc.property(text, (hostile) => assert.doesNotMatch(escapeHtml(hostile), /[<>"']/u)));
  });
});

describe('dispatch', () => {
  it('calls the handler for the type', async () => {
    type Message = { readonly type: 'a'; readonly x: number } | { readonly type: 'b' };
    const received: unknown[] = [];
    const handlers = { a: ({ x }: { x: number }) => received.push(x), b: () => received.push('b') };
    await dispatch<Message>(handlers, { type: 'a', x: 1 });
    await dispatch<Message>(handlers, { type: 'b' });
    assert.deepEqual(received, [1, 'b']);
  });
});

describe('toCurl', () => {
  const request = {
    method: 'POST',
    baseUrl: 'https://admin.vps.org/api/v1',
    path: '/servers/',
    body: { name: 'web-9' },
  } as const;

  it('contains the token as a shell variable', () => {
    assert.equal(
      toCurl(request),
      [
        `curl --request POST 'https://admin.vps.org/api/v1/servers/' \\`,
        `  -H "Authorization: Bearer $VPS_API_TOKEN" \\`,
        `  -H 'Content-Type: application/json' \\`,
        `  --data-raw '{`,
        `  "name": "web-9"`,
        `}'`,
      ].join('\n'),
    );
  });

  for (const [baseUrl, path] of [
    ['https://admin.vps.org/api/[v1]', '/servers/'],
    ['http://[::1]:8080/api/v1', '/servers/'],
    ['https://admin.vps.org/{api}', '/servers/'],
    ['https://admin.vps.org/api/v1', '/servers/[1-3]/'],
    [undefined, '/servers/{a,b}/'],
  ] as const) {
    it(`switches off the expansion of brackets in ${baseUrl ?? ''}${path}`, () =>
      assert.match(toCurl({ ...request, baseUrl, path }), /^curl --globoff --request POST ["']/u));
  }

  it('contains the address as a shell variable if there is none', () => {
    assert.match(
      toCurl({ ...request, baseUrl: undefined }),
      /^curl --request POST "\$VPS_API_URL"'\/servers\/' \\$/mu,
    );
  });

  it('is quoted for the shell, whatever the form contains', function () {
    if (process.platform === 'win32') {
      this.skip();
    }
    const hostile = fc.oneof(
      fc.constantFrom(`'; rm -rf ~; '`, '$(id)', '`id`', '\\', `'"'"'`, '!x', '\n'),
      fc.string(),
    );
    fc.assert(
      fc.property(hostile, (text) => {
        fc.pre(!text.includes('\0'));
        const said = execFileSync('sh', ['-c', `printf %s ${quoteForShell(text)}`], {
          encoding: 'utf8',
        });
        assert.equal(said, text);
      }),
      { numRuns: 40 },
    );
  });
});
