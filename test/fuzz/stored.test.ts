import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isFiltering, parseFilter, toQuery } from '../../src/core/filter.ts';
import { matcher } from '../../src/core/search.ts';
import { groupings } from '../../src/core/grouping.ts';
import { readSnapshot as readList, writeSnapshot } from '../../src/state/listSnapshot.ts';
import { readAddress, readNumber, readOneOf } from '../../src/core/settingValues.ts';
import { checkToken } from '../../src/core/pastedToken.ts';
import { checkApiUrl, isToken } from '../../src/core/apiUrl.ts';
import { forgetInput } from '../../src/webviews/storedInput.ts';
import type { Memento } from '../../src/core/memento.ts';
import { UsedIds } from '../../src/webviews/create/usedIds.ts';
import { DraftStore } from '../../src/webviews/create/drafts.ts';
import { readSnapshot as readSandbox } from '../../src/sandbox/snapshot.ts';
import { readEntries, writeEntry } from '../../src/state/activityEntry.ts';
import type { ActivityEntry } from '../../src/state/activityEntry.ts';
import { AccountStore } from '../../src/state/accountStore.ts';
import { activityText } from '../../src/text/activity.ts';
import { anAccount, aServer } from '../support/builders.ts';
import { MemorySecrets } from '../support/memorySecrets.ts';
import { anyJson, anyText, damaged } from './support/arbitraries.ts';
import { fuzz } from './support/fuzz.ts';

