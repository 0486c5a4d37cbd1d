import assert from 'node:assert/strict';
import type { ServersApi } from '../../../src/api/api.ts';
import { AppError } from '../../../src/core/errors.ts';
import type { Server } from '../../../src/core/server.ts';
import { ServerCreation } from '../../../src/state/serverCreation.ts';
import { aList, aServer } from '../../support/builders.ts';
import { deferred } from '../../support/fakeApi.ts';
import { settle } from '../../support/fakeClock.ts';
import { signedIn } from '../../support/world.ts';

const request = { name: 'web-9', location: 'us-west', planId: 1, osId: 5 };
const made = aServer({ id: '99', name: 'web-9', status: 'provisioning', ipAddress: null, createdAt: '2025-01-10T14:30:05Z' });
const lost = (): Promise<never> => Promise.reject(new AppError('timeout', 'No answer'));

/** An account whose list is `lists` in turn, the last one for good, and whose POST answers as told. */
async function account(lists: readonly (readonly Server[] | AppError)[], createServer: ServersApi['createServer']) {
  let asked = 0;
  const world = await signedIn({
    listServers: () => {
      const list = lists[Math.min(asked++, lists.length - 1)] ?? [];
      return list instanceof AppError ? Promise.reject(list) : Promise.resolve(aList(...list));
    },
    createServer,
    getServer: () => Promise.resolve({ ...made, status: 'active' }),
  });
  const creation = new ServerCreation(world.follower, world.clock);
  const posts = () => world.calls.filter(({ method }) => method === 'createServer').length;
  return { ...world, creation, posts };
}

describe('creating a server', () => {
  it('sends one POST, stores what came and follows it until it is active', async () => {
    const { creation, session, posts, follower, clock } = await account([[]], () =>
      Promise.resolve({ server: made, message: 'It takes 2-5 minutes.' }),
    );
    const ends: unknown[] = [];
    follower.onDidEnd(({ end, target }) => ends.push([end, target]));
    const outcome = await creation.create(session, request);
    assert.equal(outcome.kind, 'done');
    assert.deepEqual(session.servers.get('99'), made);
    await clock.advance(2_000);
    assert.deepEqual(ends, [['settled', 'active']]);
    assert.equal(posts(), 1);
    follower.dispose();
  });

  it('refuses a second creation while the first is not answered, and allows it afterwards', async () => {
    const answer = deferred<{ server: Server; message: undefined }>();
    const { creation, session, posts, follower } = await account([[]], () => answer.promise);
    const first = creation.create(session, request);
    await settle();
    assert.deepEqual(await creation.create(session, { ...request, name: 'other' }), { kind: 'busy' });
    answer.resolve({ server: made, message: undefined });
    await first;
    assert.equal(posts(), 1);
    assert.equal((await creation.create(session, { ...request, name: 'other' })).kind, 'done');
    follower.dispose();
  });

  it('says that a name is taken before anything is sent, also when the store did not know yet', async () => {
    const namesake = aServer({ id: '7', name: 'web-9' });
    const { creation, session, posts } = await account([[namesake]], lost);
    assert.equal(session.servers.servers.length, 0);
    assert.deepEqual(await creation.create(session, request), { kind: 'nameExists', server: namesake });
    assert.equal(posts(), 0);
  });

  it('creates another one of the same name where the person wants that', async () => {
    const { creation, session, posts, follower } = await account([[aServer({ id: '7', name: 'web-9' })]], () =>
      Promise.resolve({ server: made, message: undefined }),
    );
    assert.equal((await creation.create(session, request, { allowSameName: true })).kind, 'done');
    assert.equal(posts(), 1);
    follower.dispose();
  });

  it('sends nothing when the list cannot be had: a lost answer could not be made up for', async () => {
    const error = new AppError('network', 'Offline');
    const { creation, session, posts } = await account([error], lost);
    assert.deepEqual(await creation.create(session, request), { kind: 'notSent', error });
    assert.equal(posts(), 0);
  });

  it('passes on what the API refused, without looking for a server', async () => {
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

  it('does not take a list that was under way before for the one to compare with', async () => {
    const early = deferred<ReturnType<typeof aList>>();
    let lists = 0;
    const world = await signedIn({
      listServers: () => (lists++ === 0 ? early.promise : Promise.resolve(aList(aServer({ id: '7', name: 'web-9' })))),
      createServer: lost,
    });
    const creation = new ServerCreation(world.follower, world.clock);
    void world.session.refresh();
    const outcome = creation.create(world.session, request);
    await settle();
    early.resolve(aList());
    assert.equal((await outcome).kind, 'nameExists');
  });
});

describe('a creation whose answer is lost', () => {
  it('is never repeated, and names the server that appeared since', async () => {
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
      assert.deepEqual(outcome, { kind: 'unclear', error, likely: made, looked: true });
      assert.equal(posts(), 1);
    }
  });

  it('looks again a little later, because lists lag', async () => {
    const { creation, session, clock, posts } = await account([[], [], [made]], lost);
    const outcome = creation.create(session, request);
    await clock.advance(3_000);
    const ended = await outcome;
    assert.equal(ended.kind === 'unclear' && ended.likely?.id, '99');
    assert.equal(posts(), 1);
  });

  it('says so when no such server shows', async () => {
    const { creation, session, clock } = await account([[], []], lost);
    const outcome = creation.create(session, request);
    await clock.advance(60_000);
    const ended = await outcome;
    assert.ok(ended.kind === 'unclear' && ended.likely === undefined && ended.looked);
  });

  it('says so when there is no list either', async () => {
    const { creation, session, clock } = await account([[], new AppError('network', 'Offline')], lost);
    const outcome = creation.create(session, request);
    await clock.advance(60_000);
    const ended = await outcome;
    assert.ok(ended.kind === 'unclear' && ended.likely === undefined && !ended.looked);
  });

  it('takes no server of that name that was there before, nor one of another name', async () => {
    const before = aServer({ id: '7', name: 'web-9', createdAt: '2025-01-10T14:29:59Z' });
    const other = aServer({ id: '8', name: 'web-10' });
    const { creation, session, clock } = await account([[before], [before, other]], lost);
    const outcome = creation.create(session, request, { allowSameName: true });
    await clock.advance(60_000);
    const ended = await outcome;
    assert.ok(ended.kind === 'unclear' && ended.likely === undefined);
  });

  it('trusts a complete list more than clocks', async () => {
    const wrongClock = { ...made, createdAt: '2020-01-01T00:00:00Z' };
    const { creation, session } = await account([[], [wrongClock]], lost);
    const ended = await creation.create(session, request);
    assert.ok(ended.kind === 'unclear' && ended.likely?.id === '99');
  });

  it('leaves out a clearly older server where the API kept servers back before', async () => {
    const old = { ...made, id: '7', createdAt: '2024-01-01T00:00:00Z' };
    let lists = 0;
    const world = await signedIn({
      listServers: () => Promise.resolve(lists++ === 0 ? { servers: [], total: 2 } : { servers: [old, made], total: 2 }),
      createServer: lost,
    });
    const ended = await new ServerCreation(world.follower, world.clock).create(world.session, request);
    assert.ok(ended.kind === 'unclear' && ended.likely?.id === '99');
  });

  it('lets the next creation through afterwards', async () => {
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
