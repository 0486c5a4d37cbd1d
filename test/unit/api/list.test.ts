import assert from 'node:assert/strict';
import { assertError, makeApi, rejection } from './support/makeApi.ts';
import { wireServer } from './support/wireServers.ts';

const base = 'https://admin.vps.test/api/v1/servers/';

function page(ids: readonly number[], next?: unknown, count?: unknown) {
  return { json: { count, next, results: ids.map((id) => wireServer({ id })) } };
}

describe('A list of servers', () => {
  it('comes in the order of the API', async () => {
    const { api } = makeApi([page([3, 1, 2], null, 3)]);
    const list = await api.listServers();
    assert.deepEqual(
      list.servers.map((server) => server.id),
      ['3', '1', '2'],
    );
    assert.equal(list.total, 3);
  });

  it('of thousands lets others have their turn while it is read', async () => {
    const ids = Array.from({ length: 3_500 }, (_, index) => index + 1);
    const { api } = makeApi([page(ids, null, ids.length)]);
    let isRead = false;
    const list = api.listServers().finally(() => (isRead = true));
    let turns = 0;
    while (!isRead) {
      await new Promise((resolve) => setImmediate(resolve));
      turns++;
    }
    assert.deepEqual((await list).servers.map(({ id }) => Number(id)), ids);
    assert.ok(turns >= 3, `${turns} turns`);
  });

  it('may be a bare array', async () => {
    const { api } = makeApi([{ json: [wireServer({ id: 1 }), wireServer({ id: 2 })] }]);
    const list = await api.listServers();
    assert.equal(list.servers.length, 2);
    assert.equal(list.total, 2);
  });

  it('of any other shape is refused', async () => {
    for (const json of [{}, { results: null }, { results: {} }, 'x', 5, null, true]) {
      const { api } = makeApi([{ json }]);
      assertError(await rejection(api.listServers()), {
        kind: 'badResponse',
        reason: 'wrongShape',
        path: '/servers/',
      });
    }
  });

  it('says how many there are where the API kept some back', async () => {
    const { api } = makeApi([page([1, 2], null, 40)]);
    assert.equal((await api.listServers()).total, 40);
  });

  it('does not believe an impossible count', async () => {
    for (const count of [1, -1, 2.5, 'many', {}, 1e300]) {
      const { api, warnings } = makeApi([page([1, 2, 3], null, count)]);
      assert.equal((await api.listServers()).total, 3);
      assert.match(warnings.join(), /odd in the reply: count/);
    }
  });

  it('leaves out what has no usable id, counts it and says where it was', async () => {
    const odd = [
      null,
      7,
      'x',
      {},
      { id: null },
      { id: '' },
      { id: '..' },
      { id: 1.5 },
      { id: 2 ** 60 },
      { id: 'a\u202eb' },
    ];
    const { api, warnings } = makeApi([{ json: { results: [...odd, wireServer({ id: 8 })] } }]);
    const list = await api.listServers();
    assert.deepEqual(
      list.servers.map((server) => server.id),
      ['8'],
    );
    assert.equal(list.total, odd.length + 1);
    assert.equal(list.isDoubtful, true);
    assert.match(warnings.join(), /results\[0\], results\[1\], results\[2\], results\[3\]\.id/);
  });

  it('shows an odd server with what is known and names the odd fields, not their values', async () => {
    const odd = wireServer({
      id: 'b7c1',
      name: '  ',
      status: 5,
      ip_address: ['secret-value'],
      plan: { name: 'Big', memory: '8192', storage: -1, vcpus: 'secret-value' },
      os: 'secret-value',
      resource_usage: [],
      brand_new: { a: 1 },
    });
    const { api, warnings } = makeApi([{ json: { results: [odd, wireServer()] } }]);
    const { servers } = await api.listServers();
    assert.equal(servers.length, 2);
    assert.equal(servers[0]?.name, 'b7c1');
    assert.equal(servers[0].status, 'unknown');
    assert.equal(servers[0].hostname, 'web01.example.com');
    assert.equal(servers[0].plan?.memoryMiB, 8192);
    assert.equal(servers[0].plan.storageGB, undefined);
    const paths = ['name', 'status', 'ip_address', 'os', 'resource_usage', 'plan.vcpus', 'plan.storage'];
    assert.deepEqual(warnings, [
      `GET /servers/ odd in the reply: ${paths.map((path) => `results[0].${path}`).join(', ')}`,
    ]);
  });

  it('warns once about the same odd fields, and again when they change', async () => {
    const odd = { json: [wireServer({ name: 5 })] };
    const { api, warnings } = makeApi([odd, odd, { json: [wireServer()] }, odd]);
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
    assert.deepEqual(warnings, ['GET /servers/ odd in the reply: results[1].id']);
  });

  it('misses nobody because one came twice, also where the count counts both', async () => {
    const { api } = makeApi([page([1, 2, 1], null, 3)]);
    const list = await api.listServers();
    assert.equal(list.total, 2);
    assert.equal(list.isDoubtful, false);
  });
});

