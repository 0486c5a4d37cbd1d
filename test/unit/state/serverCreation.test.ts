import assert from 'node:assert/strict';
import type { ServersApi } from '../../../src/api/client.ts';
import type { ServerList } from '../../../src/api/servers.ts';
import { AppError } from '../../../src/core/errors.ts';
import type { Server } from '../../../src/core/server.ts';
import { ServerCreation } from '../../../src/state/serverCreation.ts';
import { aList, aServer } from '../../support/builders.ts';
import { deferred } from '../../support/fakeApi.ts';
import { settle } from '../../support/fakeClock.ts';
import { signedIn } from '../../support/world.ts';

const request = { name: 'web-9', location: 'us-west', planId: 1, osId: 5 };
const made = aServer({
  id: '99',
  name: 'web-9',
  status: 'provisioning',
  ipAddress: null,
  createdAt: '2025-01-10T14:30:05Z',
});
const lost = (): Promise<never> => Promise.reject(new AppError('timeout', 'No answer'));

/** An account whose list requests return `lists` in turn, then the last one again, and whose POST returns `answer`. */
async function account(
  lists: readonly (readonly Server[] | AppError)[],
  createServer: ServersApi['createServer'],
) {
  let asked = 0;
  const world = await signedIn({
    listServers: () => {
      const list = lists[Math.min(asked++, lists.length - 1)] ?? [];
      return list instanceof AppError ? Promise.reject(list) : Promise.resolve(aList(...list));
    },
    createServer,
    getServer: () => Promise.resolve({ ...made, status: 'active' }),
  });
  const creation = new ServerCreation(world.statusWaiter, world.clock);
  const posts = () => world.calls.filter(({ method }) => method === 'createServer').length;
  return { ...world, creation, posts };
}

describe('ServerCreation', () => {
  it('sends one POST, stores the server and waits until it is active', async () => {
    const { creation, session, posts, statusWaiter, clock } = await account([[]], () =>
      Promise.resolve({ server: made, message: 'It takes 2-5 minutes.' }),
    );
    const ends: unknown[] = [];
    statusWaiter.onDidEnd(({ end, target }) => ends.push([end, target]));
    const outcome = await creation.create(session, request);
    assert.equal(outcome.kind, 'done');
    assert.deepEqual(session.servers.get('99'), made);
    await clock.advance(2_000);
    assert.deepEqual(ends, [['settled', 'active']]);
    assert.equal(posts(), 1);
    statusWaiter.dispose();
  });

  it('is busy while another creation is under way, and not afterwards', async () => {
    const answer = deferred<{ server: Server; message: undefined }>();
    const { creation, session, posts, statusWaiter } = await account([[]], () => answer.promise);
    const first = creation.create(session, request);
    await settle();
    assert.deepEqual(await creation.create(session, { ...request, name: 'other' }), {
      kind: 'busy',
    });
    answer.resolve({ server: made, message: undefined });
    await first;
    assert.equal(posts(), 1);
    assert.equal((await creation.create(session, { ...request, name: 'other' })).kind, 'done');
    statusWaiter.dispose();
  });

  it('reports an existing name before sending, even if the store did not contain it yet', async () => {
    const namesake = aServer({ id: '7', name: 'web-9' });
    const { creation, session, posts } = await account([[namesake], [namesake]], lost);
    assert.equal(session.servers.servers.length, 0);
    assert.deepEqual(await creation.create(session, request), { kind: 'nameExists' });
    const inCapitals = { ...request, name: request.name.toUpperCase() };
    assert.deepEqual(await creation.create(session, inCapitals), { kind: 'nameExists' });
    assert.equal(posts(), 0);
  });

  it('creates a server of the same name with allowSameName', async () => {
    const { creation, session, posts, statusWaiter } = await account(
      [[aServer({ id: '7', name: 'web-9' })]],
      () => Promise.resolve({ server: made, message: undefined }),
    );
    assert.equal((await creation.create(session, request, { allowSameName: true })).kind, 'done');
    assert.equal(posts(), 1);
    statusWaiter.dispose();
  });

  it('sends nothing when the list cannot be fetched', async () => {
    const error = new AppError('network', 'Offline');
    const { creation, session, posts } = await account([error], lost);
    assert.deepEqual(await creation.create(session, request), { kind: 'notSent', error });
    assert.equal(posts(), 0);
  });

  it('returns a refusal without looking for a server', async () => {
    for (const error of [
      new AppError('invalid', '400', { status: 400, fields: { plan_id: ['Not here.'] } }),
      new AppError('unauthorized', '401', { status: 401 }),
      new AppError('paymentRequired', '402', { status: 402 }),
      new AppError('rateLimited', '429', { status: 429 }),
    ]) {
      const { creation, session, posts, calls } = await account([[]], () => Promise.reject(error));
      assert.deepEqual(await creation.create(session, request), { kind: 'failed', error });
      assert.equal(posts(), 1);
      assert.equal(calls.filter(({ method }) => method === 'listServers').length, 1);
    }
  });

  it('does not compare with a list that was requested before', async () => {
    const early = deferred<ReturnType<typeof aList>>();
    let lists = 0;
    const world = await signedIn({
      listServers: () =>
        lists++ === 0 ? early.promise : Promise.resolve(aList(aServer({ id: '7', name: 'web-9' }))),
      createServer: lost,
    });
    const creation = new ServerCreation(world.statusWaiter, world.clock);
    void world.session.refresh();
    const outcome = creation.create(world.session, request);
    await settle();
    early.resolve(aList());
    assert.equal((await outcome).kind, 'nameExists');
  });
});

