import assert from 'node:assert/strict';
import { assertError, makeApi, rejection } from './support/makeApi.ts';

describe('getOwner', () => {
  it('reads the owner from account and token', async () => {
    const { api, sent } = makeApi([
      {
        json: {
          account: {
            email: 'ann@example.com',
            first_name: 'Ann',
            last_name: 'Lee',
            company_name: 'Acme',
            created_at: 'x',
          },
          token: { name: 'laptop', permissions: ['servers.read'] },
        },
      },
    ]);
    assert.deepEqual(await api.getOwner(), {
      email: 'ann@example.com',
      name: 'Ann Lee',
      company: 'Acme',
      tokenName: 'laptop',
    });
    assert.equal(sent[0]?.url.pathname, '/api/v1/account/me/');
  });

  it('reads a part of an owner where only a part is usable', async () => {
    const { api } = makeApi([
      { json: { account: { email: 7, first_name: null, last_name: 'Lee' }, token: null } },
    ]);
    assert.deepEqual(await api.getOwner(), {
      email: undefined,
      name: 'Lee',
      company: undefined,
      tokenName: undefined,
    });
  });

  it('returns undefined where the endpoint is not available or its reply names no owner', async () => {
    const steps = [
      ...[403, 404, 405, 501].map((status) => ({ status })),
      { status: 404, text: '<html></html>' },
      ...[
        '',
        '<html>',
        '{"account": {',
        '[]',
        '5',
        'null',
        '{}',
        '{"account": 5, "token": []}',
      ].map((text) => ({ text })),
    ];
    for (const step of steps) {
      const { api, verify } = makeApi([step]);
      assert.equal(await api.getOwner(), undefined, JSON.stringify(step));
      verify();
    }
  });

  it('rejects where the token or the connection fails', async () => {
    const refusal = { status: 401, json: { detail: 'Invalid token.' } };
    const unauthorized = makeApi([refusal, refusal]);
    assertError(await rejection(unauthorized.api.getOwner()), { kind: 'unauthorized' });
    const broken = makeApi([{ status: 500 }]);
    assertError(await rejection(broken.api.getOwner()), { kind: 'server', status: 500 });
    const away = makeApi([{ status: 302, headers: { location: 'https://login.test/' } }]);
    assertError(await rejection(away.api.getOwner()), { kind: 'badResponse', reason: 'redirect' });
  });
});

describe('listPlans', () => {
  it('reads plans with prices and locations', async () => {
    const { api, sent } = makeApi([
      {
        json: {
          results: [
            {
              id: 1,
              name: 'Standard VPS',
              slug: 'standard',
              vcpus: 2,
              memory: 4096,
              storage: '80',
              bandwidth: 2048,
              price_monthly: '12.50',
              price_hourly: 0.0186,
              available: false,
              locations: [
                'us-west',
                { code: 'us-east', name: 'Virginia' },
                { slug: 'eu' },
                { name: 'Oslo' },
                'us-west',
                5,
                {},
              ],
              description: 'For\nmost.',
            },
          ],
        },
      },
    ]);
    assert.deepEqual(await api.listPlans('us-west'), [
      {
        id: '1',
        name: 'Standard VPS',
        vcpus: 2,
        memoryMiB: 4096,
        storageGB: 80,
        bandwidthGB: 2048,
        priceMonthly: 12.5,
        priceHourly: 0.0186,
        available: false,
        locations: ['us-west', 'us-east', 'eu', 'Oslo'],
      },
    ]);
    assert.equal(sent[0]?.url.href, 'https://admin.vps.test/api/v1/plans/?location=us-west');
  });

  it('keeps plans with unusable fields and skips those without an id', async () => {
    const { api, warnings } = makeApi([
      {
        json: [
          null,
          {},
          { name: 'x' },
          { id: 2, slug: 'big', price_monthly: 'free', available: 'yes' },
          { id: 3 },
          { id: '3' },
        ],
      },
    ]);
    const plans = await api.listPlans();
    assert.deepEqual(
      plans?.map(({ id, name, available, locations, priceMonthly }) => [
        id,
        name,
        available,
        locations,
        priceMonthly,
      ]),
      [
        ['2', 'big', true, [], undefined],
        ['3', '3', true, [], undefined],
      ],
    );
    assert.deepEqual(warnings, [
      'GET /plans/ unexpected values in the reply: results[0], results[1].id, results[2].id, results[3].price_monthly, results[3].available, results[5].id',
    ]);
  });

  it('returns undefined where the endpoint is not available', async () => {
    for (const status of [403, 404, 405, 501]) {
      const { api } = makeApi([{ status }]);
      assert.equal(await api.listPlans(), undefined);
    }
    const page = makeApi([{ status: 404, text: '<html></html>' }]);
    assert.equal(await page.api.listPlans(), undefined);
    const refusal = { status: 401, json: { detail: 'Invalid token.' } };
    const rejected = makeApi([refusal, refusal]);
    assertError(await rejection(rejected.api.listPlans()), { kind: 'unauthorized' });
  });
});
