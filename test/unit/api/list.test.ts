import assert from 'node:assert/strict';
import fc from 'fast-check';
import { assertError, makeApi, rejection, token } from './support/makeApi.ts';
import { wireServer } from './support/wireServers.ts';

const base = 'https://admin.vps.test/api/v1/servers/';

function page(ids: readonly number[], next?: unknown, count?: unknown) {
  return { json: { count, next, results: ids.map((id) => wireServer({ id })) } };
}

describe('listServers', () => {
  it('keeps the order of the API', async () => {
    const { api } = makeApi([page([3, 1, 2], null, 3)]);
    const list = await api.listServers();
    assert.deepEqual(
      list.servers.map((server) => server.id),
      ['3', '1', '2'],
    );
    assert.equal(list.total, 3);
  });

  it("has the server's time of its last page", async () => {
    const next = `${base}?page=2`;
    const withDate = (step: object, date: string) => ({ ...step, headers: { date } });
    const { api } = makeApi([
      withDate(page([1], next, 2), 'Fri, 10 Jan 2025 14:30:00 GMT'),
      withDate(page([2], null, 2), 'Fri, 10 Jan 2025 14:30:05 GMT'),
      withDate(page([1]), 'today'),
    ]);
    assert.equal((await api.listServers()).dateMs, Date.UTC(2025, 0, 10, 14, 30, 5));
    assert.equal((await api.listServers()).dateMs, undefined);
  });

  it('lets other work run while it reads thousands of servers', async () => {
    const ids = Array.from({ length: 3_500 }, (_, index) => index + 1);
    const { api } = makeApi([page(ids, null, ids.length)]);
    let isRead = false;
    const list = api.listServers().finally(() => (isRead = true));
    let turns = 0;
    while (!isRead) {
      await new Promise((resolve) => setImmediate(resolve));
      turns++;
    }
    assert.deepEqual(
      (await list).servers.map(({ id }) => Number(id)),
      ids,
    );
    assert.ok(turns >= 3, `${turns} turns`);
  });

  it('accepts a bare array', async () => {
    const { api } = makeApi([{ json: [wireServer({ id: 1 }), wireServer({ id: 2 })] }]);
    const list = await api.listServers();
    assert.equal(list.servers.length, 2);
    assert.equal(list.total, 2);
  });

  it('rejects any other shape', async () => {
    for (const json of [{}, { results: 'x' }, { results: 5 }, 'x', 5, null, true]) {
      const { api } = makeApi([{ json }]);
      assertError(await rejection(api.listServers()), {
        kind: 'badResponse',
        reason: 'wrongShape',
        path: '/servers/',
      });
    }
  });

  it('returns the total where the API held servers back', async () => {
    const { api } = makeApi([page([1, 2], null, 40)]);
    assert.equal((await api.listServers()).total, 40);
  });

  it('ignores an impossible count', async () => {
    for (const count of [1, -1, 2.5, 'many', {}, 1e300]) {
      const { api, warnings } = makeApi([page([1, 2, 3], null, count)]);
      assert.equal((await api.listServers()).total, 3);
      assert.match(warnings.join(), /unexpected values in the reply: count/);
    }
  });

  it('skips, counts and logs entries without a usable id', async () => {
    const unusable = [
      null,
      7,
      'x',
      {},
      { id: null },
      { id: '' },
      { id: '..' },
      { id: 1.5 },
      { id: 1e60 },
      { id: 'a\u202eb' },
    ];
    const { api, warnings } = makeApi([
      { json: { results: [...unusable, wireServer({ id: 8 })] } },
    ]);
    const list = await api.listServers();
    assert.deepEqual(
      list.servers.map((server) => server.id),
      ['8'],
    );
    assert.equal(list.total, unusable.length + 1);
    assert.equal(list.mayBeIncomplete, true);
    assert.match(warnings.join(), /results\[0\], results\[1\], results\[2\], results\[3\]\.id/);
  });

  it('keeps a server with unusable fields, and logs their paths without values', async () => {
    const damaged = wireServer({
      id: 'b7c1',
      name: '  ',
      status: 5,
      ip_address: ['secret-value'],
      plan: { name: 'Big', memory: '8192', storage: -1, vcpus: 'secret-value' },
      os: 'secret-value',
      resource_usage: [],
      brand_new: { a: 1 },
    });
    const { api, warnings } = makeApi([{ json: { results: [damaged, wireServer()] } }]);
    const { servers } = await api.listServers();
    assert.equal(servers.length, 2);
    assert.equal(servers[0]?.name, 'b7c1');
    assert.equal(servers[0].status, 'unknown');
    assert.equal(servers[0].hostname, 'web01.example.com');
    assert.equal(servers[0].plan?.memoryMiB, 8192);
    assert.equal(servers[0].plan.storageGB, undefined);
    const paths = [
      'name',
      'status',
      'ip_address',
      'os',
      'resource_usage',
      'plan.vcpus',
      'plan.storage',
    ];
    assert.deepEqual(warnings, [
      `GET /servers/ unexpected values in the reply: ${paths.map((path) => `results[0].${path}`).join(', ')}`,
    ]);
  });

  it('warns once about the same fields, and again when they change', async () => {
    const damaged = { json: [wireServer({ name: 5 })] };
    const { api, warnings } = makeApi([damaged, damaged, { json: [wireServer()] }, damaged]);
    for (let call = 0; call < 4; call++) {
      await api.listServers();
    }
    assert.equal(warnings.length, 2);
  });

  it('keeps the first of two servers with the same id', async () => {
    const { api, warnings } = makeApi([
      { json: [wireServer({ id: 1, name: 'first' }), wireServer({ id: '1', name: 'second' })] },
    ]);
    const list = await api.listServers();
    assert.deepEqual(
      list.servers.map((server) => server.name),
      ['first'],
    );
    assert.equal(list.total, 1);
    assert.deepEqual(warnings, ['GET /servers/ unexpected values in the reply: results[1].id']);
  });

  it('is complete although one server was sent twice, also where the count includes both', async () => {
    const { api } = makeApi([page([1, 2, 1], null, 3)]);
    const list = await api.listServers();
    assert.equal(list.total, 2);
    assert.equal(list.mayBeIncomplete, false);
  });
});

