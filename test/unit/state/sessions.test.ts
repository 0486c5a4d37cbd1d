import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { AppError } from '../../../src/core/errors.ts';
import type { Server } from '../../../src/core/server.ts';
import { aList, anAccount, aServer } from '../../support/builders.ts';
import { deferred } from '../../support/fakeApi.ts';
import { settle } from '../../support/fakeClock.ts';
import { signedIn } from '../../support/world.ts';

describe('Sessions', () => {
  it('retries a rejected token after signing in with it again', async () => {
    const { session, accountStore, connected } = await signedIn({
      listServers: () => Promise.reject(new AppError('unauthorized', '401', { status: 401 })),
    });
    for (let times = 1; times <= 2; times++) {
      await assert.rejects(session.refresh());
      assert.ok(session.isRejected);
      await accountStore.save(anAccount());
      assert.ok(!session.isRejected);
      assert.equal(connected.length, times);
    }
  });

  it('cancels nothing when the same token is stored again', async () => {
    const look = deferred<Server>();
    const { session, accountStore } = await signedIn({
      listServers: () => Promise.resolve(aList(aServer())),
      getServer: () => look.promise,
    });
    const looking = session.loadServer('12345');
    await settle();
    await accountStore.save(anAccount());
    look.resolve(aServer({ name: 'seen' }));
    assert.equal((await looking)?.name, 'seen');
  });
});
