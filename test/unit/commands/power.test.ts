import assert from 'node:assert/strict';
import { AppError } from '../../../src/core/errors.ts';
import type { ServerStatus } from '../../../src/core/server.ts';
import { aList, anAccount, anotherAccount, aServer } from '../../support/builders.ts';
import { settle } from '../../support/fakeClock.ts';
import { progressTexts } from '../../support/vscodeStub.ts';
import { aRow, commandWorld, usePerson } from './commandWorld.ts';

const { registerAccountNotices } = await import('../../../src/commands/accountNotices.ts');
const { registerFollowNotices } = await import('../../../src/commands/followNotices.ts');
const { registerPower } = await import('../../../src/commands/power.ts');


describe('Start, Stop... and Reboot...', () => {
  const front = usePerson();

  const fleet = (count: number, status: ServerStatus = 'active') =>
    Array.from({ length: count }, (_, index) => aServer({ id: `${index}`, name: `web-${index}`, status }));
  const all = (count: number) => {
    const refs = fleet(count).map(({ id }) => aRow(id));
    return [refs[0], refs] as const;
  };
  const unauthorized = () => Promise.reject(new AppError('unauthorized', '401', { status: 401 }));

  it('tell of a rejected token once, and send nothing more with it', async () => {
    const { context, calls } = await commandWorld({
      listServers: () => Promise.resolve(aList(...fleet(10))),
      power: unauthorized,
    });
    registerAccountNotices(context);
    registerPower(context);
    front.person.answers.push('Stop');
    await context.registry.run('vpsOrg.server.stop', [aRow('0')]);
    assert.equal(front.person.heard.filter((text) => text.includes('reject')).length, 1);
    front.person.answers.push('Stop');
    await context.registry.run('vpsOrg.server.stop', [...all(10)]);
    assert.equal(calls.filter(({ method }) => method === 'power').length, 1);
    assert.equal(front.person.heard.filter((text) => text.includes('reject')).length, 1);
    assert.match(front.person.heard.at(-1) ?? '', /^0 of 10 servers are stopping\./u);
  });

  it('tell the end of many in one message, and wait for the last of them', async () => {
    let status: ServerStatus = 'active';
    const { context, clock, follower } = await commandWorld({
      listServers: () => Promise.resolve(aList(...fleet(40, status))),
      getServer: (id) => Promise.resolve(aServer({ id, name: `web-${id}`, status })),
      power: (id) => Promise.resolve({ server: { id, name: undefined, status: 'stopping' }, message: undefined }),
    });
    registerFollowNotices(context, () => false);
    registerPower(context);
    front.person.answers.push('Stop');
    await context.registry.run('vpsOrg.server.stop', [...all(40)]);
    assert.deepEqual([...progressTexts], ['Waiting for 40 servers']);
    status = 'stopped';
    await clock.advance(60_000);
    assert.equal(follower.count, 0);
    assert.deepEqual(front.person.heard.slice(1), ['40 of 40 servers are stopping.', '40 servers are stopped now']);
    await settle();
    assert.deepEqual([...progressTexts], []);
  });

  it('do not keep back for long what has ended', async () => {
    const ends = new Map<string, ServerStatus>([['0', 'stopped'], ['1', 'stopping']]);
    const { context, clock } = await commandWorld({
      listServers: () => Promise.resolve(aList(...fleet(2))),
      getServer: (id) => Promise.resolve(aServer({ id, name: `web-${id}`, status: ends.get(id) ?? 'active' })),
      power: (id) => Promise.resolve({ server: { id, name: undefined, status: 'stopping' }, message: undefined }),
    });
    const notices = registerFollowNotices(context, () => false);
    registerPower(context);
    front.person.answers.push('Stop');
    await context.registry.run('vpsOrg.server.stop', [...all(2)]);
    await clock.advance(40_000);
    assert.equal(front.person.heard.at(-1), '"web-0" is stopped now');
    assert.deepEqual([...progressTexts], ['Waiting for "web-1" (stopping)']);
    notices.dispose();
  });

  it('name icons and links in the status bar as the text that they are', async () => {
    const server = aServer({ name: '$(trash) [a](b)', status: 'active' });
    const { context } = await commandWorld({
      listServers: () => Promise.resolve(aList(server)),
      power: (id) => Promise.resolve({ server: { id, name: undefined, status: 'rebooting' }, message: undefined }),
    });
    const notices = registerFollowNotices(context, () => false);
    registerPower(context);
    front.person.answers.push('Reboot');
    await context.registry.run('vpsOrg.server.reboot', [aRow('12345')]);
    assert.deepEqual([...progressTexts], ['Waiting for "\\$(trash) [a]\u2060(b)" (rebooting)']);
    notices.dispose();
    await settle();
    assert.deepEqual([...progressTexts], []);
  });

  it('do not take "active" for an answer to a reboot whose own was lost', async () => {
    const { context } = await commandWorld({
      listServers: () => Promise.resolve(aList(aServer())),
      getServer: () => Promise.resolve(aServer()),
      power: () => Promise.reject(new AppError('network', 'cut')),
    });
    registerPower(context);
    front.person.answers.push('Reboot');
    await context.registry.run('vpsOrg.server.reboot', [aRow('12345')]);
    assert.match(front.person.heard[1] ?? '', /"web-server-01" is active; whether it was rebooted is not known\./u);
  });

  it('name the account of each of a few servers of several', async () => {
    const other = anotherAccount();
    const { context, sessions } = await commandWorld({ listServers: () => Promise.resolve(aList(...fleet(1))) }, [anAccount(), other]);
    await sessions.get('account-2')?.refresh();
    registerPower(context);
    const refs = [aRow('0'), aRow('0', 'account-2')];
    await context.registry.run('vpsOrg.server.stop', [refs[0], refs]);
    assert.match(front.person.heard[0] ?? '', /us-west · jo@example\.com\n[^]*us-west · ops@example\.com/u);
  });
});
