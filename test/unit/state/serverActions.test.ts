import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { ServersApi } from '../../../src/api/client.ts';
import type { PowerReply, ServerList } from '../../../src/api/servers.ts';
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
  const sent = (method: keyof ServersApi): number =>
    world.calls.filter((call) => call.method === method).length;
  return { ...world, sent };
}
/** The server is in the first list and in no later one. */
function listsOnce(): Pick<ServersApi, 'listServers'> {
  const lists = [aList(aServer())];
  return { listServers: () => Promise.resolve(lists.shift() ?? aList()) };
}

const notFound = (): Promise<never> => Promise.reject(new AppError('notFound', '404'));

const stopping: PowerReply = {
  server: { id: '12345', name: 'web-server-01', status: 'stopping' },
  message: 'ok',
};

describe('ServerActions.power', () => {
  it('stores the status of the reply and waits for the server', async () => {
    const { actions, session, statusWaiter, sent } = await acting({
      power: () => Promise.resolve(stopping),
    });
    const outcome = await actions.power(ref, 'stop');
    assert.equal(outcome.kind, 'done');
    assert.equal(session.servers.get('12345')?.status, 'stopping');
    assert.ok(statusWaiter.isWaiting(ref));
    assert.equal(sent('power'), 1);
  });

  it('sends nothing when the status does not allow the action', async () => {
    const { actions, sent } = await acting({}, aServer({ status: 'stopped' }));
    assert.equal((await actions.power(ref, 'stop')).kind, 'notAllowed');
    assert.equal((await actions.power({ ...ref, serverId: '../1' }, 'stop')).kind, 'notKnown');
    assert.equal(sent('power'), 0);
  });

  it('is busy while another request for the server is under way', async () => {
    const reply = deferred<PowerReply>();
    const { actions, sent } = await acting({ power: () => reply.promise });
    const first = actions.power(ref, 'stop');
    assert.deepEqual(await actions.power(ref, 'reboot'), { kind: 'busy' });
    assert.deepEqual(await actions.delete(ref), { kind: 'busy' });
    reply.resolve(stopping);
    assert.equal((await first).kind, 'done');
    assert.equal(sent('power'), 1);
    assert.equal(actions.running(ref), undefined);
  });

  it('returns the message of a refusal and fetches the server', async () => {
    const { actions, session, sent } = await acting({
      power: () =>
        Promise.reject(
          new AppError('invalid', '400', { status: 400, serverMessage: 'Not running.' }),
        ),
      getServer: () => Promise.resolve(aServer({ status: 'stopped' })),
    });
    const outcome = await actions.power(ref, 'reboot');
    assert.equal(outcome.kind, 'refused');
    assert.equal(outcome.kind === 'refused' && outcome.error.serverMessage, 'Not running.');
    assert.equal(session.servers.get('12345')?.status, 'stopped');
    assert.equal(sent('power'), 1);
  });

  it('removes a server that is gone', async () => {
    const { actions, session } = await acting({
      ...listsOnce(),
      power: notFound,
    });
    assert.equal((await actions.power(ref, 'stop')).kind, 'gone');
    assert.deepEqual(session.servers.servers, []);
  });

  for (const kind of ['timeout', 'network', 'badResponse'] as const) {
    it(`is never repeated after a ${kind}; a look tells what is known`, async () => {
      const { actions, sent, statusWaiter } = await acting({
        power: () => Promise.reject(new AppError(kind, 'lost')),
        getServer: () => Promise.resolve(aServer({ status: 'stopping' })),
      });
      const outcome = await actions.power(ref, 'stop');
      assert.equal(outcome.kind, 'unclear');
      assert.equal(
        outcome.kind === 'unclear' && typeof outcome.seen === 'object' && outcome.seen.status,
        'stopping',
      );
      assert.equal(sent('power'), 1);
      assert.ok(statusWaiter.isWaiting(ref));
    });
  }

  it('is unclear when fetching the server fails too', async () => {
    const { actions, sent } = await acting({
      power: () => Promise.reject(new AppError('timeout', 'lost')),
      getServer: () => Promise.reject(new AppError('network', 'cut')),
    });
    const outcome = await actions.power(ref, 'stop');
    assert.equal(outcome.kind === 'unclear' && outcome.seen, 'unknown');
    assert.equal(sent('power'), 1);
  });

  it('fetches the server when the reply contains none', async () => {
    const { actions, session } = await acting({
      power: () => Promise.resolve({ server: undefined, message: undefined }),
      getServer: () => Promise.resolve(aServer({ status: 'rebooting' })),
    });
    assert.equal((await actions.power(ref, 'reboot')).kind, 'done');
    assert.equal(session.servers.get('12345')?.status, 'rebooting');
  });

  it('ignores a reply about another server', async () => {
    const { actions, session } = await acting({
      power: () =>
        Promise.resolve({
          server: { id: '666', name: 'x', status: 'stopping' },
          message: undefined,
        }),
      getServer: () => Promise.resolve(aServer({ status: 'stopping' })),
    });
    await actions.power(ref, 'stop');
    assert.deepEqual(
      session.servers.servers.map(({ id, name }) => [id, name]),
      [['12345', 'web-server-01']],
    );
  });
});