describe('listServers with a token in it', () => {
  it('has names and hostnames without the token, in whatever form', async () => {
    const bytes = Buffer.from(token);
    const escaped = Array.from(
      token,
      (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
    for (const form of [
      token,
      token.toUpperCase(),
      escaped.join(''),
      bytes.toString('base64'),
      Buffer.from(`x${token}`).toString('base64url'),
      bytes.toString('hex'),
      encodeURIComponent(token).replaceAll('_', '%5F'),
    ]) {
      const text = `[{"id":1,"name":"${form}","hostname":"${form}.example.com"},{"id":2,"name":"web"}]`;
      const { servers } = await makeApi([{ text }]).api.listServers();
      assert.match(servers[0]?.name ?? '', /\[redacted\]/u, form);
      assert.match(servers[0]?.hostname ?? '', /\[redacted\]/u, form);
      assert.equal(servers[1]?.name, 'web');
    }
  });
});

describe('listServers with pages', () => {
  it('follows absolute and relative links', async () => {
    const { api, sent, verify } = makeApi([
      page([1], `${base}?page=2`, 3),
      page([2], '?page=3', 3),
      page([3], null, 3),
    ]);
    const list = await api.listServers({ status: 'active' });
    assert.deepEqual(
      list.servers.map((server) => server.id),
      ['1', '2', '3'],
    );
    assert.deepEqual(
      sent.map((request) => request.url.search),
      ['?status=active', '?page=2', '?page=3'],
    );
    verify();
  });

  it('returns the last count and ends at an empty link', async () => {
    const { api, warnings, verify } = makeApi([page([1], '?page=2', 9), page([2], '')]);
    assert.equal((await api.listServers()).total, 9);
    assert.deepEqual(warnings, []);
    verify();
  });

  it('may be incomplete where a server moved from one page to another', async () => {
    const lists = {
      'the count changed': [page([1, 2], '?page=2', 4), page([4], null, 3)],
      'one came twice': [page([1, 2], '?page=2', 4), page([2, 3], null, 4)],
    };
    for (const [why, pages] of Object.entries(lists)) {
      const list = await makeApi(pages).api.listServers();
      assert.equal(list.mayBeIncomplete, true, why);
      assert.equal(list.total, 3, why);
    }
  });

  it('is not marked as incomplete where nothing changed, or where the API held servers back', async () => {
    for (const pages of [
      [page([1, 2], '?page=2', 3), page([3])],
      [page([1, 2], '?page=2', 9), page([3], null, 8)],
    ]) {
      assert.equal((await makeApi(pages).api.listServers()).mayBeIncomplete, false);
    }
  });

  it('takes path and query of a link to the list on its own origin', async () => {
    const links = [
      'https://admin.vps.test/api/v1/servers/?page=2',
      'http://admin.vps.test/api/v1/servers/?page=2',
      'http://admin.vps.test:80/api/v1/servers/?page=2',
      'HTTP://ADMIN.VPS.TEST/api/v1/servers/?page=2',
      'http://admin.vps.test:8000/api/v1/servers/?page=2#x',
      'https://admin.vps.test:8443/api/v1/servers/?page=2',
      'http://backend/api/v1/servers/?page=2',
      'http://api-7d9f.default.svc.cluster.local:8000/api/v1/servers/?page=2',
      'http://127.0.0.1:8000/api/v1/servers/?page=2',
      'http://10.0.0.7/api/v1/servers/?page=2',
      'http://[::1]:8000/api/v1/servers/?page=2',
      'https://user:pw@admin.vps.test/api/v1/servers/?page=2',
      'https://evil.test/api/v1/servers/?page=2',
      '//backend/api/v1/servers/?page=2',
      '/api/v1/servers/?page=2',
      '?page=2',
    ];
    for (const link of links) {
      const { api, sent, warnings, verify } = makeApi([page([1], link, 2), page([2])]);
      assert.equal((await api.listServers()).servers.length, 2, link);
      assert.equal(sent[1]?.url.href, 'https://admin.vps.test/api/v1/servers/?page=2');
      assert.deepEqual(warnings, []);
      verify();
    }
  });

  it('shows what arrived where a page is refused whose address was a guess', async () => {
    const refusals = [
      { status: 403, json: { detail: 'You may not do this.' } },
      { status: 403, text: '<html>Blocked' },
      { status: 404, json: { detail: 'Invalid page.' } },
      { status: 404, text: 'not found' },
      { status: 400, json: { detail: 'Bad page.' } },
      { status: 302, headers: { location: 'https://login.test/' } },
      { text: '<html>' },
      { json: { welcome: true } },
    ];
    for (const refusal of refusals) {
      for (const link of [
        'http://backend:8000/api/v1/servers/?page=2',
        `http${base.slice(5)}?p=2`,
      ]) {
        const { api, warnings, verify } = makeApi([page([1, 2], link), refusal]);
        const { servers, mayBeIncomplete } = await api.listServers();
        assert.equal(servers.length, 2);
        assert.equal(mayBeIncomplete, true);
        assert.match(warnings.join(), /has a next page that is not served/u);
        verify();
        const counted = makeApi([page([1, 2], link, 7), refusal]);
        assert.equal((await counted.api.listServers()).total, 7);
      }
      const { api } = makeApi([page([1, 2], `${base}?page=2`), refusal]);
      assertError(await rejection(api.listServers()), {});
    }
    const guess = page([1], 'http://backend/api/v1/servers/?page=2');
    const broken = makeApi([guess, { status: 500, json: { detail: 'x y' } }]);
    assertError(await rejection(broken.api.listServers()), { kind: 'server' });
  });

  it('never sends the token away from the API, whatever the link', async () => {
    const part = fc.constantFrom(
      ...['https:', 'http:', '//', '/', '\\', '@', ':', '..', '%2e', '%2f', '?page=2', '#', ';'],
      ...['evil.test', 'admin.vps.test', 'api', 'v1', 'servers', 'api/v1/servers/', '\t', '[', 'ü'],
    );
    await fc.assert(
      fc.asyncProperty(fc.array(part, { maxLength: 10 }), async (parts) => {
        const { api, sent } = makeApi([page([1], parts.join(''), 5), page([2])]);
        await api.listServers();
        for (const { url } of sent) {
          assert.equal(url.origin, 'https://admin.vps.test');
          assert.match(url.pathname, /^\/api\/v1\/servers(?:\/|$)/u);
          assert.equal(url.username + url.password, '');
        }
      }),
    );
  });

  it('does not follow a link to anything else, and logs that', async () => {
    const links = [
      'https://evil.test/api/v1/plans/?page=2',
      'https://evil.test/?page=2',
      'https://admin.vps.test@evil.test/',
      'https://admin.vps.test/servers/?page=2',
      'https://admin.vps.test/logout?page=2',
      'https://admin.vps.test/api/v2/servers/?page=2',
      '/api/v1/account/me/',
      '/api/v1/servers/../../../admin/?page=2',
      '//evil.test/servers/',
      'ftp://admin.vps.test/api/v1/servers/?page=2',
      'javascript:alert(1)',
      'http://[',
    ];
    for (const link of links) {
      const { api, warnings, verify } = makeApi([page([1], link, 5)]);
      const list = await api.listServers();
      assert.equal(list.servers.length, 1);
      assert.equal(list.total, 5);
      assert.match(warnings.join(), /at another address/);
      assert.ok(!warnings.join().includes('evil'));
      verify();
    }
  });

  it('ignores a link that is no text', async () => {
    const { api, warnings, verify } = makeApi([page([1], { href: 'x' })]);
    assert.equal((await api.listServers()).servers.length, 1);
    assert.match(warnings.join(), /unexpected values in the reply: next/);
    verify();
  });

  it('stops at a page that it fetched before', async () => {
    const { api, warnings, verify } = makeApi([page([1], '?page=2'), page([2], `${base}#top`)]);
    const list = await api.listServers();
    assert.equal(list.servers.length, 2);
    assert.equal(list.mayBeIncomplete, true);
    assert.match(warnings.join(), /fetched already/);
    verify();
  });

  it('stops after 100 pages', async () => {
    const pages = Array.from({ length: 100 }, (_, index) => page([index], `?page=${index + 2}`));
    const { api, warnings, verify } = makeApi(pages);
    const list = await api.listServers();
    assert.equal(list.servers.length, 100);
    assert.equal(list.mayBeIncomplete, true, 'servers on the other pages may exist');
    assert.match(warnings.join(), /more than 100 pages/);
    verify();
  });

  it('fails when a later page fails, because half a list would look like deletions', async () => {
    const { api, verify } = makeApi([
      page([1], '?page=2'),
      { status: 404, json: { detail: 'Invalid page.' } },
    ]);
    assertError(await rejection(api.listServers()), { kind: 'notFound', path: '/servers/' });
    verify();
  });

  it('retries only the page that failed', async () => {
    const { api, clock, sent } = makeApi([page([1], '?page=2'), { status: 503 }, page([2])]);
    const list = api.listServers();
    await clock.advance(1000);
    assert.equal((await list).servers.length, 2);
    assert.deepEqual(
      sent.map((request) => request.url.search),
      ['', '?page=2', '?page=2'],
    );
  });
});
