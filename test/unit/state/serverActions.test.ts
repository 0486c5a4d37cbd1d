import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { PowerReply, ServersApi } from '../../../src/api/api.ts';
import { AppError } from '../../../src/core/errors.ts';
import type { Server } from '../../../src/core/server.ts';
import { aList, anAccount, aServer } from '../../support/builders.ts';
import { deferred } from '../../support/fakeApi.ts';
import { settle } from '../../support/fakeClock.ts';
import { signedIn } from '../../support/world.ts';

const ref = { accountId: 'account-1', serverId: '12345' };

async function acting(answers: Partial<ServersApi>, server: Server = aServer()) {
  const world = await signedIn({ listServers: () => Promise.resolve(aList(server)), ...answers });
  await world.session.refresh();
  const sent = (method: keyof ServersApi): number => world.calls.filter((call) => call.method === method).length;
  return { ...world, sent };
}
const stopping: PowerReply = { server: { id: '12345', name: 'web-server-01', status: 'stopping' }, message: 'ok' };

describe('a power action', () => {
  it('shows the transition of the reply at once and follows it', async () => {
    const { actions, session, follower, sent } = await acting({ power: () => Promise.resolve(stopping) });
    const outcome = await actions.power(ref, 'stop');
    assert.equal(outcome.kind, 'done');
    assert.equal(session.servers.get('12345')?.status, 'stopping');
    assert.ok(follower.isFollowing(ref));
    assert.equal(sent('power'), 1);
  });

  it('is not sent where the status does not allow it', async () => {
    const { actions, sent } = await acting({}, aServer({ status: 'stopped' }));
    assert.equal((await actions.power(ref, 'stop')).kind, 'notAllowed');
    assert.equal((await actions.power({ ...ref, serverId: '../1' }, 'stop')).kind, 'notKnown');
    assert.equal(sent('power'), 0);
  });

  it('is refused while another request for the server is under way', async () => {
    const reply = deferred<PowerReply>();
    const { actions, sent } = await acting({ power: () => reply.promise });
    const first = actions.power(ref, 'stop');
    assert.deepEqual(await actions.power(ref, 'reboot'), { kind: 'busy', running: 'stop' });
    assert.deepEqual(await actions.delete(ref), { kind: 'busy', running: 'stop' });
    reply.resolve(stopping);
    assert.equal((await first).kind, 'done');
    assert.equal(sent('power'), 1);
    assert.equal(actions.running(ref), undefined);
  });

  it('tells what the server said to a refusal, and looks again', async () => {
    const { actions, session, sent } = await acting({
      power: () => Promise.reject(new AppError('invalid', '400', { status: 400, serverMessage: 'Not running.' })),
      getServer: () => Promise.resolve(aServer({ status: 'stopped' })),
    });
    const outcome = await actions.power(ref, 'reboot');
    assert.equal(outcome.kind, 'refused');
    assert.equal(outcome.kind === 'refused' && outcome.error.serverMessage, 'Not running.');
    assert.equal(session.servers.get('12345')?.status, 'stopped');
    assert.equal(sent('power'), 1);
  });

  it('takes the row away when the server is gone', async () => {
    const { actions, session } = await acting({ power: () => Promise.reject(new AppError('notFound', '404')) });
    assert.equal((await actions.power(ref, 'stop')).kind, 'gone');
    assert.deepEqual(session.servers.servers, []);
  });

  for (const kind of ['timeout', 'network', 'badResponse'] as const) {
    it(`is never repeated after a ${kind}; a look tells what is known`, async () => {
      const { actions, sent, follower } = await acting({
        power: () => Promise.reject(new AppError(kind, 'lost')),
        getServer: () => Promise.resolve(aServer({ status: 'stopping' })),
      });
      const outcome = await actions.power(ref, 'stop');
      assert.equal(outcome.kind, 'unclear');
      assert.equal(outcome.kind === 'unclear' && typeof outcome.seen === 'object' && outcome.seen.status, 'stopping');
      assert.equal(sent('power'), 1);
      assert.ok(follower.isFollowing(ref));
    });
  }

  it('says that nothing is known when the look fails too', async () => {
    const { actions, sent } = await acting({
      power: () => Promise.reject(new AppError('timeout', 'lost')),
      getServer: () => Promise.reject(new AppError('network', 'cut')),
    });
    const outcome = await actions.power(ref, 'stop');
    assert.equal(outcome.kind === 'unclear' && outcome.seen, 'unknown');
    assert.equal(sent('power'), 1);
  });

  it('looks when the reply names no server', async () => {
    const { actions, session } = await acting({
      power: () => Promise.resolve({ server: undefined, message: undefined }),
      getServer: () => Promise.resolve(aServer({ status: 'rebooting' })),
    });
    assert.equal((await actions.power(ref, 'reboot')).kind, 'done');
    assert.equal(session.servers.get('12345')?.status, 'rebooting');
  });

  it('does not believe a reply about another server', async () => {
    const { actions, session } = await acting({
      power: () => Promise.resolve({ server: { id: '666', name: 'x', status: 'stopping' }, message: undefined }),
      getServer: () => Promise.resolve(aServer({ status: 'stopping' })),
    });
    await actions.power(ref, 'stop');
    assert.deepEqual(session.servers.servers.map(({ id, name }) => [id, name]), [['12345', 'web-server-01']]);
  });
});