describe('setting readers', () => {
  const value = fc.oneof(anyJson, fc.double(), fc.constant(undefined));
  fuzz('return values within their bounds, whatever is configured', value, (written) => {
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
    fc
      .tuple(
        fc.constantFrom('http://', 'https://', 'HTTPS://', 'file://', '//', 'https:\\\\'),
        fc.constantFrom(
          '127.0.0.1',
          'localhost',
          '[::1]',
          'user:pw@host',
          'admin.vps.org',
          '127.0.0.1.evil.example',
          'localhost.evil.example',
        ),
        anyText,
      )
      .map((parts) => parts.join('')),
  );
  fuzz(
    'never allow an API address that is neither https nor on this computer',
    address,
    (written) => {
      const checked = checkApiUrl(readAddress(written, 'https://admin.vps.org/api/v1'));
      if (checked.ok) {
        const url = new URL(checked.value);
        assert.ok(
          url.protocol === 'https:' ||
            (url.protocol === 'http:' && ['localhost', '[::1]'].includes(url.hostname)) ||
            url.hostname.startsWith('127.'),
        );
        assert.ok(/^https?:$/u.test(url.protocol));
        assert.equal(url.username + url.password + url.search + url.hash, '');
        assert.ok(!checked.value.endsWith('/'));
      }
    },
  );

  fuzz('accept a pasted token only as one line of visible ASCII', anyText, (pasted) => {
    const checked = checkToken(pasted);
    assert.ok(!checked.ok || /^[\x21-\x7e]+$/u.test(checked.value));
  });
});

describe('AccountStore', () => {
  const key = 'vpsOrg.accounts';
  const good = fc.uniqueArray(fc.nat(50), { maxLength: 3 }).map((numbers) =>
    numbers.map((number) =>
      anAccount({
        id: `good-${number}`,
        token: `vps_good_token_${number}`,
        owner: `o${number}@example.com`,
      }),
    ),
  );
  fuzz(
    'keeps valid accounts and unreadable entries',
    fc.tuple(good, fc.array(fc.oneof(damaged(anAccount()), anyJson), { maxLength: 3 })),
    async ([accounts, invalid]) => {
      const secrets = new MemorySecrets();
      const stored = JSON.stringify({ version: 1, accounts: [...invalid, ...accounts] });
      secrets.values.set(key, stored);
      const warnings: string[] = [];
      const store = new AccountStore(
        secrets,
        () => 'new-id',
        (text) => warnings.push(text),
      );
      await store.load();
      for (const account of accounts) {
        assert.deepEqual(
          store.accounts.find(({ id }) => id === account.id),
          account,
        );
      }
      for (const { kind, apiUrl, token } of store.accounts) {
        assert.ok(kind === 'sample' || (checkApiUrl(apiUrl).ok && isToken(token)));
      }
      await store.save({
        kind: 'token',
        apiUrl: 'https://admin.vps.org/api/v1',
        label: 'new',
        token: 'vps_brand_new',
        owner: 'new@example.com',
      });
      const kept = [...secrets.values.values()].join('\n');
      for (const { token } of accounts) {
        assert.ok(kept.includes(token));
      }
      assert.ok(!warnings.join('\n').includes('vps_good_token'));
      store.dispose();
    },
  );

  fuzz(
    'is empty and can be added to when the secret is garbage',
    fc.oneof(
      anyText,
      anyJson.map((json) => JSON.stringify(json)),
    ),
    async (secret) => {
      const secrets = new MemorySecrets();
      secrets.values.set(key, secret);
      const store = new AccountStore(
        secrets,
        () => 'new-id',
        () => undefined,
      );
      await store.load();
      const { account } = await store.save({
        kind: 'token',
        apiUrl: 'https://admin.vps.org/api/v1',
        label: 'new',
        token: 'vps_brand_new',
        owner: undefined,
      });
      assert.ok(store.accounts.some(({ id }) => id === account.id));
      store.dispose();
    },
  );
});

describe('stored data', () => {
  const cachedList = {
    version: 1,
    apiUrl: 'https://x.example',
    takenAt: 1_700_000_000_000,
    servers: [aServer()],
  };
  const cachedLists = fc.oneof(
    damaged(cachedList),
    fc.array(fc.oneof(damaged(aServer()), anyJson)).map((servers) => ({ ...cachedList, servers })),
    anyJson,
  );
  fuzz(
    'of a cached list reads as servers or nothing, and reads the same again',
    cachedLists,
    (value) => {
      const read = readList(JSON.stringify(value));
      if (read) {
        assert.deepEqual(readList(writeSnapshot(read)), read);
        assert.equal(new Set(read.servers.map(({ id }) => id)).size, read.servers.length);
      }
    },
  );

  fuzz(
    'of a filter reads as a usable filter',
    fc.oneof(damaged({ text: 'web', statuses: ['active'], locations: [] }), anyJson),
    (value) => {
      const filter = parseFilter(value);
      assert.equal(typeof isFiltering(filter), 'boolean');
      assert.equal(typeof matcher(filter)(aServer()), 'boolean');
      assert.ok(Object.values(toQuery(filter)).every((part) => typeof part === 'string'));
    },
  );

  fuzz(
    'of a create form reads as a form or nothing',
    fc.tuple(anyJson, anyJson),
    async ([workspace, global]) => {
      const mementoOf = (value: unknown): Memento => ({
        get: () => value,
        update: () => Promise.resolve(),
      });
      const stored = [mementoOf(workspace), mementoOf(global)] as const;
      const { draft } = new DraftStore(stored[0], () => undefined);
      const used = new UsedIds(stored[1], () => undefined);
      assert.ok(draft === undefined || typeof draft.values.name === 'string');
      assert.ok(used.sshKeyIds('constructor').every((id) => /^\S{1,200}$/u.test(id)));
      assert.ok(used.systems('account-1').every(({ name }) => name !== ''));
      await forgetInput(...stored, []);
    },
  );

  fuzz('of the sample account reads as a complete world or nothing', anyJson, (value) => {
    const world = readSandbox(value);
    assert.ok(
      world === undefined || (Number.isFinite(world.credit) && Array.isArray(world.servers)),
    );
  });
});

describe('activity', () => {
  const plan = { name: 'Standard VPS', vcpus: 2, memoryMiB: 4096, storageGB: 80, monthly: 12 };
  const about = {
    windowId: 'window',
    at: Date.UTC(2025, 0, 10),
    accountId: 'account-1',
    accountLabel: 'jo@example.com',
    serverId: '12345',
    serverName: 'web-server-01',
  };
  const entry: ActivityEntry = {
    kind: 'action',
    id: 'entry',
    ...about,
    action: 'rename',
    settings: { name: 'web-2' },
    result: 'done',
    message: undefined,
    end: undefined,
  };
  const line = writeEntry(entry, (text) => text);
  const assertOneLineEach = (stored: unknown): void => {
    const entries = [...readEntries(`${JSON.stringify(stored)}\n${line}`).values()];
    assert.equal(activityText(entries, 0).split('\n').length, entries.length + 4);
  };

  fuzz('keeps every whole line, whatever is between them', fc.array(anyText), (garbage) => {
    const text = garbage.map((each) => each.replaceAll('"id":"entry"', '')).join('\n');
    assert.deepEqual(readEntries(`${text}\n${line}\n${text}`).get('entry'), entry);
  });

  fuzz(
    'shows one line for each entry, whatever is stored',
    damaged(JSON.parse(line) as object),
    (stored) => {
      assertOneLineEach(stored);
    },
  );

  const edit: ActivityEntry = {
    kind: 'edit',
    id: 'edit',
    ...about,
    created: { ...plan, location: 'us-west' },
    edits: [
      { field: 'plan', before: plan, after: { ...plan, name: 'Performance VPS', monthly: 48 } },
      { field: 'hostname', before: 'a.example.com', after: 'b.example.com' },
      { field: 'backups', before: true, after: false },
    ],
  };
  const editLine = writeEntry(edit, (text) => text);

  fuzz(
    'shows one line for an edit, whatever is stored',
    damaged(JSON.parse(editLine) as object),
    (stored) => {
      assert.deepEqual(readEntries(editLine).get('edit'), edit);
      assertOneLineEach(stored);
    },
  );

  fuzz('writes any text of an edit as one line that it can read', anyText, (text) => {
    const edits = [{ field: 'name', before: text, after: 'web-2' } as const];
    const created = { ...plan, name: text, location: text };
    const written = writeEntry({ ...edit, created, edits }, (same) => same);
    assert.ok(!written.includes('\n'));
    assert.ok(readEntries(written).has('edit'));
  });

  fuzz('writes any text as one line that it can read', anyText, (text) => {
    const written = writeEntry({ ...entry, serverName: text, message: text }, (same) => same);
    assert.ok(!written.includes('\n'));
    assert.ok(readEntries(written).has('entry'));
  });
});
