import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { ServersApi } from '../../../src/api/client.ts';
import { ConfigUpdater } from '../../../src/ssh/configUpdater.ts';
import { FolderError } from '../../../src/ssh/folderError.ts';
import { SshProfiles } from '../../../src/state/sshProfiles.ts';
import { aList, aServer } from '../../support/builders.ts';
import { MemoryMemento } from '../../support/memoryMemento.ts';
import { signedIn } from '../../support/world.ts';

const web = aServer({ id: '1', name: 'web-1', ipAddress: '192.34.56.1' });
const db = aServer({ id: '2', name: 'db-1', ipAddress: '192.34.56.2' });
const simulated = aServer({ id: '3', name: 'sim', ipAddress: '203.0.113.3' });

async function world(listServers: ServersApi['listServers']) {
  const layer = await signedIn({ listServers });
  const { sessions, clock } = layer;
  const settings: Record<string, unknown> = { user: 'root', port: 22 };
  const profiles = new SshProfiles({
    memento: new MemoryMemento(),
    settings: {
      readSsh: (key) => settings[key],
      onDidChange: () => ({ dispose: () => undefined }),
    },
    sessions,
  });
  const state = { isOn: true, isBroken: false };
  const written: string[] = [];
  const problems: unknown[] = [];
  new ConfigUpdater({
    folder: {
      inspect: () => {
        if (state.isBroken) throw new FolderError('foreignFile');
        return Promise.resolve({
          isIncluded: true,
          isWritten: true,
          hosts: new Set<string>(),
          linkTo: undefined,
        });
      },
      write: (text) => {
        written.push([...text.matchAll(/^Host (.*)$/gmu)].map((match) => match[1]).join());
        return Promise.resolve(true);
      },
    },
    sessions,
    profiles,
    clock,
    isOn: () => state.isOn,
    reportProblem: (problem) => problems.push(problem),
  });
  return { ...layer, profiles, state, written, problems };
}

describe('ConfigUpdater', () => {
  it('writes nothing until the list is known, and then each change once', async () => {
    let servers = [web, simulated];
    const { session, clock, written, profiles } = await world(() =>
      Promise.resolve(aList(...servers)),
    );
    await clock.advance(10_000);
    assert.deepEqual(written, []);
    await session.refresh();
    await clock.advance(2_000);
    assert.deepEqual(written, ['web-1.vps']);
    await session.refresh();
    await clock.advance(10_000);
    assert.equal(written.length, 1);
    servers = [web, db];
    await session.refresh();
    await profiles.setOverrides(
      { accountId: session.account.id, serverId: '1' },
      { user: 'deploy' },
    );
    await clock.advance(2_000);
    assert.deepEqual(written.slice(1), ['db-1.vps,web-1.vps']);
  });

  it('writes nothing while the setting is off', async () => {
    const { session, clock, written, state } = await world(() => Promise.resolve(aList(web)));
    state.isOn = false;
    await session.refresh();
    await clock.advance(10_000);
    assert.deepEqual(written, []);
  });

  it('reports a problem once until it is solved', async () => {
    let servers = [web];
    const { session, clock, written, state, problems } = await world(() =>
      Promise.resolve(aList(...servers)),
    );
    state.isBroken = true;
    for (servers of [[web], [web, db]]) {
      await session.refresh();
      await clock.advance(2_000);
    }
    assert.equal(problems.length, 1);
    state.isBroken = false;
    servers = [db];
    await session.refresh();
    await clock.advance(2_000);
    assert.deepEqual(written, ['db-1.vps']);
  });
});
