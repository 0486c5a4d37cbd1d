import assert from 'node:assert/strict';
import type { Account } from '../../../src/core/account.ts';
import { distinctAccountTexts } from '../../../src/text/accounts.ts';

const account = (id: string, changes: Partial<Account> = {}): Account => ({
  id,
  label: 'jo@example.com',
  apiUrl: 'https://admin.vps.org/api/v1',
  kind: 'token',
  ...changes,
});

describe('distinctAccountTexts', () => {
  const texts = (...accounts: readonly Account[]): readonly string[] => [
    ...distinctAccountTexts(accounts).values(),
  ];

  it('leaves distinct labels alone', () => {
    assert.deepEqual(texts(account('a'), account('b', { label: 'Work' })), [
      'jo@example.com',
      'Work',
    ]);
    assert.deepEqual(texts(account('a'), account('b', { kind: 'sample' })), [
      'jo@example.com',
      'jo@example.com (sample)',
    ]);
  });

  it('adds the host to equal labels, and a number where the hosts are equal too', () => {
    const other = { apiUrl: 'https://vps.example:8443/api/v1' };
    assert.deepEqual(texts(account('a'), account('b', other)), [
      'jo@example.com (admin.vps.org)',
      'jo@example.com (vps.example:8443)',
    ]);
    assert.deepEqual(texts(account('a'), account('b', other), account('c')), [
      'jo@example.com (admin.vps.org) (1)',
      'jo@example.com (vps.example:8443)',
      'jo@example.com (admin.vps.org) (2)',
    ]);
  });
});