describe('ServerCreation after a lost reply', () => {
  it('never repeats the request, and returns the server that appeared', async () => {
    for (const error of [
      new AppError('timeout', 'No answer'),
      new AppError('network', 'Cut'),
      new AppError('badResponse', 'HTML', { status: 201, reason: 'notJson' }),
      new AppError('server', '502', { status: 502 }),
      new AppError('cancelled', 'The token was replaced'),
      new AppError('server', 'A fault of our own'),
    ]) {
      const { creation, session, posts } = await account([[], [made]], () => Promise.reject(error));
      const outcome = await creation.create(session, request);
      assert.deepEqual(outcome, { kind: 'unclear', error, probableMatch: made, looked: true });
      assert.equal(posts(), 1);
    }
  });

  it('looks again a little later, because the list may lag behind', async () => {
    const { creation, session, clock, posts } = await account([[], [], [made]], lost);
    const outcome = creation.create(session, request);
    await clock.advance(3_000);
    const ended = await outcome;
    assert.equal(ended.kind === 'unclear' && ended.probableMatch?.id, '99');
    assert.equal(posts(), 1);
  });

  it('reports when no such server appears', async () => {
    const { creation, session, clock } = await account([[], []], lost);
    const outcome = creation.create(session, request);
    await clock.advance(60_000);
    const ended = await outcome;
    assert.ok(ended.kind === 'unclear' && ended.probableMatch === undefined && ended.looked);
  });

  it('reports when the list cannot be fetched either', async () => {
    const { creation, session, clock } = await account(
      [[], new AppError('network', 'Offline')],
      lost,
    );
    const outcome = creation.create(session, request);
    await clock.advance(60_000);
    const ended = await outcome;
    assert.ok(ended.kind === 'unclear' && ended.probableMatch === undefined && !ended.looked);
  });

  it('ignores servers that existed before and other names', async () => {
    const before = aServer({ id: '7', name: 'web-9', createdAt: '2025-01-10T14:29:59Z' });
    const other = aServer({ id: '8', name: 'web-10' });
    const { creation, session, clock } = await account([[before], [before, other]], lost);
    const outcome = creation.create(session, request, { allowSameName: true });
    await clock.advance(60_000);
    const ended = await outcome;
    assert.ok(ended.kind === 'unclear' && ended.probableMatch === undefined);
  });

  it('ignores creation times when the first list was complete', async () => {
    const wrongClock = { ...made, createdAt: '2020-01-01T00:00:00Z' };
    const { creation, session } = await account([[], [wrongClock]], lost);
    const ended = await creation.create(session, request);
    assert.ok(ended.kind === 'unclear' && ended.probableMatch?.id === '99');
  });

  it('ignores a clearly older server when the API withheld servers before', async () => {
    const old = { ...made, id: '7', createdAt: '2024-01-01T00:00:00Z' };
    let lists = 0;
    const world = await signedIn({
      listServers: () =>
        Promise.resolve(
          lists++ === 0 ? { servers: [], total: 2 } : { servers: [old, made], total: 2 },
        ),
      createServer: lost,
    });
    const ended = await new ServerCreation(world.statusWaiter, world.clock).create(
      world.session,
      request,
    );
    assert.ok(ended.kind === 'unclear' && ended.probableMatch?.id === '99');
  });

  // The clock of the test stands at 2025-01-10T14:30Z.
  for (const createdAt of [
    '2025-01-10T14:20:00Z',
    '2025-01-10T14:20:00',
    '2025-01-10 14:40:00',
    '2025-01-10T14:30:05+00:00',
    '2025-01-11T04:30:05+14:00',
    '10/01/2025 14:30',
    undefined,
  ]) {
    it(`recognizes a server created at ${createdAt} although servers were withheld`, async () => {
      const lists = [{ servers: [], total: 2 }];
      const world = await signedIn({
        listServers: () =>
          Promise.resolve(lists.shift() ?? { servers: [{ ...made, createdAt }], total: 2 }),
        createServer: lost,
      });
      const creation = new ServerCreation(world.statusWaiter, world.clock);
      const ended = await creation.create(world.session, request);
      assert.ok(ended.kind === 'unclear' && ended.probableMatch?.id === '99');
    });
  }

  // The computer's clock is ten minutes and more ahead of that of VPS.org, or behind it.
  for (const serverTime of [
    '2025-01-10T14:15:00Z',
    '2025-01-10T14:30:00Z',
    '2025-01-10T15:10:00Z',
  ]) {
    it(`distinguishes an earlier server from a new one by the Date of the list, ${serverTime}`, async () => {
      const dateMs = Date.parse(serverTime);
      const at = (seconds: number): string => new Date(dateMs + seconds * 1000).toISOString();
      const before = { ...made, id: '7', createdAt: at(-60) };
      const created = { ...made, createdAt: at(0) };
      for (const [servers, match] of [
        [[before], undefined],
        [[before, created], '99'],
        [[{ ...created, createdAt: at(300) }, before], '99'],
      ] as const) {
        const lists: ServerList[] = [{ servers: [], total: 2, dateMs }];
        const world = await signedIn({
          listServers: () => Promise.resolve(lists.shift() ?? { servers, total: 2, dateMs }),
          createServer: lost,
        });
        const creation = new ServerCreation(world.statusWaiter, world.clock);
        const creating = creation.create(world.session, request);
        await world.clock.advance(60_000);
        const ended = await creating;
        assert.ok(ended.kind === 'unclear');
        assert.equal(ended.probableMatch?.id, match);
      }
    });
  }

  it('is not busy afterwards', async () => {
    const { creation, session, clock, posts } = await account([[], []], lost);
    const outcome = creation.create(session, request);
    await clock.advance(60_000);
    await outcome;
    void creation.create(session, request);
    await settle();
    assert.equal(posts(), 2);
    await clock.advance(60_000);
  });
});