describe('ServerActions when the account changes', () => {
  it('is unclear and fetches the server with the new token', async () => {
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
    assert.equal(
      outcome.kind === 'unclear' && typeof outcome.seen === 'object' && outcome.seen.status,
      'stopping',
    );
    assert.equal(sent('power'), 1);
  });
});

describe('ServerActions.delete', () => {
  it('removes the server', async () => {
    const { actions, session } = await acting({ deleteServer: () => Promise.resolve() });
    assert.equal((await actions.delete(ref)).kind, 'done');
    assert.deepEqual(session.servers.servers, []);
  });

  it('reports a server that was already gone', async () => {
    const { actions, session } = await acting({
      ...listsOnce(),
      deleteServer: notFound,
    });
    assert.equal((await actions.delete(ref)).kind, 'gone');
    assert.deepEqual(session.servers.servers, []);
  });

  it('is done when the reply was lost and the server is gone', async () => {
    const { actions, sent } = await acting({
      deleteServer: () => Promise.reject(new AppError('network', 'cut')),
      ...listsOnce(),
      getServer: notFound,
    });
    assert.equal((await actions.delete(ref)).kind, 'done');
    assert.equal(sent('deleteServer'), 1);
  });

  const listed = aList(aServer());
  const noProof: Readonly<Record<string, () => Promise<ServerList>>> = {
    'contains the server': () => Promise.resolve(listed),
    fails: () => Promise.reject(new AppError('network', 'cut')),
    'is forbidden': () => Promise.reject(new AppError('forbidden', '403')),
    'is rejected': () => Promise.reject(new AppError('unauthorized', '401')),
    'is rate limited': () => Promise.reject(new AppError('rateLimited', '429')),
    'is not found either': notFound,
    'is no JSON': () => Promise.reject(new AppError('badResponse', 'html')),
    'counts more servers than it has': () => Promise.resolve({ servers: [], total: 1 }),
    'may be incomplete': () => Promise.resolve({ ...aList(), mayBeIncomplete: true }),
  };
  for (const [words, list] of Object.entries(noProof)) {
    it(`keeps the server after a 404 when the list ${words}`, async () => {
      const lists = [() => Promise.resolve(listed)];
      const { actions, session, sent } = await acting({
        listServers: () => (lists.shift() ?? list)(),
        deleteServer: notFound,
        power: notFound,
        updateServer: notFound,
        getServer: notFound,
      });
      for (const act of [
        () => actions.delete(ref),
        () => actions.power(ref, 'stop'),
        () => actions.update(ref, 'rename', { name: 'x' }),
      ]) {
        if (session.isRejected) continue;
        const outcome = await act();
        assert.equal(outcome.kind, 'unclear');
        assert.equal(
          outcome.kind === 'unclear' && typeof outcome.seen,
          words.startsWith('contains') ? 'object' : 'string',
        );
        assert.notEqual(outcome.kind === 'unclear' && outcome.seen, 'gone');
        assert.equal(session.servers.servers.length, 1);
      }
      assert.equal(sent('deleteServer'), 1);
    });
  }

  it('is unclear when the reply was lost and only a 404 says that the server is gone', async () => {
    const { actions, session } = await acting({
      deleteServer: () => Promise.reject(new AppError('network', 'cut')),
      getServer: notFound,
    });
    const outcome = await actions.delete(ref);
    assert.equal(outcome.kind === 'unclear' && typeof outcome.seen, 'object');
    assert.equal(session.servers.servers.length, 1);
  });

  it('is unclear and not repeated when the reply was lost and the server exists', async () => {
    const { actions, sent, session } = await acting({
      deleteServer: () => Promise.reject(new AppError('timeout', 'late')),
      getServer: () => Promise.resolve(aServer()),
    });
    assert.equal((await actions.delete(ref)).kind, 'unclear');
    assert.equal(sent('deleteServer'), 1);
    assert.equal(session.servers.servers.length, 1);
  });

  it('stops waiting for the server', async () => {
    const { actions, statusWaiter, clock } = await acting(
      { deleteServer: () => Promise.resolve() },
      aServer({ status: 'starting' }),
    );
    statusWaiter.waitFor(ref, aServer({ status: 'starting' }), 'active');
    await actions.delete(ref);
    await clock.advance(0);
    assert.equal(statusWaiter.count, 0);
  });

  it('is not reported as a deletion elsewhere', async () => {
    const reply = deferred<undefined>();
    const starting = aServer({ status: 'starting' });
    const { actions, statusWaiter, clock, sent } = await acting(
      {
        deleteServer: () => reply.promise,
        getServer: () => Promise.reject(new AppError('notFound', '404')),
      },
      starting,
    );
    const ends: string[] = [];
    statusWaiter.onDidEnd(({ end }) => ends.push(end));
    statusWaiter.waitFor(ref, starting, 'active');
    const deleted = actions.delete(ref);
    await clock.advance(10_000);
    reply.resolve(undefined);
    assert.equal((await deleted).kind, 'done');
    assert.deepEqual(ends, ['stopped']);
    assert.equal(sent('getServer'), 0);
  });

  it('keeps waiting for the server when it fails or is not sent', async () => {
    const reply = deferred<undefined>();
    const starting = aServer({ status: 'starting' });
    const { actions, statusWaiter } = await acting({ deleteServer: () => reply.promise }, starting);
    statusWaiter.waitFor(ref, starting, 'active');
    const deleted = actions.delete(ref);
    await settle();
    assert.equal((await actions.delete(ref)).kind, 'busy');
    reply.reject(new AppError('forbidden', '403'));
    assert.equal((await deleted).kind, 'failed');
    assert.ok(statusWaiter.isWaiting(ref));
    statusWaiter.dispose();
  });

  it('changes nothing after a 403', async () => {
    const { actions, session } = await acting({
      deleteServer: () => Promise.reject(new AppError('forbidden', '403')),
    });
    assert.equal((await actions.delete(ref)).kind, 'failed');
    assert.equal(session.servers.servers.length, 1);
  });
});

describe('ServerActions.update', () => {
  it('sends only the given setting and stores the reply', async () => {
    const { actions, session, calls } = await acting({
      updateServer: () => Promise.resolve(aServer({ name: 'new-name', backupsEnabled: true })),
    });
    assert.equal((await actions.update(ref, 'rename', { name: 'new-name' })).kind, 'done');
    assert.equal(session.servers.get('12345')?.name, 'new-name');
    const call = calls.find(({ method }) => method === 'updateServer');
    assert.deepEqual(call?.args.slice(0, 2), ['12345', { name: 'new-name' }]);
  });

  it('sends nothing while the server is in transition', async () => {
    const { actions } = await acting({}, aServer({ status: 'rebooting' }));
    assert.equal((await actions.update(ref, 'rename', { name: 'x' })).kind, 'notAllowed');
  });
});
