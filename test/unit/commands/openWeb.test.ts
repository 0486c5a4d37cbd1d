import assert from 'node:assert/strict';
import { aList, aServer, anAccount, aSampleAccount } from '../../support/builders.ts';
import { openedUrls } from '../../support/vscodeStub.ts';
import { aRow, commandWorld, usePerson } from './commandWorld.ts';

describe('openWeb', () => {
  const front = usePerson();

  async function open(accountId: string, apiUrl?: string): Promise<readonly string[]> {
    openedUrls.length = 0;
    const account = apiUrl === undefined ? anAccount() : { ...anAccount(), apiUrl };
    const { context, sessions } = await commandWorld(
      { listServers: () => Promise.resolve(aList(aServer({ id: '1' }))) },
      [account, aSampleAccount()],
    );
    await sessions.get(accountId)?.refresh();
    await context.registry.run('vpsOrg.server.openWeb', [aRow('1', accountId)]);
    return openedUrls;
  }

  it('opens the web panel of the account', async () => {
    const account = 'https://panel.example.com/api/v1';
    assert.deepEqual(await open('account-1', account), ['https://panel.example.com/']);
    assert.deepEqual(front.person.heard, []);
  });

  it('opens nothing for sample servers and without https, and says why', async () => {
    assert.deepEqual(await open('sample'), []);
    assert.deepEqual(await open('account-1', 'http://127.0.0.1:8080/api/v1'), []);
    assert.deepEqual(front.person.heard, [
      'Sample servers exist only on this computer, not on VPS.org.',
      'The API of this account has no web panel with a secure address.',
    ]);
  });
});
