import assert from 'node:assert/strict';
import { register } from 'node:module';
import { anAccount, anotherAccount } from '../../support/builders.ts';
import { settle } from '../../support/fakeClock.ts';
import { openTabs, TabInputText } from '../../support/vscodeStub.ts';
import { signedIn } from '../../support/world.ts';

register('../../support/withoutVscode.mjs', import.meta.url);
const { JsonDocuments } = await import('../../../src/host/jsonDocuments.ts');

describe('JsonDocuments', () => {
  const other = anotherAccount();
  const tab = (scheme: string, query: string) => ({ input: new TabInputText({ scheme, query }) });
  const ofAccount = (accountId: string) =>
    tab('vps-org', JSON.stringify({ accountId, serverId: '12345' }));

  afterEach(() => openTabs.splice(0));

  it('closes the documents of a removed account, and no other tabs', async () => {
    const { sessions, accountStore } = await signedIn({}, [anAccount(), other]);
    const documents = new JsonDocuments(sessions);
    const [kept, file] = [ofAccount('account-1'), tab('file', '')];
    openTabs.push(kept, ofAccount('account-2'), file, tab('vps-org', 'garbage'));
    await accountStore.remove('account-2');
    await settle();
    assert.deepEqual(openTabs, [kept, file]);
    documents.dispose();
  });

  it('keeps the documents of an account that only changes', async () => {
    const { sessions, accountStore } = await signedIn({}, [anAccount(), other]);
    const documents = new JsonDocuments(sessions);
    const tabs = [ofAccount('account-1'), ofAccount('account-2')];
    openTabs.push(...tabs);
    await accountStore.save({ ...other, label: 'operations' }, other.id);
    await settle();
    assert.deepEqual(openTabs, tabs);
    documents.dispose();
  });
});
