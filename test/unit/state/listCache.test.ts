import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import type { ServersApi } from '../../../src/api/client.ts';
import { AppError } from '../../../src/core/errors.ts';
import { writeSnapshot } from '../../../src/state/listSnapshot.ts';
import { ListCache } from '../../../src/state/listCache.ts';
import { aList, anAccount, aServer } from '../../support/builders.ts';
import { AccountStore } from '../../../src/state/accountStore.ts';
import { Sessions } from '../../../src/state/sessions.ts';
import { FakeClock, settle } from '../../support/fakeClock.ts';
import { MemorySecrets } from '../../support/memorySecrets.ts';
import { MemoryFiles } from '../../support/memoryFiles.ts';
import { signedIn } from '../../support/world.ts';

const { apiUrl } = anAccount();
const file = 'account-1.json';
const web = aServer({ id: '1', name: 'web' });
const db = aServer({ id: '2', name: 'db' });

describe('ListCache', () => {
  let cache: ListCache | undefined;
  afterEach(() => cache?.dispose());

  async function world(
    answers: Partial<ServersApi>,
    files = new MemoryFiles(),
    accounts = [anAccount()],
  ) {
    const state = await signedIn(answers, accounts);
    const warnings: string[] = [];
    cache = new ListCache({
      sessions: state.sessions,
      files,
      clock: state.clock,
      warn: (text) => warnings.push(text),
    });
    await settle();
    const pass = async (ms: number): Promise<void> => {
      await state.clock.advance(ms);
      await settle();
    };
    return { ...state, files, warnings, pass };
  }

  function filesWith(
    servers = [web, db],
    facts: Partial<{ apiUrl: string; takenAt: number }> = {},
  ): MemoryFiles {
    const files = new MemoryFiles();
    files.texts.set(file, writeSnapshot({ apiUrl, takenAt: 5_000, servers, ...facts }));
    return files;
  }

  it('restores the list with its age', async () => {
    const { session } = await world({}, filesWith());
    assert.deepEqual(session.servers.servers, [web, db]);
    assert.equal(session.servers.load.cachedAt, 5_000);
    assert.equal(session.servers.load.loadedAt, undefined);
  });

  it('replaces the cached list with the first reply', async () => {
    const { session } = await world(
      { listServers: () => Promise.resolve(aList({ ...web, status: 'stopped' })) },
      filesWith(),
    );
    await session.refresh();
    assert.deepEqual(
      session.servers.servers.map(({ id, status }) => [id, status]),
      [['1', 'stopped']],
    );
    assert.equal(session.servers.load.cachedAt, undefined);
  });

  it('replaces the cached list even if the API withholds servers', async () => {
    const { session } = await world(
      { listServers: () => Promise.resolve({ servers: [web], total: 9 }) },
      filesWith(),
    );
    await session.refresh();
    assert.deepEqual(
      session.servers.servers.map(({ id }) => id),
      ['1'],
    );
  });

  it('keeps the cached list when the first request fails', async () => {
    const { session } = await world(
      { listServers: () => Promise.reject(new AppError('network', 'cut')) },
      filesWith(),
    );
    await assert.rejects(session.refresh());
    assert.deepEqual(session.servers.servers, [web, db]);
    assert.equal(session.servers.load.cachedAt, 5_000);
  });

  it('does not restore over a reply that was faster', async () => {
    const files = filesWith();
    const { sessions, session, clock } = await signedIn({
      listServers: () => Promise.resolve(aList(db)),
    });
    await session.refresh();
    cache = new ListCache({ sessions, files, clock, warn: () => undefined });
    await settle();
    assert.deepEqual(session.servers.servers, [db]);
  });

  it('does not restore a list of another address', async () => {
    const { session } = await world(
      {},
      filesWith([web], { apiUrl: 'https://elsewhere.example/api' }),
    );
    assert.deepEqual(session.servers.servers, []);
  });

  it('writes a second after a list arrives, without secrets', async () => {
    const { session, files, pass } = await world({
      listServers: () => Promise.resolve(aList(web, db)),
    });
    await session.refresh();
    await pass(999);
    assert.equal(files.writes, 0);
    await pass(1);
    const text = files.texts.get(file) ?? '';
    assert.match(text, /"name":"web"/u);
    assert.doesNotMatch(text, new RegExp(anAccount().token, 'u'));
    assert.doesNotMatch(text, /jo@example\.com/u);
  });

  it('rewrites an unchanged list only every five minutes', async () => {
    const { session, files, pass } = await world({
      listServers: () => Promise.resolve(aList(web)),
    });
    for (let minute = 0; minute < 4; minute++) {
      await session.refresh();
      await pass(60_000);
    }
    assert.equal(files.writes, 1);
    await pass(60_000);
    await session.refresh();
    await pass(1_000);
    assert.equal(files.writes, 2);
  });

  it('ignores changes of usage', async () => {
    const { session, files, pass } = await world({
      listServers: () => Promise.resolve(aList(web, db)),
    });
    const look = (cpuPercent: number): void =>
      session.servers.applyServer(
        { ...web, usage: { cpuPercent, memoryUsedMiB: 1, diskUsedGB: 1, bandwidthUsedGB: 1 } },
        session.servers.nextRevision(),
      );
    for (let looks = 0; looks < 19; looks++) {
      if (looks % 4 === 0) {
        await session.refresh();
      }
      look(looks);
      await pass(15_000);
    }
    assert.equal(files.writes, 1);
    session.servers.applyServer({ ...web, status: 'stopped' }, session.servers.nextRevision());
    await pass(1_000);
    assert.equal(files.writes, 2);
  });

  it('writes nothing before a reply arrived', async () => {
    const { session, files, pass } = await world({}, filesWith());
    session.servers.remove('1');
    await pass(10_000);
    assert.equal(files.writes, 0);
  });

  it('removes the list when the account signs out in any window', async () => {
    const { files, accountStore, session, pass } = await world({
      listServers: () => Promise.resolve(aList(web)),
    });
    await session.refresh();
    await pass(1_000);
    assert.ok(files.texts.has(file));
    await session.refresh();
    await accountStore.remove('account-1');
    await pass(5_000);
    assert.deepEqual([...files.texts.keys()], []);
  });

  it('removes orphans and half-written files at the start', async () => {
    const files = filesWith();
    files.texts.set('signed-out.json', 'x').set(`${file}.123.new`, '{"half');
    await world({}, files);
    assert.deepEqual([...files.texts.keys()], [file]);
  });

  it('removes nothing while the accounts are not loaded', async () => {
    const files = filesWith();
    const secrets = new MemorySecrets();
    const accountStore = new AccountStore(
      secrets,
      () => 'id',
      () => undefined,
    );
    const clock = new FakeClock();
    const sessions = new Sessions(accountStore, () => Promise.reject(new Error()), clock);
    cache = new ListCache({ sessions, files, clock, warn: () => undefined });
    await settle();
    assert.deepEqual([...files.texts.keys()], [file]);
  });

  it('skips the sample account', async () => {
    const { session, files, pass } = await world(
      { listServers: () => Promise.resolve(aList(web)) },
      undefined,
      [anAccount({ kind: 'sample' })],
    );
    await session.refresh();
    await pass(5_000);
    assert.equal(files.writes, 0);
  });

  it('only warns when the disk fails', async () => {
    const files = new MemoryFiles();
    files.fail = new Error('disk full');
    const { session, warnings, pass } = await world(
      { listServers: () => Promise.resolve(aList(web)) },
      files,
    );
    await session.refresh();
    await pass(1_000);
    assert.deepEqual(session.servers.servers, [web]);
    assert.equal(warnings.length, 3);
  });

  it('leaves no timer after dispose', async () => {
    const { session, clock } = await world({ listServers: () => Promise.resolve(aList(web)) });
    await session.refresh();
    assert.equal(clock.pendingCount, 1);
    cache?.dispose();
    assert.equal(clock.pendingCount, 0);
  });

  it('never leaves its folder, whatever the account id', async () => {
    const { session, files, pass } = await world(
      { listServers: () => Promise.resolve(aList(web)) },
      undefined,
      [anAccount({ id: '../../x/..' })],
    );
    await session.refresh();
    await pass(1_000);
    assert.deepEqual([...files.texts.keys()], ['%2E%2E%2F%2E%2E%2Fx%2F%2E%2E.json']);
  });
});
