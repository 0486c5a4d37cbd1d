import assert from 'node:assert/strict';
import fc from 'fast-check';
import { AppError } from '../../src/core/errors.ts';
import type { Server } from '../../src/core/server.ts';
import { wireServer, wireServerDetail } from '../unit/api/support/wireServers.ts';
import { makeApi } from '../unit/api/support/makeApi.ts';
import type { Step } from '../unit/api/support/scriptedFetch.ts';
import { anyJson, anyText, damaged, nearlyServer } from './support/arbitraries.ts';
import { fuzz } from './support/fuzz.ts';

/** Ids that no damaged server has. */
const goodId = fc.integer({ min: 1_000_000, max: 2_000_000 });
const goodServers = fc
  .uniqueArray(goodId, { maxLength: 6 })
  .map((ids) => ids.map((id) => wireServer({ id, name: `good-${id}` })));

function idOf(entry: unknown): string {
  const id = typeof entry === 'object' && entry !== null && 'id' in entry ? entry.id : undefined;
  return typeof id === 'string' || typeof id === 'number' ? String(id) : '';
}

/** Good servers in order, with damaged ones in between. */
const mixture = fc
  .tuple(goodServers, fc.array(fc.tuple(fc.nat(6), nearlyServer), { maxLength: 6 }))
  .map(([good, damagedOnes]) => {
    const taken = new Set(good.map(idOf));
    const results: unknown[] = [...good];
    for (const [at, entry] of damagedOnes.filter(([, each]) => !taken.has(idOf(each).trim()))) {
      results.splice(at, 0, entry);
    }
    return { good, results };
  });

/** The result of a call, or the `AppError` that it rejects with. Fails on any other error. */
async function outcome<T>(call: Promise<T>): Promise<T | AppError> {
  try {
    return await call;
  } catch (error) {
    assert.ok(error instanceof AppError, String(error));
    return error;
  }
}

function assertServer(server: Server): void {
  assert.equal(typeof server.id, 'string');
  assert.notEqual(server.id, '');
  assert.notEqual(server.name, '');
  assert.equal(typeof server.status, 'string');
  for (const text of [server.hostname, server.location, server.createdAt, server.updatedAt]) {
    assert.ok(text === undefined || typeof text === 'string');
  }
  for (const address of [server.ipAddress, server.ipv6Address]) {
    assert.ok(address === undefined || address === null || typeof address === 'string');
  }
  for (const number of [
    server.plan?.vcpus,
    server.plan?.memoryMiB,
    server.plan?.storageGB,
    server.usage?.cpuPercent,
  ]) {
    assert.ok(number === undefined || (Number.isFinite(number) && number >= 0));
  }
}

function textOf(step: Step): string {
  return typeof step === 'object' && 'text' in step ? (step.text ?? '') : '';
}

/** The body of a reply: valid JSON, truncated JSON, or no JSON. */
const body = (value: fc.Arbitrary<unknown>): fc.Arbitrary<Step> =>
  fc.oneof(
    { arbitrary: value.map((json) => ({ json })), weight: 8 },
    {
      arbitrary: value.map((json) => ({ text: (JSON.stringify(json) ?? '').slice(0, -1) })),
      weight: 1,
    },
    { arbitrary: anyText.map((text) => ({ text })), weight: 1 },
  );

describe('listServers', () => {
  fuzz(
    'keeps every good server beside damaged ones',
    fc.tuple(mixture, fc.boolean(), anyJson),
    async ([{ good, results }, isBare, count]) => {
      const { api } = makeApi([{ json: isBare ? results : { count, results } }]);
      const list = await api.listServers();
      const ids = list.servers.map(({ id }) => id);
      assert.equal(new Set(ids).size, ids.length);
      assert.ok(list.total >= list.servers.length);
      list.servers.forEach(assertServer);
      for (const wire of good) {
        const found = list.servers.find(({ id }) => id === idOf(wire));
        assert.equal(found?.name, wire.name);
        assert.equal(found?.status, 'active');
        assert.equal(found?.ipAddress, '203.0.113.10');
      }
    },
  );

  fuzz(
    'returns a list or an error for any body',
    body(fc.oneof(anyJson, damaged({ count: 1, results: [wireServer()], next: null }))),
    async (step) => {
      // The body may name a next page, which does not exist.
      const { api } = makeApi([step, {}, {}, {}, {}]);
      const list = await outcome(api.listServers());
      if (list instanceof AppError) {
        assert.ok(['badResponse', 'network'].includes(list.kind), list.kind);
      } else {
        list.servers.forEach(assertServer);
      }
    },
  );
});

