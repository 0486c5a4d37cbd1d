import assert from 'node:assert/strict';
import { AppError } from '../../../src/core/errors.ts';
import { noFilter } from '../../../src/core/filter.ts';
import type { ServerStatus } from '../../../src/core/server.ts';
import { aList, anAccount, anotherAccount, aServer } from '../../support/builders.ts';
import { settle } from '../../support/fakeClock.ts';
import { progressTexts } from '../../support/vscodeStub.ts';
import { aRow, commandWorld, usePerson } from './commandWorld.ts';

const { registerTokenRejected } = await import('../../../src/notifications/tokenRejected.ts');
const { registerWaitResults } = await import('../../../src/notifications/waitResults.ts');

describe('startServers, stopServers and rebootServers', () => {
  const front = usePerson();

  const fleet = (count: number, status: ServerStatus = 'active') =>
    Array.from({ length: count }, (_, index) =>
      aServer({ id: `${index}`, name: `web-${index}`, status }),
    );
  const all = (count: number) => {
    const refs = fleet(count).map(({ id }) => aRow(id));
    return [refs[0], refs] as const;
  };
  const unauthorized = () => Promise.reject(new AppError('unauthorized', '401', { status: 401 }));

  it('report a rejected token once and send nothing more with it', async () => {
    const { context, calls } = await commandWorld({
      listServers: () => Promise.resolve(aList(...fleet(10))),
      power: unauthorized,
    });
    registerTokenRejected(context);
    front.person.answers.push('Stop');
    await context.registry.run('vpsOrg.server.stop', [aRow('0')]);
    assert.equal(front.person.heard.filter((text) => text.includes('reject')).length, 1);
    front.person.answers.push('Stop');
    await context.registry.run('vpsOrg.server.stop', [...all(10)]);
    assert.equal(calls.filter(({ method }) => method === 'power').length, 1);
    assert.equal(front.person.heard.filter((text) => text.includes('reject')).length, 1);
    assert.match(front.person.heard.at(-1) ?? '', /^Stopping 0 of 10 servers\./u);
  });

  it('say of a group that the filter hides some of its servers', async () => {
    const { context } = await commandWorld({
      listServers: () => Promise.resolve(aList(...fleet(3))),
    });
    const group = { kind: 'group', children: [aRow('0'), aRow('1')] };
    const note =
      /\n\nOnly the servers that the filter shows \("web", active\)\. Those that it hides are left alone\./u;
    const ask = async (command: string, pick: string | undefined, ...args: unknown[]) => {
      front.person.picks.splice(0, Infinity, ...(pick === undefined ? [] : [pick]));
      await context.registry.run(`vpsOrg.server.${command}`, args);
      return front.person.heard.at(-1) ?? '';
    };
    for (const [command, pick] of [['stop'], ['delete', 'OK'], ['setBackups', 'On']] as const) {
      Object.assign(context.view, {
        filter: { text: 'web', statuses: ['active'], locations: [] },
      });
      assert.match(await ask(command, pick, group), note);
      assert.doesNotMatch(await ask(command, pick, ...all(2)), /filter/u);
      Object.assign(context.view, { filter: noFilter });
      assert.doesNotMatch(await ask(command, pick, group), /filter/u);
    }
  });

  it('report the results of many in one message, after the last one settles', async () => {
    let status: ServerStatus = 'active';
    const { context, clock, statusWaiter } = await commandWorld({
      listServers: () => Promise.resolve(aList(...fleet(40, status))),
      getServer: (id) => Promise.resolve(aServer({ id, name: `web-${id}`, status })),
      power: (id) =>
        Promise.resolve({
          server: { id, name: undefined, status: 'stopping' },
          message: 'Server is stopping',
        }),
    });
    registerWaitResults(context, () => false);
    front.person.answers.push('Stop');
    await context.registry.run('vpsOrg.server.stop', [...all(40)]);
    assert.deepEqual(
      [...progressTexts],
      [
        'Waiting for 40 servers',
        'Stopping 40 of 40 servers. VPS.org answered: Server is stopping.',
      ],
    );
    status = 'stopped';
    await clock.advance(60_000);
    assert.equal(statusWaiter.count, 0);
    // The notification about the requests closed: the result takes its place.
    assert.deepEqual(front.person.heard.slice(1), ['40 servers are now stopped.']);
    await settle();
    assert.deepEqual([...progressTexts], []);
  });

  it('do not hold back results for long', async () => {
    const ends = new Map<string, ServerStatus>([
      ['0', 'stopped'],
      ['1', 'stopping'],
    ]);
    const { context, clock, statusWaiter } = await commandWorld({
      listServers: () => Promise.resolve(aList(...fleet(2))),
      getServer: (id) =>
        Promise.resolve(aServer({ id, name: `web-${id}`, status: ends.get(id) ?? 'active' })),
      power: (id) =>
        Promise.resolve({
          server: { id, name: undefined, status: 'stopping' },
          message: undefined,
        }),
    });
    const notices = registerWaitResults(context, () => false);
    front.person.answers.push('Stop');
    await context.registry.run('vpsOrg.server.stop', [...all(2)]);
    await clock.advance(40_000);
    assert.equal(front.person.heard.at(-1), '"web-0" is now stopped.');
    assert.deepEqual(
      [...progressTexts],
      ['Stopping 2 of 2 servers.', 'Waiting for "web-1" (stopping)'],
    );
    statusWaiter.stop(aRow('1'));
    await settle();
    assert.ok(!progressTexts.has('Stopping 2 of 2 servers.'));
    notices.dispose();
  });

  it('show icons and links in names as text in the status bar', async () => {
    const server = aServer({ name: '$(trash) [a](b)', status: 'active' });
    const { context } = await commandWorld({
      listServers: () => Promise.resolve(aList(server)),
      power: (id) =>
        Promise.resolve({
          server: { id, name: undefined, status: 'rebooting' },
          message: undefined,
        }),
    });
    const notices = registerWaitResults(context, () => false);
    front.person.answers.push('Reboot');
    await context.registry.run('vpsOrg.server.reboot', [aRow('12345')]);
    assert.deepEqual([...progressTexts], ['Waiting for "\\$(trash) [a]\u2060(b)" (rebooting)']);
    notices.dispose();
    await settle();
    assert.deepEqual([...progressTexts], []);
  });

  it('show the message of the reply', async () => {
    const { context } = await commandWorld({
      listServers: () => Promise.resolve(aList(...fleet(1))),
      power: (id) =>
        Promise.resolve({
          server: { id, name: undefined, status: 'stopping' },
          message: 'Server stop initiated',
        }),
    });
    front.person.answers.push('Stop');
    await context.registry.run('vpsOrg.server.stop', [aRow('0')]);
    assert.deepEqual(front.person.flashed, [
      '"web-0" is stopping. VPS.org answered: Server stop initiated.',
    ]);
  });

  it('name the task that failed', async () => {
    const { context } = await commandWorld({
      listServers: () => Promise.resolve(aList(...fleet(1))),
      power: () => Promise.reject(new AppError('forbidden', '403', { status: 403 })),
    });
    front.person.answers.push('Stop');
    await context.registry.run('vpsOrg.server.stop', [aRow('0')]);
    assert.equal(
      front.person.heard.at(-1),
      'Stopping "web-0" failed: VPS.org does not allow this with your token.',
    );
  });

  it('do not take "active" for the result of a reboot whose reply was lost', async () => {
    const { context } = await commandWorld({
      listServers: () => Promise.resolve(aList(aServer())),
      getServer: () => Promise.resolve(aServer()),
      power: () => Promise.reject(new AppError('network', 'cut')),
    });
    front.person.answers.push('Reboot');
    await context.registry.run('vpsOrg.server.reboot', [aRow('12345')]);
    assert.match(
      front.person.heard[1] ?? '',
      /Couldn't confirm the reboot of "web-server-01", which is now "active"\. It was not retried\./u,
    );
  });

  it('name the account of a single server only when there are several accounts', async () => {
    const reply = { listServers: () => Promise.resolve(aList(...fleet(1))) };
    const one = await commandWorld(reply);
    await one.context.registry.run('vpsOrg.server.stop', [aRow('0')]);
    assert.doesNotMatch(front.person.heard[0] ?? '', /jo@example\.com/u);
    const two = await commandWorld(reply, [anAccount(), anotherAccount()]);
    await two.context.registry.run('vpsOrg.server.stop', [aRow('0')]);
    assert.match(front.person.heard[1] ?? '', /\nAccount: jo@example\.com/u);
  });

  it('name the account of each server when there are several accounts', async () => {
    const other = anotherAccount();
    const { context, sessions } = await commandWorld(
      { listServers: () => Promise.resolve(aList(...fleet(1))) },
      [anAccount(), other],
    );
    await sessions.get('account-2')?.refresh();
    const refs = [aRow('0'), aRow('0', 'account-2')];
    await context.registry.run('vpsOrg.server.stop', [refs[0], refs]);
    assert.match(
      front.person.heard[0] ?? '',
      /us-west · jo@example\.com\n[^]*us-west · ops@example\.com/u,
    );
  });
});
