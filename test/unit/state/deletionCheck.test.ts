import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { AppError } from '../../../src/core/errors.ts';
import { checkBeforeDelete } from '../../../src/state/deletionCheck.ts';
import { toTarget } from '../../../src/state/targets.ts';
import type { Target } from '../../../src/state/targets.ts';
import { aList, aServer } from '../../support/builders.ts';
import { signedIn } from '../../support/world.ts';

async function makeTargets(answers: Parameters<typeof signedIn>[0], ...ids: readonly string[]) {
  const world = await signedIn({
    listServers: () =>
      Promise.resolve(aList(...ids.map((id) => aServer({ id, name: `web-${id}` })))),
    ...answers,
  });
  await world.session.refresh();
  const targets = ids.map((serverId): Target => {
    const target = toTarget(world.sessions, { accountId: 'account-1', serverId });
    assert.ok(target);
    return target;
  });
  world.calls.splice(0);
  return { ...world, targets };
}

const namesOf = (targets: readonly Target[]) => targets.map(({ server }) => server.name);

describe('checkBeforeDelete', () => {
  it('returns current data, and separates servers that are gone', async () => {
    const current = aServer({ id: '1', name: 'prod-db' });
    const lists = [aList(aServer({ id: '1', name: 'web-1' }), aServer({ id: '2', name: 'web-2' }))];
    const { sessions, clock, targets } = await makeTargets(
      {
        getServer: (id) =>
          id === '1'
            ? Promise.resolve(current)
            : Promise.reject(new AppError('notFound', '404', { status: 404 })),
        listServers: () => Promise.resolve(lists.shift() ?? aList(current)),
      },
      '1',
      '2',
    );
    const check = await checkBeforeDelete(sessions, clock, targets);
    assert.deepEqual(namesOf(check.existing), ['prod-db']);
    assert.deepEqual(namesOf(check.gone), ['web-2']);
    assert.deepEqual(check.unconfirmed, []);
    assert.equal(check.knownSince, undefined);
  });

  it('returns after 5 seconds without an answer, with the age of what is known', async () => {
    const { sessions, session, clock, targets } = await makeTargets(
      { getServer: () => new Promise(() => undefined) },
      '1',
    );
    const checking = checkBeforeDelete(sessions, clock, targets);
    await clock.advance(5_000);
    const check = await checking;
    assert.deepEqual(namesOf(check.existing), ['web-1']);
    assert.deepEqual(namesOf(check.unconfirmed), ['web-1']);
    assert.equal(check.knownSince, session.servers.load.loadedAt);
    assert.equal(clock.pendingCount, 0);
  });

  it('takes the data of a list that contradicts a 404', async () => {
    const { sessions, clock, targets } = await makeTargets(
      { getServer: () => Promise.reject(new AppError('notFound', '404')) },
      '1',
      '2',
    );
    const check = await checkBeforeDelete(sessions, clock, targets);
    assert.deepEqual(namesOf(check.existing), ['web-1', 'web-2']);
    assert.deepEqual(check.gone, []);
    assert.deepEqual(check.unconfirmed, []);
  });

  it('uses one list request for many servers', async () => {
    const { sessions, clock, targets, calls } = await makeTargets({}, '1', '2', '3', '4', '5');
    const check = await checkBeforeDelete(sessions, clock, targets);
    assert.equal(check.existing.length, 5);
    assert.deepEqual(
      calls.map(({ method }) => method),
      ['listServers'],
    );
  });
});