describe('server calls', () => {
  fuzz('return a server or an error for any body', body(nearlyServer), async (step) => {
    const server = await outcome(makeApi([step]).api.getServer('77'));
    if (server instanceof AppError) {
      assert.equal(server.kind, 'badResponse');
    } else {
      assertServer(server);
    }
  });

  const powerReply = {
    status: 'success',
    message: 'Server is stopping',
    server: { id: 77, name: 'web', status: 'stopping' },
  };
  fuzz(
    'never report a power action that took effect as failed',
    body(fc.oneof(damaged(powerReply), anyJson)),
    async (step) => {
      const reply = await outcome(makeApi([step]).api.power('77', 'stop'));
      if (reply instanceof AppError) {
        // A web page does not come from the API.
        assert.equal(reply.reason, 'notJson');
        assert.match(textOf(step), /^\s*</u);
        return;
      }
      assert.ok(
        reply.server === undefined ||
          (reply.server.id !== '' && typeof reply.server.status === 'string'),
      );
      assert.ok(reply.message === undefined || !/[\r\n]/u.test(reply.message));
    },
  );

  fuzz(
    'never report a creation that may have succeeded as refused',
    body(nearlyServer),
    async (step) => {
      const request = {
        name: 'web',
        planId: 1,
        osId: 5,
        location: 'us-west',
        backupsEnabled: false,
      } as const;
      const reply = await outcome(
        makeApi([{ ...(step as object), status: 201 }]).api.createServer(request),
      );
      if (reply instanceof AppError) {
        assert.equal(reply.kind, 'badResponse');
      } else {
        assertServer(reply.server);
      }
    },
  );

  fuzz(
    'return a server or nothing for any reply to a change',
    body(fc.oneof(nearlyServer, fc.constant(wireServerDetail()))),
    async (step) => {
      const server = await outcome(makeApi([step]).api.updateServer('77', { name: 'x' }));
      if (server instanceof AppError) {
        assert.match(textOf(step), /^\s*</u);
      } else if (server) {
        assertServer(server);
      }
    },
  );
});

describe('optional endpoints', () => {
  const plan = {
    id: 1,
    name: 'Standard',
    slug: 's',
    vcpus: 2,
    memory: 4096,
    storage: 80,
    bandwidth: 2048,
    price_monthly: 12.5,
    price_hourly: 0.02,
    available: true,
    locations: ['us-west'],
  };
  fuzz(
    'return plans or an error for any body',
    body(
      fc.oneof(
        fc.array(fc.oneof(damaged(plan), anyJson)).map((results) => ({ results })),
        anyJson,
      ),
    ),
    async (step) => {
      const plans = await outcome(makeApi([step]).api.listPlans());
      for (const { id, name, priceMonthly, locations } of plans instanceof AppError
        ? []
        : (plans ?? [])) {
        assert.ok(id !== '' && name !== '');
        assert.ok(
          priceMonthly === undefined || (Number.isFinite(priceMonthly) && priceMonthly >= 0),
        );
        assert.ok(locations.every((location) => typeof location === 'string'));
      }
    },
  );

  const owner = {
    account: { email: 'jo@example.com', first_name: 'Jo', last_name: 'Doe' },
    token: { name: 't', permissions: ['read'] },
  };
  fuzz(
    'return an owner or an error for any body',
    body(fc.oneof(damaged(owner), anyJson)),
    async (step) => {
      const found = await outcome(makeApi([step]).api.getOwner());
      if (found && !(found instanceof AppError)) {
        for (const text of [found.email, found.name, found.company, found.tokenName]) {
          assert.ok(text === undefined || (text !== '' && !/[\r\n]/u.test(text)));
        }
      }
    },
  );
});