describe('A list in pages', () => {
  it('is fetched along its links, absolute and relative ones', async () => {
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

  it('has the count that was named last, and ends at an empty link', async () => {
    const { api, warnings, verify } = makeApi([page([1], '?page=2', 9), page([2], '')]);
    assert.equal((await api.listServers()).total, 9);
    assert.deepEqual(warnings, []);
    verify();
  });

  it('is doubtful where a server may have moved from one page to another meanwhile', async () => {
    const lists = {
      'the count changed': [page([1, 2], '?page=2', 4), page([4], null, 3)],
      'one came twice': [page([1, 2], '?page=2', 4), page([2, 3], null, 4)],
    };
    for (const [why, pages] of Object.entries(lists)) {
      const list = await makeApi(pages).api.listServers();
      assert.equal(list.isDoubtful, true, why);
      assert.equal(list.total, 3, why);
    }
  });

  it('is not doubtful where nothing changed meanwhile, and where the API kept some back anyway', async () => {
    for (const pages of [
      [page([1, 2], '?page=2', 3), page([3])],
      [page([1, 2], '?page=2', 9), page([3], null, 8)],
    ]) {
      assert.equal((await makeApi(pages).api.listServers()).isDoubtful, false);
    }
  });

  it('does not follow a link to another origin, and says so', async () => {
    const links = [
      'https://evil.test/api/v1/servers/?page=2',
      'http://admin.vps.test/api/v1/servers/?page=2',
      'https://admin.vps.test:8443/api/v1/servers/?page=2',
      'https://admin.vps.test@evil.test/',
      'https://user:pw@admin.vps.test/api/v1/servers/?page=2',
      '//evil.test/servers/',
      'javascript:alert(1)',
      'http://[',
    ];
    for (const link of links) {
      const { api, warnings, verify } = makeApi([page([1], link, 5)]);
      const list = await api.listServers();
      assert.equal(list.servers.length, 1);
      assert.equal(list.total, 5);
      assert.match(warnings.join(), /not on the same origin/);
      assert.ok(!warnings.join().includes('evil'));
      verify();
    }
  });

  it('takes a link that is no text for none', async () => {
    const { api, warnings, verify } = makeApi([page([1], { href: 'x' })]);
    assert.equal((await api.listServers()).servers.length, 1);
    assert.match(warnings.join(), /odd in the reply: next/);
    verify();
  });

  it('ends when it goes round in a circle', async () => {
    const { api, warnings, verify } = makeApi([page([1], '?page=2'), page([2], `${base}#top`)]);
    const list = await api.listServers();
    assert.equal(list.servers.length, 2);
    assert.equal(list.isDoubtful, true);
    assert.match(warnings.join(), /fetched already/);
    verify();
  });

  it('ends after a hundred pages', async () => {
    const pages = Array.from({ length: 100 }, (_, index) => page([index], `?page=${index + 2}`));
    const { api, warnings, verify } = makeApi(pages);
    const list = await api.listServers();
    assert.equal(list.servers.length, 100);
    assert.equal(list.isDoubtful, true, 'what is on the other pages may exist all the same');
    assert.match(warnings.join(), /more than 100 pages/);
    verify();
  });

  it('fails as a whole when a later page fails: half a list would look like deletions', async () => {
    const { api, verify } = makeApi([page([1], '?page=2'), { status: 404 }]);
    assertError(await rejection(api.listServers()), { kind: 'notFound', path: '/servers/' });
    verify();
  });

  it('repeats a page that failed in passing, and only that page', async () => {
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
