import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { ServerStatus } from '../../../src/core/server.ts';
import {
  isForMany,
  splitTargets,
  targetsFromArguments,
  toTarget,
} from '../../../src/state/targets.ts';
import type { Target } from '../../../src/state/targets.ts';
import { aList, aServer } from '../../support/builders.ts';
import { signedIn } from '../../support/world.ts';

const refTo = (serverId: string) => ({ accountId: 'account-1', serverId });

async function signIn(...statuses: readonly ServerStatus[]) {
  const servers = statuses.map((status, index) => aServer({ id: `${index}`, status }));
  const world = await signedIn({
    listServers: () => Promise.resolve(aList(...servers)),
    power: () => new Promise(() => undefined),
  });
  await world.session.refresh();
  const targets = servers.map(({ id }): Target => {
    const target = toTarget(world.sessions, refTo(id));
    assert.ok(target);
    return target;
  });
  return { ...world, targets };
}

const idsOf = (targets: readonly Target[] | undefined) => targets?.map(({ ref }) => ref.serverId);

describe('targetsFromArguments', () => {
  it('returns the whole selection when the clicked row is part of it', async () => {
    const { sessions } = await signIn('active', 'active', 'active');
    const args = [refTo('1'), [refTo('0'), refTo('1'), refTo('1'), refTo('gone')]];
    assert.deepEqual(idsOf(targetsFromArguments(sessions, args)), ['0', '1']);
  });

  it('returns the clicked row when it is not part of the selection', async () => {
    const { sessions } = await signIn('active', 'active', 'active');
    const args = [refTo('2'), [refTo('0'), refTo('1')]];
    assert.deepEqual(idsOf(targetsFromArguments(sessions, args)), ['2']);
  });

  it('returns undefined when no server is named', async () => {
    const { sessions } = await signIn('active');
    for (const args of [[], [undefined], [{ accountId: 'account-1' }]]) {
      assert.equal(targetsFromArguments(sessions, args), undefined);
    }
  });
});

describe('isForMany', () => {
  it('is true for groups and selections', () => {
    assert.ok(isForMany([{ kind: 'group', children: [] }]));
    assert.ok(isForMany([refTo('0'), [refTo('0'), refTo('1')]]));
    assert.ok(!isForMany([refTo('0'), [refTo('0')]]));
    assert.ok(!isForMany([]));
  });
});

describe('splitTargets', () => {
  it('gives the reason for each skipped server', async () => {
    const { actions, targets } = await signIn('active', 'stopped', 'suspended', 'active');
    void actions.power(refTo('3'), 'stop');
    const { able, skipped } = splitTargets(actions, targets, 'stop');
    assert.deepEqual(idsOf(able), ['0']);
    assert.deepEqual(
      skipped.map(({ reason }) => reason),
      [
        { kind: 'alreadyInStatus', status: 'stopped' },
        { kind: 'notAllowed', status: 'suspended' },
        { kind: 'busy' },
      ],
    );
  });

  it('does not skip a single busy server', async () => {
    const { actions, targets } = await signIn('active');
    void actions.power(refTo('0'), 'stop');
    assert.deepEqual(idsOf(splitTargets(actions, targets, 'stop').able), ['0']);
  });
});
