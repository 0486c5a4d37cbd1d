import assert from 'node:assert/strict';
import { aList, aServer } from '../../support/builders.ts';
import { commandWorld, usePerson } from './commandWorld.ts';

describe('signOut', () => {
  const front = usePerson();

  it('signs out no other account than the given one', async () => {
    const { context } = await commandWorld({ listServers: () => Promise.resolve(aList()) });
    await context.registry.run('vpsOrg.signOut', [{ accountId: 'long-gone' }]);
    assert.deepEqual(front.person.heard, ['This account is no longer signed in.']);
    assert.equal(context.sessions.all.length, 1);
  });

  it('asks about the only account where none is given', async () => {
    const { context } = await commandWorld({ listServers: () => Promise.resolve(aList()) });
    front.person.answers.push('Sign Out');
    await context.registry.run('vpsOrg.signOut', []);
    assert.match(front.person.heard[0] ?? '', /^Sign out of "jo@example\.com"\?/u);
    assert.equal(context.sessions.all.length, 0);
  });

  it('names what will be lost, and nothing else, also of servers that are not listed', async () => {
    const { context, session, unsaved, recorded } = await commandWorld({
      listServers: () => Promise.resolve(aList(aServer())),
    });
    const ref = { accountId: session.account.id, serverId: aServer().id };
    const other = { accountId: 'other', serverId: '1' };
    const ask = async (): Promise<string | undefined> => {
      front.person.heard.length = 0;
      await context.registry.run('vpsOrg.signOut', []);
      return /[^\n.]*will be lost\./u.exec(front.person.heard.join(' '))?.[0];
    };
    const ssh = await context.ssh();
    await context.marks.set(other, { isPinned: true });
    await ssh.setOverrides(other, { port: 2222 });
    assert.equal(await ask(), undefined);
    await ssh.setLastFolder(ref, '/srv');
    await ssh.setOverrides(ref, {});
    assert.equal(await ask(), undefined);
    await ssh.setOverrides(ref, { port: 2222 });
    assert.equal(await ask(), 'SSH settings of its servers will be lost.');
    await context.marks.set(ref, { note: 'Ask Jo.' });
    assert.equal(await ask(), 'Notes and SSH settings of its servers will be lost.');
    await context.marks.set(ref, { isPinned: true, isProtected: true, color: 'red' });
    assert.equal(
      await ask(),
      'Protection, pins, notes, colors and SSH settings of its servers will be lost.',
    );
    await ssh.setOverrides(ref, {});
    assert.equal(await ask(), 'Protection, pins, notes and colors of its servers will be lost.');
    unsaved.add(session.account.id);
    recorded.add(session.account.id);
    assert.equal(
      await ask(),
      'Protection, pins, notes, colors, unsaved settings and recorded activity of its servers will be lost.',
    );
    assert.equal(context.sessions.all.length, 1);
  });
});
