import assert from 'node:assert/strict';
import { request as httpRequest } from 'node:http';
import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { startVscodeProxy, type VscodeProxy } from '../../../scripts/vscodeProxy.mjs';
import { startLoopback, type Loopback } from '../../support/loopback.ts';

const token = 'a'.repeat(64);
const cookie = `vscode-tkn=${token}`;

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

describe('startVscodeProxy', () => {
  let target: Loopback;
  let proxy: VscodeProxy;
  let answer: (response: ServerResponse) => void;

  beforeEach(async () => {
    answer = (response) => response.end('VS Code');
    target = await startLoopback((_request, response) => answer(response));
    proxy = await startVscodeProxy({
      port: 0,
      targetPort: Number(new URL(target.origin).port),
      connectionToken: token,
      secretKey: Buffer.alloc(32, 7),
      folder: '/a folder',
    });
  });
  afterEach(async () => {
    await proxy.close();
    await target.close();
  });

  function send(
    path: string,
    headers: Readonly<Record<string, string>> = {},
    method = 'GET',
  ): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const options = { port: proxy.port, host: '127.0.0.1', path, method, headers, agent: false };
      httpRequest(options, (response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => (text += chunk.toString()));
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
        );
      })
        .on('error', reject)
        .end();
    });
  }
  const pathOf = (link: string): string => new URL(link).pathname;

  it('opens VS Code once with a link, and the token is not in it', async () => {
    const link = proxy.createLink();
    assert.ok(!link.includes(token));
    const reply = await send(pathOf(link));
    assert.equal(reply.status, 302);
    assert.equal(reply.headers.location, '/?folder=%2Fa+folder');
    assert.match(String(reply.headers['set-cookie']), /^vscode-tkn=a{64}; Path=\/; SameSite=Lax/u);
    assert.equal(reply.headers['cache-control'], 'no-store');
    const again = await send(pathOf(link));
    assert.equal(again.status, 403);
    assert.equal(again.headers['set-cookie'], undefined);
    assert.ok(!again.text.includes(token));
    assert.equal(target.received.length, 0);
  });

  it('opens a used link again in the browser that has the cookie', async () => {
    const path = pathOf(proxy.createLink());
    await send(path);
    assert.equal((await send(path, { cookie })).status, 302);
    assert.equal((await send(path, { cookie: 'vscode-tkn=b' })).status, 403);
  });

  it('refuses every other code, and keeps the link for its owner', async () => {
    const path = pathOf(proxy.createLink());
    for (const wrong of [
      '/open/',
      '/open/x',
      `/open/${token}`,
      `${path}x`,
      `${path}/`,
      path.slice(0, -1),
      path.toUpperCase().replace('/OPEN/', '/open/'),
      '/open/__proto__',
      '/open/%00',
    ]) {
      assert.equal((await send(wrong)).status, 403, wrong);
    }
    assert.equal((await send(path, {}, 'HEAD')).status, 403);
    assert.equal((await send(path)).status, 302);
  });

  it('accepts only its own host names', async () => {
    const { port } = proxy;
    const path = pathOf(proxy.createLink());
    for (const host of [
      'evil.example',
      `evil.example:${port}`,
      `localhost.evil.example:${port}`,
      `evil-localhost:${port}`,
      'localhost',
      '127.0.0.1',
      `localhost:${port + 1}`,
      `localhost:${port}0`,
      `localhost:${port}:${port}`,
      `0.0.0.0:${port}`,
      `127.0.0.2:${port}`,
      `[::]:${port}`,
      `user@localhost:${port}`,
      `localhost.:${port}`,
      `[::1:${port}`,
    ]) {
      for (const asked of ['/', path, '/mint-key']) {
        assert.equal((await send(asked, { host, cookie })).status, 403, host);
      }
    }
    assert.equal(target.received.length, 0);
    for (const host of [
      `localhost:${port}`,
      `LOCALHOST:${port}`,
      `127.0.0.1:${port}`,
      `[::1]:${port}`,
    ]) {
      assert.equal((await send('/', { host })).text, 'VS Code', host);
    }
  });

  it('refuses pages of other origins', async () => {
    for (const origin of ['https://evil.example', 'null', 'http://localhost:1', 'file://']) {
      assert.equal((await send('/', { origin, cookie })).status, 403, origin);
    }
  });

  it('returns the key of the secrets only with the token', async () => {
    for (const wrong of [
      '',
      'vscode-tkn=',
      `vscode-tkn=${token}x`,
      `x-vscode-tkn=${token}`,
      token,
    ]) {
      assert.equal((await send('/mint-key', { cookie: wrong }, 'POST')).status, 403, wrong);
    }
    const reply = await send('/x/mint-key?a=1', { cookie: `a=b; ${cookie}` }, 'POST');
    assert.equal(reply.status, 200);
    assert.equal(reply.text.length, 32);
  });

  it('loses no request to a connection that VS Code just closed', async () => {
    const used = new WeakSet<Socket>();
    answer = (response) => {
      const { socket } = response;
      // The server closes a connection that was idle for some seconds while the next request is on its way.
      if (!socket || used.has(socket)) socket?.destroy();
      else {
        used.add(socket);
        response.end('VS Code');
      }
    };
    const paths = ['/', '/', '/static/a.js', '/static/b.js', '/', '/static/a.js'];
    for (const [index, path] of paths.entries()) {
      const reply = await send(path, { cookie });
      assert.deepEqual([reply.status, reply.text], [200, 'VS Code'], `${path}, request ${index}`);
    }
  });

  describe('webviews', () => {
    const folder = '/stable-1/static/out/vs/workbench/contrib/webview/browser/pre';
    const html = `<meta data-settings="{&quot;webviewEndpoint&quot;:&quot;.${folder}&quot;,&quot;a&quot;:1}">`;
    const policy = "default-src 'self'; frame-src 'self' data:;";
    const id = '0k5ngp354r9eru6ig3q63gfpmbpjfvn73pdniuf1cd03cnotcd7m';

    beforeEach(() => {
      answer = (response) =>
        response
          .writeHead(200, { 'content-type': 'text/html', 'content-security-policy': policy })
          .end(html);
    });

    it('have origins of their own in a page with a name below localhost', async () => {
      const origin = `.vscode.localhost:${proxy.port}`;
      const page = await send('/?folder=%2Fa', { host: origin.slice(1), cookie });
      assert.ok(
        page.text.includes(`&quot;http://{{uuid}}${origin}${folder}&quot;,&quot;a&quot;:1`),
        page.text,
      );
      assert.equal(
        page.headers['content-security-policy'],
        `default-src 'self'; frame-src 'self' http://*${origin} data:;`,
      );
      assert.equal(target.received[0]?.url, '/?folder=%2Fa');
      assert.equal(target.received[0]?.headers.cookie, cookie);
    });

    it('have the origin of the page elsewhere', async () => {
      const page = await send('/', { host: `localhost:${proxy.port}`, cookie });
      assert.equal(page.text, html);
      assert.equal(page.headers['content-security-policy'], policy);
    });

    it('load their own files without a cookie, and nothing else', async () => {
      const host = `${id}.vscode.localhost:${proxy.port}`;
      for (const file of ['index.html?id=1', 'service-worker.js?v=4', 'fake.html']) {
        assert.equal((await send(`${folder}/${file}`, { host })).status, 200, file);
        assert.equal(target.received.at(-1)?.headers.cookie, cookie);
      }
      const { length } = target.received;
      for (const path of [
        '/',
        '/mint-key',
        `${folder}/`,
        `${folder}/../index.html`,
        `${folder}/..%2findex.html`,
        '/vscode-remote-resource?path=/etc/passwd',
        `/vscode-remote-resource?path=${folder}/index.html`,
      ]) {
        assert.equal((await send(path, { host })).status, 403, path);
      }
      for (const wrong of [
        `vscode.localhost:${proxy.port + 1}`,
        `${id}.vscode.localhost:${proxy.port + 1}`,
        `${id}x.vscode.localhost:${proxy.port}`,
        `${id}.evil.localhost:${proxy.port}`,
        `${id}.vscode.localhost.evil.example:${proxy.port}`,
      ]) {
        assert.equal((await send(`${folder}/index.html`, { host: wrong })).status, 403, wrong);
      }
      assert.equal((await send(`${folder}/index.html`, { host }, 'POST')).status, 403);
      assert.equal(target.received.length, length);
    });

    it('get such a page from a link, in browsers that find it', async () => {
      const open = (link: string, userAgent: string) =>
        send(pathOf(link), { 'user-agent': userAgent });
      const moved = await open(proxy.createLink(), 'Mozilla/5.0 Chrome/142.0.0.0 Safari/537.36');
      const location = new URL(String(moved.headers.location));
      assert.equal(location.host, `vscode.localhost:${proxy.port}`);
      const opened = await send(location.pathname, {
        host: location.host,
        'user-agent': 'Mozilla/5.0 Chrome/142.0.0.0 Safari/537.36',
      });
      assert.equal(opened.headers.location, '/?folder=%2Fa+folder');
      assert.match(String(opened.headers['set-cookie']), /^vscode-tkn=a{64};/u);
      const safari = await open(proxy.createLink(), 'Mozilla/5.0 Version/26.0 Safari/605.1.15');
      assert.equal(safari.headers.location, '/?folder=%2Fa+folder');
    });

    it('are missing from an unknown page, which is not sent', async () => {
      answer = (response) => response.end('<html></html>');
      const page = await send('/', { host: `vscode.localhost:${proxy.port}`, cookie });
      assert.equal(page.status, 502);
    });
  });
});
