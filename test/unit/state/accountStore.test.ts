import assert from 'node:assert/strict';
import fc from 'fast-check';
import { beforeEach, describe, it } from 'mocha';
import { AccountStore } from '../../../src/state/accountStore.ts';
import type { NewAccount } from '../../../src/state/accountStore.ts';
import { anAccount } from '../../support/builders.ts';
import { settle } from '../../support/fakeClock.ts';
import { MemorySecrets } from '../../support/memorySecrets.ts';

const key = 'vpsOrg.accounts';

function aCandidate(facts: Partial<NewAccount> = {}): NewAccount {
  const { label, apiUrl, kind, token, owner } = { ...anAccount(), ...facts };
  return { label, apiUrl, kind, token, owner };
}

describe('AccountStore', () => {
  let secrets: MemorySecrets;
  let warnings: string[];
  let ids: number;
  const open = (): AccountStore =>
    new AccountStore(
      secrets,
      () => `id-${(ids += 1)}`,
      (text) => warnings.push(text),
    );

  beforeEach(() => {
    secrets = new MemorySecrets();
    warnings = [];
    ids = 0;
  });

  it('keeps accounts across restarts', async () => {
    await open().save(aCandidate());
    const again = open();
    await again.load();
    assert.deepEqual(again.accounts, [anAccount({ id: 'id-1' })]);
  });

  it('stores the token only in the secret storage', async () => {
    const { account } = await open().save(aCandidate());
    assert.ok(secrets.values.get(key)?.includes('vps_test_token_1'));
    assert.equal(account.label, 'jo@example.com');
  });

  it('does not add an account for a token that it has', async () => {
    const store = open();
    await store.save(aCandidate({ owner: undefined }));
    const { updated } = await store.save(aCandidate({ owner: undefined, label: 'new label' }));
    assert.ok(updated);
    assert.deepEqual(
      store.accounts.map(({ id, label }) => [id, label]),
      [['id-1', 'new label']],
    );
  });

  it('notifies every window of each sign-in, even with the same token, and of nothing else', async () => {
    secrets.values.set(key, JSON.stringify({ version: 1, accounts: [anAccount()] }));
    const store = open();
    const other = open();
    await Promise.all([store.load(), other.load()]);
    let changes = 0;
    other.onDidChange(() => (changes += 1));
    await store.save(aCandidate());
    await settle();
    await store.save(aCandidate(), 'account-1');
    await settle();
    await other.load();
    assert.equal(changes, 2);
    assert.deepEqual(
      other.accounts.map(({ id, token }) => [id, token]),
      [['account-1', 'vps_test_token_1']],
    );
  });

  it('replaces the token of the same owner', async () => {
    const store = open();
    await store.save(aCandidate());
    await store.save(aCandidate({ token: 'vps_other' }));
    assert.deepEqual(
      store.accounts.map(({ token }) => token),
      ['vps_other'],
    );
  });

  it('keeps two accounts for two addresses, even with the same token', async () => {
    const store = open();
    await store.save(aCandidate());
    await store.save(aCandidate({ apiUrl: 'https://other.example/api/v1' }));
    assert.equal(store.accounts.length, 2);
  });

  it('gives no two accounts the same label', async () => {
    const store = open();
    await store.save(aCandidate());
    const apiUrl = 'https://other.example/api/v1';
    await store.save(aCandidate({ apiUrl }));
    await store.save(aCandidate({ apiUrl, token: 'vps_x', owner: 'else@example.com' }));
    // The next sign-in of the same owner keeps the label.
    await store.save(aCandidate({ apiUrl, token: 'vps_y' }));
    assert.deepEqual(
      store.accounts.map(({ label }) => label),
      ['jo@example.com', 'jo@example.com (other.example)', 'jo@example.com (2)'],
    );
  });

  it('replaces the token of the given account, even without a known owner', async () => {
    const store = open();
    const { account } = await store.save(aCandidate());
    await store.save(aCandidate({ token: 'vps_x', owner: undefined }), account.id);
    assert.deepEqual(
      store.accounts.map(({ id, token, owner }) => [id, token, owner]),
      [['id-1', 'vps_x', 'jo@example.com']],
    );
  });

  it('never replaces a token with one of another owner', async () => {
    const store = open();
    const { account } = await store.save(aCandidate());
    await store.save(aCandidate({ token: 'vps_x', owner: 'else@example.com' }), account.id);
    assert.deepEqual(
      store.accounts.map(({ id, token }) => [id, token]),
      [
        ['id-1', 'vps_test_token_1'],
        ['id-2', 'vps_x'],
      ],
    );
  });

  it('never stores a token twice', async () => {
    const store = open();
    const { account } = await store.save(aCandidate({ token: 'vps_a', owner: undefined }));
    await store.save(aCandidate({ token: 'vps_b', owner: undefined }));
    await store.save(aCandidate({ token: 'vps_b', owner: undefined }), account.id);
    assert.deepEqual(
      store.accounts.map(({ id, token }) => [id, token]),
      [['id-1', 'vps_b']],
    );
  });

  it('deletes the secret when the last account signs out', async () => {
    const store = open();
    const { account } = await store.save(aCandidate());
    await store.remove(account.id);
    assert.equal(secrets.values.size, 0);
    assert.deepEqual(store.accounts, []);
  });

  it('takes over changes of another window', async () => {
    const one = open();
    const other = open();
    await Promise.all([one.load(), other.load()]);
    let changes = 0;
    other.onDidChange(() => (changes += 1));
    const { account } = await one.save(aCandidate());
    await settle();
    assert.deepEqual(other.accounts, one.accounts);
    await one.remove(account.id);
    await settle();
    assert.deepEqual(other.accounts, []);
    assert.equal(changes, 2);
  });

  it('does not overwrite changes of another window', async () => {
    const one = open();
    const other = open();
    await Promise.all([
      one.save(aCandidate({ token: 'vps_1', owner: 'a' })),
      one.save(aCandidate({ token: 'vps_2', owner: 'b' })),
    ]);
    await other.save(aCandidate({ token: 'vps_3', owner: 'c' }));
    assert.deepEqual(
      other.accounts.map(({ token }) => token),
      ['vps_1', 'vps_2', 'vps_3'],
    );
  });

  it('keeps unreadable content aside and warns', async () => {
    secrets.values.set(key, 'v0:vps_old_token');
    const store = open();
    assert.deepEqual(await store.load(), []);
    await store.save(aCandidate());
    assert.equal(secrets.values.get('vpsOrg.accounts.unreadable'), 'v0:vps_old_token');
    assert.equal(warnings.length, 1);
    assert.ok(!warnings.join().includes('vps_old_token'));
  });

  it('keeps only unreadable entries aside, so that signing out removes readable tokens', async () => {
    const odd = { id: 'b', label: 'B', kind: 'oauth', token: 'x' };
    const accounts = [
      anAccount(),
      anAccount(),
      odd,
      anAccount({ id: 'c', token: 'vps_c', owner: 'c' }),
    ];
    secrets.values.set(key, JSON.stringify({ version: 2, accounts }));
    const store = open();
    await store.load();
    await store.remove('account-1');
    assert.equal(secrets.values.get('vpsOrg.accounts.unreadable'), JSON.stringify([odd]));
    assert.ok(![...secrets.values.values()].join().includes('vps_test_token_1'));
    assert.deepEqual(
      store.accounts.map(({ id }) => id),
      ['c'],
    );
  });

  it('keeps valid accounts among invalid ones', async () => {
    const good = anAccount();
    secrets.values.set(
      key,
      JSON.stringify({
        version: 9,
        accounts: [
          null,
          1,
          { id: 'x' },
          { ...good, id: 'http', apiUrl: 'http://evil.example' },
          { ...good, token: 'a b', id: 'blank' },
          good,
          good,
        ],
      }),
    );
    const store = open();
    assert.deepEqual(await store.load(), [good]);
  });

  it('loads whatever the secret contains', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.json().map((json) => `{"accounts":${json}}`),
        ),
        async (secret) => {
          const mine = new MemorySecrets();
          mine.values.set(key, secret);
          const store = new AccountStore(
            mine,
            () => 'id',
            () => undefined,
            {
              now: () => 0,
              setTimeout: (callback) => (setImmediate(callback), { dispose: () => undefined }),
            },
          );
          await store.load();
          const { account } = await store.save(aCandidate());
          assert.ok(store.accounts.some(({ id }) => id === account.id));
        },
      ),
    );
  });
});