describe('a request that is under way when the account changes', () => {
  it('may have taken effect: the server is looked at with the new token', async () => {
    const reply = deferred<PowerReply>();
    const { actions, accountStore, sent } = await acting({
      power: () => reply.promise,
      getServer: () => Promise.resolve(aServer({ status: 'stopping' })),
    });
    const acted = actions.power(ref, 'stop');
    await settle();
    await accountStore.save(anAccount({ token: 'vps_new' }));
    reply.resolve(stopping);
    const outcome = await acted;
    assert.equal(outcome.kind, 'unclear');
    assert.equal(outcome.kind === 'unclear' && typeof outcome.seen === 'object' && outcome.seen.status, 'stopping');
    assert.equal(sent('power'), 1);
  });
});

describe('a deletion', () => {
  it('takes the row away', async () => {
    const { actions, session } = await acting({ deleteServer: () => Promise.resolve() });
    assert.equal((await actions.delete(ref)).kind, 'done');
    assert.deepEqual(session.servers.servers, []);
  });

  it('is content with a server that was gone already', async () => {
    const { actions, session } = await acting({ deleteServer: () => Promise.reject(new AppError('notFound', '404')) });
    assert.equal((await actions.delete(ref)).kind, 'gone');
    assert.deepEqual(session.servers.servers, []);
  });

  it('whose answer was lost counts when a look finds nothing', async () => {
    const { actions, sent } = await acting({
      deleteServer: () => Promise.reject(new AppError('network', 'cut')),
      getServer: () => Promise.reject(new AppError('notFound', '404')),
    });
    assert.equal((await actions.delete(ref)).kind, 'done');
    assert.equal(sent('deleteServer'), 1);
  });

  it('whose answer was lost is never repeated when a look finds the server', async () => {
    const { actions, sent, session } = await acting({
      deleteServer: () => Promise.reject(new AppError('timeout', 'late')),
      getServer: () => Promise.resolve(aServer()),
    });
    assert.equal((await actions.delete(ref)).kind, 'unclear');
    assert.equal(sent('deleteServer'), 1);
    assert.equal(session.servers.servers.length, 1);
  });

  it('ends the waiting for that server', async () => {
    const { actions, follower, clock } = await acting(
      { deleteServer: () => Promise.resolve() },
      aServer({ status: 'starting' }),
    );
    follower.follow(ref, aServer({ status: 'starting' }), 'active');
    await actions.delete(ref);
    await clock.advance(0);
    assert.equal(follower.count, 0);
  });

  it('is not taken for one of somebody else by whoever waits for the server', async () => {
    const reply = deferred<undefined>();
    const starting = aServer({ status: 'starting' });
    const { actions, follower, clock, sent } = await acting(
      { deleteServer: () => reply.promise, getServer: () => Promise.reject(new AppError('notFound', '404')) },
      starting,
    );
    const ends: string[] = [];
    follower.onDidEnd(({ end }) => ends.push(end));
    follower.follow(ref, starting, 'active');
    const deleted = actions.delete(ref);
    await clock.advance(10_000);
    reply.resolve(undefined);
    assert.equal((await deleted).kind, 'done');
    assert.deepEqual(ends, ['stopped']);
    assert.equal(sent('getServer'), 0);
  });

  it('that fails does not end the waiting for that server, nor does one that is not sent', async () => {
    const reply = deferred<undefined>();
    const starting = aServer({ status: 'starting' });
    const { actions, follower } = await acting({ deleteServer: () => reply.promise }, starting);
    follower.follow(ref, starting, 'active');
    const deleted = actions.delete(ref);
    await settle();
    assert.equal((await actions.delete(ref)).kind, 'busy');
    reply.reject(new AppError('forbidden', '403'));
    assert.equal((await deleted).kind, 'failed');
    assert.ok(follower.isFollowing(ref));
    follower.dispose();
  });

  it('is refused by a 403 without any change', async () => {
    const { actions, session } = await acting({ deleteServer: () => Promise.reject(new AppError('forbidden', '403')) });
    assert.equal((await actions.delete(ref)).kind, 'failed');
    assert.equal(session.servers.servers.length, 1);
  });
});

describe('a change of settings', () => {
  it('sends the one field and shows the reply', async () => {
    const { actions, session, calls } = await acting({
      updateServer: () => Promise.resolve(aServer({ name: 'new-name', backupsEnabled: true })),
    });
    assert.equal((await actions.update(ref, 'rename', { name: 'new-name' })).kind, 'done');
    assert.equal(session.servers.get('12345')?.name, 'new-name');
    const call = calls.find(({ method }) => method === 'updateServer');
    assert.deepEqual(call?.args.slice(0, 2), ['12345', { name: 'new-name' }]);
  });

  it('is not sent while the server is in transition', async () => {
    const { actions } = await acting({}, aServer({ status: 'rebooting' }));
    assert.equal((await actions.update(ref, 'rename', { name: 'x' })).kind, 'notAllowed');
  });
});
