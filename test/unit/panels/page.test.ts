import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { quoteForShell, toCurl } from '../../../src/core/curl.ts';
import { dispatch } from '../../../src/panels/handlers.ts';
import { escapeHtml, pageHtml } from '../../../src/panels/pageHtml.ts';

describe('the page of a webview', () => {
  const page = (title: string) =>
    pageHtml({
      language: 'en',
      title,
      page: 'details',
      cspSource: 'https://*.vscode-cdn.net',
      nonce: 'abc123',
      styleUri: 'https://x.vscode-cdn.net/details.css',
      scriptUri: 'https://x.vscode-cdn.net/details.js',
    });

  it('can load the extension\'s own style, its one script, and nothing else', () => {
    const [, policy] = /Content-Security-Policy" content="([^"]*)"/u.exec(page('web')) ?? [];
    assert.equal(
      policy?.replaceAll('&#39;', "'"),
      "default-src 'none'; style-src https://*.vscode-cdn.net; script-src 'nonce-abc123'; img-src https://*.vscode-cdn.net",
    );
    assert.equal(page('web').match(/<script/gu)?.length, 1);
    assert.match(page('web'), /<script nonce="abc123" src="https:\/\/x\.vscode-cdn\.net\/details\.js">/u);
    assert.match(page('web'), /<main id="root" data-page="details"><\/main>/u);
  });

  it('shows a hostile name as text', () => {
    const html = page(`</title><script>alert(1)</script>"'&`);
    assert.ok(!html.includes('<script>alert'));
    assert.ok(html.includes('&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;'));
  });

  it('leaves nothing in a text that could end it or an attribute', () => {
    const text = fc.array(fc.constantFrom('<', '>', '"', "'", '&', 'x', '&amp;', '\n')).map((parts) => parts.join(''));
    fc.assert(fc.property(text, (hostile) => assert.doesNotMatch(escapeHtml(hostile), /[<>"']/u)));
  });
});

describe('messages and their handlers', () => {
  it('come together by type', async () => {
    type Message = { readonly type: 'a'; readonly x: number } | { readonly type: 'b' };
    const heard: unknown[] = [];
    const handlers = { a: ({ x }: { x: number }) => heard.push(x), b: () => heard.push('b') };
    await dispatch<Message>(handlers, { type: 'a', x: 1 });
    await dispatch<Message>(handlers, { type: 'b' });
    assert.deepEqual(heard, [1, 'b']);
  });
});

describe('a request as a curl command', () => {
  const request = { method: 'POST', baseUrl: 'https://admin.vps.org/api/v1', path: '/servers/', body: { name: 'web-9' } } as const;

  it('has the token as a variable of the shell', () => {
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

  it('has the address as a variable too where there is none to tell', () => {
    assert.match(toCurl({ ...request, baseUrl: undefined }), /^curl --request POST "\$VPS_API_URL"'\/servers\/' \\$/mu);
  });

  it('means to a shell what it says, whatever the form holds', function () {
    if (process.platform === 'win32') {
      this.skip();
    }
    const hostile = fc.oneof(fc.constantFrom(`'; rm -rf ~; '`, '$(id)', '`id`', '\\', `'"'"'`, '!x', '\n'), fc.string());
    fc.assert(
      fc.property(hostile, (text) => {
        fc.pre(!text.includes('\0'));
        const said = execFileSync('sh', ['-c', `printf %s ${quoteForShell(text)}`], { encoding: 'utf8' });
        assert.equal(said, text);
      }),
      { numRuns: 40 },
    );
  });
});
