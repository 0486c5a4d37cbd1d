import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { ServerRef } from '../../../src/core/refs.ts';
import { aList, aServer } from '../../support/builders.ts';
import { settle } from '../../support/fakeClock.ts';
import { aRow, commandWorld, usePerson } from '../commands/commandWorld.ts';

const { CreationResults } = await import('../../../src/notifications/creationResults.ts');
const { registerWaitResults } = await import('../../../src/notifications/waitResults.ts');

describe('messages about started servers', () => {
  const front = usePerson();
  const ref = aRow('12345');
  const server = aServer();

  it('leave a new server to the one about SSH, where that can wait for it', async () => {
    const { sessions, context } = await commandWorld({
      listServers: () => Promise.resolve(aList(server)),
    });
    for (const canWait of [true, false]) {
      const results = new CreationResults(sessions, context.messages, () =>
        Promise.resolve(canWait),
      );
      results.await(ref);
      assert.ok(results.reportEnd({ ref, server, end: 'settled', target: 'active' }));
      await settle();
      assert.deepEqual(
        front.person.heard,
        canWait ? [] : ['"web-server-01" (203.0.113.10, us-west) is now active.'],
      );
    }
  });

  it('start waiting for SSH after a start only where the setting says so', async () => {
    for (const waitUntilReachable of ['never', 'create', 'always'] as const) {
      const { context, clock, statusWaiter } = await commandWorld({
        listServers: () => Promise.resolve(aList(server)),
        getServer: () => Promise.resolve(server),
      });
      const waited: ServerRef[] = [];
      const results = registerWaitResults(
        {
          ...context,
          settings: { waitUntilReachable } as unknown as typeof context.settings,
          waitForSsh: (each) => Promise.resolve(waited.push(each) > 0),
        },
        () => false,
      );
      statusWaiter.waitFor(ref, { ...server, status: 'starting' }, 'active');
      await clock.advance(2_000);
      assert.deepEqual(waited, waitUntilReachable === 'always' ? [ref] : []);
      results.dispose();
    }
  });
});
