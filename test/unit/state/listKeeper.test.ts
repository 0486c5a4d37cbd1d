import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import type { ServersApi } from '../../../src/api/api.ts';
import { AppError } from '../../../src/core/errors.ts';
import { writeSnapshot } from '../../../src/core/serverSnapshot.ts';
import { ListKeeper } from '../../../src/state/listKeeper.ts';
import { aList, anAccount, aServer } from '../../support/builders.ts';
import { MemoryFiles } from '../../support/memoryFiles.ts';
import { signedIn } from '../../support/world.ts';

const { apiUrl } = anAccount();
const file = 'account-1.json';
const web = aServer({ id: '1', name: 'web' });
const db = aServer({ id: '2', name: 'db' });

describe('the list that is kept across restarts', () => {
  let keeper: ListKeeper | undefined;
  afterEach(() => keeper?.dispose());

  async function world(answers: Partial<ServersApi>, files = new MemoryFiles(), accounts = [anAccount()]) {
    const state = await signedIn(answers, accounts);
    const warnings: string[] = [];
    keeper = new ListKeeper({ sessions: state.sessions, files, clock: state.clock, warn: (text) => warnings.push(text) });
    await keeper.settle();
    const kept = keeper;
    const pass = async (ms: number): Promise<void> => {
      await state.clock.advance(ms);
      await kept.settle();
    };
    return { ...state, files, warnings, pass };
  }

  function filesWith(servers = [web, db], facts: Partial<{ apiUrl: string; takenAt: number }> = {}): MemoryFiles {
    const files = new MemoryFiles();
    files.texts.set(file, writeSnapshot({ apiUrl, takenAt: 5_000, servers, ...facts }));
    return files;
  }

  it('fills the store at once, marked with its age', async () => {
    const { session } = await world({}, filesWith());
    assert.deepEqual(session.servers.servers, [web, db]);
    assert.equal(session.servers.load.keptFrom, 5_000);
    assert.equal(session.servers.load.loadedAt, undefined);
  });

  it('gives way to the first answer, with everything that it does not name', async () => {
    const { session } = await world({ listServers: () => Promise.resolve(aList({ ...web, status: 'stopped' })) }, filesWith());
    await session.refresh();
    assert.deepEqual(session.servers.servers.map(({ id, status }) => [id, status]), [['1', 'stopped']]);
    assert.equal(session.servers.load.keptFrom, undefined);
  });

  it('gives way to the first answer also where that is only a part', async () => {
    const { session } = await world({ listServers: () => Promise.resolve({ servers: [web], total: 9 }) }, filesWith());
    await session.refresh();
    assert.deepEqual(session.servers.servers.map(({ id }) => id), ['1']);
  });

  it('stays when the first answer is a failure', async () => {
    const { session } = await world({ listServers: () => Promise.reject(new AppError('network', 'cut')) }, filesWith());
    await assert.rejects(session.refresh());
    assert.deepEqual(session.servers.servers, [web, db]);
    assert.equal(session.servers.load.keptFrom, 5_000);
  });

  it('does not come back over an answer that was quicker', async () => {
    const files = filesWith();
    const { sessions, session, clock } = await signedIn({ listServers: () => Promise.resolve(aList(db)) });
    await session.refresh();
    keeper = new ListKeeper({ sessions, files, clock, warn: () => undefined });
    await keeper.settle();
    assert.deepEqual(session.servers.servers, [db]);
  });

  it('is not shown for another address', async () => {
    const { session } = await world({}, filesWith([web], { apiUrl: 'https://elsewhere.example/api' }));
    assert.deepEqual(session.servers.servers, []);
  });

  it('is written a second after a list came, and nothing secret with it', async () => {
    const { session, files, pass } = await world({ listServers: () => Promise.resolve(aList(web, db)) });
    await session.refresh();
    await pass(999);
    assert.equal(files.writes, 0);
    await pass(1);
    const text = files.texts.get(file) ?? '';
    assert.match(text, /"name":"web"/u);
    assert.doesNotMatch(text, new RegExp(anAccount().token, 'u'));
    assert.doesNotMatch(text, /jo@example\.com/u);
  });

  it('is not written again by lists that say the same, but for its age every five minutes', async () => {
    const { session, files, pass } = await world({ listServers: () => Promise.resolve(aList(web)) });
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

  it('is not written again for usage, which is not in it', async () => {
    const { session, files, pass } = await world({ listServers: () => Promise.resolve(aList(web, db)) });
    const look = (cpuPercent: number): void =>
      session.servers.applyServer(
        { ...web, usage: { cpuPercent, memoryUsedMiB: 1, diskUsedGB: 1, bandwidthUsedGB: 1 } },
        session.servers.now(),
      );
    for (let looks = 0; looks < 19; looks++) {
      if (looks % 4 === 0) {
        await session.refresh();
      }
      look(looks);
      await pass(15_000);
    }
    assert.equal(files.writes, 1);
    session.servers.applyServer({ ...web, status: 'stopped' }, session.servers.now());
    await pass(1_000);
    assert.equal(files.writes, 2);
  });

  it('is not written before an answer came', async () => {
    const { session, files, pass } = await world({}, filesWith());
    session.servers.remove('1');
    await pass(10_000);
    assert.equal(files.writes, 0);
  });

  it('goes with its account, in whichever window that was signed out', async () => {
    const { files, accountStore, session, pass } = await world({ listServers: () => Promise.resolve(aList(web)) });
    await session.refresh();
    await pass(1_000);
    assert.ok(files.texts.has(file));
    await session.refresh();
    await accountStore.remove('account-1');
    await pass(5_000);
    assert.deepEqual([...files.texts.keys()], []);
  });

  it('is not kept for sample servers', async () => {
    const { session, files, pass } = await world({ listServers: () => Promise.resolve(aList(web)) }, undefined, [anAccount({ kind: 'sample' })]);
    await session.refresh();
    await pass(5_000);
    assert.equal(files.writes, 0);
  });

  it('warns where the disk fails, and keeps nobody from anything', async () => {
    const files = new MemoryFiles();
    files.fail = new Error('disk full');
    const { session, warnings, pass } = await world({ listServers: () => Promise.resolve(aList(web)) }, files);
    await session.refresh();
    await pass(1_000);
    assert.deepEqual(session.servers.servers, [web]);
    assert.equal(warnings.length, 2);
  });

  it('leaves no timer behind', async () => {
    const { session, clock } = await world({ listServers: () => Promise.resolve(aList(web)) });
    await session.refresh();
    assert.equal(clock.pendingCount, 1);
    keeper?.dispose();
    assert.equal(clock.pendingCount, 0);
  });

  it('leads out of its folder under no name', async () => {
    const { session, files, pass } = await world({ listServers: () => Promise.resolve(aList(web)) }, undefined, [anAccount({ id: '../../x/..' })]);
    await session.refresh();
    await pass(1_000);
    assert.deepEqual([...files.texts.keys()], ['%2E%2E%2F%2E%2E%2Fx%2F%2E%2E.json']);
  });
});
