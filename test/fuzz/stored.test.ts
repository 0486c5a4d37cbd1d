import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isFiltering, matcher, parseFilter, toQuery } from '../../src/core/filter.ts';
import { groupings } from '../../src/core/grouping.ts';
import { readSnapshot as readKeptList, writeSnapshot } from '../../src/core/serverSnapshot.ts';
import { readAddress, readNumber, readOneOf } from '../../src/core/settingValues.ts';
import { checkApiUrl, checkToken } from '../../src/core/validation.ts';
import { CreateMemory } from '../../src/panels/createMemory.ts';
import { readSnapshot as readSandbox } from '../../src/sandbox/snapshot.ts';
import { AccountStore } from '../../src/state/accountStore.ts';
import { anAccount, aServer } from '../support/builders.ts';
import { MemorySecrets } from '../support/memorySecrets.ts';
import { anyJson, anyText, damaged } from './support/arbitraries.ts';
import { fuzz } from './support/fuzz.ts';

describe('settings', () => {
  const value = fc.oneof(anyJson, fc.double(), fc.constant(undefined));
  fuzz('are in force within their bounds, whatever is written', value, (written) => {
    const number = readNumber(written, 60, 10, 86_400);
    assert.ok(number.value >= 10 && number.value <= 86_400);
    assert.equal(number.isUsable, number.value === written);
    const word = readOneOf(written, groupings, 'location');
    assert.ok(groupings.includes(word.value));
    assert.equal(word.isUsable, word.value === written);
  });

  const address = fc.oneof(
    value,
    fc.webUrl({ withFragments: true, withQueryParameters: true }),
    fc.tuple(fc.constantFrom('http://', 'https://', 'HTTPS://', 'file://', '//', 'https:\\\\'), fc.constantFrom('127.0.0.1', 'localhost', '[::1]', 'user:pw@host', 'admin.vps.org', '127.0.0.1.evil.example', 'localhost.evil.example'), anyText)
      .map((parts) => parts.join('')),
  );
  fuzz('never lead a token to an address that is neither https nor on this computer', address, (written) => {
    const checked = checkApiUrl(readAddress(written, 'https://admin.vps.org/api/v1'));
    if (checked.ok) {
      const url = new URL(checked.value);
      assert.ok(url.protocol === 'https:' || (url.protocol === 'http:' && ['localhost', '[::1]'].includes(url.hostname)) || url.hostname.startsWith("127."));
      assert.ok(/^https?:$/u.test(url.protocol));
      assert.equal(url.username + url.password + url.search + url.hash, '');
      assert.ok(!checked.value.endsWith('/'));
    }
  });

  fuzz('a pasted token is one line of visible ASCII or none', anyText, (pasted) => {
    const checked = checkToken(pasted);
    assert.ok(!checked.ok || /^[\x21-\x7e]+$/u.test(checked.value));
  });
});

describe('stored accounts', () => {
  const key = 'vpsOrg.accounts';
  const good = fc.uniqueArray(fc.nat(50), { maxLength: 3 }).map((numbers) =>
    numbers.map((number) => anAccount({ id: `good-${number}`, token: `vps_good_token_${number}`, owner: `o${number}@example.com` })),
  );
  fuzz('survive odd ones beside them, and nothing that cannot be read is lost', fc.tuple(good, fc.array(fc.oneof(damaged(anAccount()), anyJson), { maxLength: 3 })), async ([accounts, odd]) => {
    const secrets = new MemorySecrets();
    const stored = JSON.stringify({ version: 1, accounts: [...odd, ...accounts] });
    secrets.values.set(key, stored);
    const warnings: string[] = [];
    const store = new AccountStore(secrets, () => 'new-id', (text) => warnings.push(text));
    await store.load();
    for (const account of accounts) {
      assert.deepEqual(store.accounts.find(({ id }) => id === account.id), account);
    }
    for (const { kind, apiUrl, token } of store.accounts) {
      assert.ok(kind === 'sample' || (checkApiUrl(apiUrl).ok && checkToken(token).ok));
    }
    await store.save({ kind: 'token', apiUrl: 'https://admin.vps.org/api/v1', label: 'new', token: 'vps_brand_new', owner: 'new@example.com' });
    const kept = [...secrets.values.values()].join('\n');
    for (const { token } of accounts) {
      assert.ok(kept.includes(token));
    }
    assert.ok(!warnings.join('\n').includes('vps_good_token'));
    store.dispose();
  });

  fuzz('are none where the secret is garbage, and can be added to', fc.oneof(anyText, anyJson.map((json) => JSON.stringify(json))), async (secret) => {
    const secrets = new MemorySecrets();
    secrets.values.set(key, secret);
    const store = new AccountStore(secrets, () => 'new-id', () => undefined);
    await store.load();
    const { account } = await store.save({ kind: 'token', apiUrl: 'https://admin.vps.org/api/v1', label: 'new', token: 'vps_brand_new', owner: undefined });
    assert.ok(store.accounts.some(({ id }) => id === account.id));
    store.dispose();
  });
});

describe('what is remembered', () => {
  const kept = { version: 1, apiUrl: 'https://x.example', takenAt: 1_700_000_000_000, servers: [aServer()] };
  const keptList = fc.oneof(
    damaged(kept),
    fc.array(fc.oneof(damaged(aServer()), anyJson)).map((servers) => ({ ...kept, servers })),
    anyJson,
  );
  fuzz('of a list is servers or nothing, and reads again as it was read', keptList, (value) => {
    const read = readKeptList(JSON.stringify(value));
    if (read) {
      assert.deepEqual(readKeptList(writeSnapshot(read)), read);
      assert.equal(new Set(read.servers.map(({ id }) => id)).size, read.servers.length);
    }
  });

  fuzz('of a filter can be filtered by', fc.oneof(damaged({ text: 'web', statuses: ['active'], locations: [] }), anyJson), (value) => {
    const filter = parseFilter(value);
    assert.equal(typeof isFiltering(filter), 'boolean');
    assert.equal(typeof matcher(filter)(aServer()), 'boolean');
    assert.ok(Object.values(toQuery(filter)).every((part) => typeof part === 'string'));
  });

  fuzz('of a create form is a form or nothing', fc.tuple(anyJson, anyJson), async ([workspace, global]) => {
    const memory = new CreateMemory(
      { get: () => workspace, update: () => Promise.resolve() },
      { get: () => global, update: () => Promise.resolve() },
      () => undefined,
    );
    const { draft } = memory;
    assert.ok(draft === undefined || typeof draft.values.name === 'string');
    assert.ok(memory.sshKeyIds('constructor').every((id) => /^[1-9]\d*$/u.test(id)));
    await memory.keepOnly([]);
  });

  fuzz('of the sample servers is a whole world or nothing', anyJson, (value) => {
    const world = readSandbox(value);
    assert.ok(world === undefined || (Number.isFinite(world.credit) && Array.isArray(world.servers)));
  });
});
