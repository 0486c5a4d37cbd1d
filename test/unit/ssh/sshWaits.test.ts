import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Server } from '../../../src/core/server.ts';
import type { ProbeResult } from '../../../src/ssh/portProbe.ts';
import type { SshTarget } from '../../../src/ssh/profile.ts';
import { aList, aServer } from '../../support/builders.ts';
import { settle } from '../../support/fakeClock.ts';
import { progressTexts } from '../../support/vscodeStub.ts';
import { aRow, commandWorld, usePerson } from '../commands/commandWorld.ts';

const { SshWaits } = await import('../../../src/ssh/sshWaits.ts');

const answer: ProbeResult = { kind: 'ssh', text: 'SSH-2.0-test', connectMs: 1, bannerMs: 1 };
const refused: ProbeResult = {
  kind: 'notOpen',
  reason: 'refused',
  code: 'ECONNREFUSED',
  connectMs: 1,
};

describe('SshWaits', () => {
  const front = usePerson();
  const one = aServer({ id: '1', name: 'web-1', ipAddress: '45.76.0.1' });
  const two = aServer({ id: '2', name: 'web-2', ipAddress: '45.76.0.2' });

  async function world(...servers: readonly Server[]) {
    const lists = [aList(...servers)];
    const made = await commandWorld({ listServers: () => Promise.resolve(lists.at(-1)!) });
    const answering = new Set<string>();
    const waits = new SshWaits(made.context, ({ host }: SshTarget) =>
      Promise.resolve(answering.has(host) ? answer : refused),
    );
    return { ...made, lists, answering, waits };
  }

  it('announces a server once SSH answers', async () => {
    const { waits, answering, clock } = await world(one);
    assert.equal(await waits.start(aRow('1')), true);
    assert.equal(await waits.start(aRow('1')), true);
    await clock.advance(30_000);
    assert.deepEqual([...progressTexts], ['Waiting for SSH: web-1']);
    assert.deepEqual(front.person.heard, []);
    answering.add('45.76.0.1');
    await clock.advance(10_000);
    assert.deepEqual(front.person.heard, [
      '"web-1" (45.76.0.1, us-west) is active and accepts SSH connections.',
    ]);
    assert.deepEqual([...progressTexts], []);
    assert.equal(clock.pendingCount, 0);
  });

  it('gives up after 5 minutes and can go on', async () => {
    const { waits, answering, clock } = await world(one);
    front.person.answers.push('Keep Waiting');
    await waits.start(aRow('1'));
    await clock.advance(320_000);
    assert.deepEqual(front.person.heard, [
      '"web-1" is active, but SSH did not answer on port 22 within 5 minutes.',
    ]);
    answering.add('45.76.0.1');
    await clock.advance(10_000);
    assert.match(front.person.heard.at(-1) ?? '', /accepts SSH connections/u);
  });

  it('shares one progress and one message among several servers', async () => {
    const { waits, answering, clock } = await world(one, two);
    await waits.start(aRow('1'));
    await waits.start(aRow('2'));
    await settle();
    assert.deepEqual([...progressTexts], ['Waiting for SSH: 2 servers']);
    answering.add('45.76.0.1');
    await clock.advance(10_000);
    assert.deepEqual(front.person.heard, []);
    answering.add('45.76.0.2');
    await clock.advance(10_000);
    assert.deepEqual(front.person.heard, ['2 servers accept SSH connections: web-1, web-2']);
  });

  it('does not wait for what cannot be reached', async () => {
    const { waits } = await world(
      aServer({ id: '1', ipAddress: '203.0.113.9' }),
      aServer({ id: '2', ipAddress: null }),
      aServer({ id: '3', ipAddress: '127.0.0.1' }),
    );
    for (const id of ['1', '2', '3', 'unknown']) {
      assert.equal(await waits.start(aRow(id)), false, id);
    }
    assert.deepEqual([...progressTexts], []);
  });

  it('ends silently when the server is deleted, stopped or signed out', async () => {
    for (const end of ['delete', 'stop', 'signOut']) {
      const { waits, lists, session, accountStore, clock } = await world(one);
      await waits.start(aRow('1'));
      await clock.advance(3_000);
      if (end === 'signOut') {
        await accountStore.remove('account-1');
      } else {
        lists.push(end === 'delete' ? aList() : aList({ ...one, status: 'stopped' }));
        await session.refresh();
      }
      await settle();
      assert.deepEqual([...progressTexts], [], end);
      assert.deepEqual(front.person.heard, [], end);
      waits.dispose();
    }
  });

  it('ends all waits when it is disposed', async () => {
    const { waits, clock } = await world(one, two);
    await waits.start(aRow('1'));
    await waits.start(aRow('2'));
    waits.dispose();
    await settle();
    assert.equal(clock.pendingCount, 0);
    assert.deepEqual(front.person.heard, []);
  });
});
