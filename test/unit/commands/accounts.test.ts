import assert from 'node:assert/strict';
import { aList } from '../../support/builders.ts';
import { commandWorld, usePerson } from './commandWorld.ts';

const { registerAccounts } = await import('../../../src/commands/accounts.ts');

describe('Sign Out...', () => {
  const front = usePerson();

  it('takes no other account for one that is not there any more', async () => {
    const { context } = await commandWorld({ listServers: () => Promise.resolve(aList()) });
    registerAccounts(context);
    await context.registry.run('vpsOrg.signOut', [{ accountId: 'long-gone' }]);
    assert.deepEqual(front.person.heard, ['This account is not signed in any more.']);
    assert.equal(context.sessions.all.length, 1);
  });

  it('asks, and means the only account when none is named', async () => {
    const { context } = await commandWorld({ listServers: () => Promise.resolve(aList()) });
    registerAccounts(context);
    front.person.answers.push('Sign Out');
    await context.registry.run('vpsOrg.signOut', []);
    assert.match(front.person.heard[0] ?? '', /^Sign out of "jo@example\.com"\?/u);
    assert.equal(context.sessions.all.length, 0);
  });
});
