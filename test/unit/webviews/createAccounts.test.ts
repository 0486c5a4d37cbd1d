import assert from 'node:assert/strict';
import { AppError } from '../../../src/core/errors.ts';
import type { ErrorKind } from '../../../src/core/errors.ts';
import { accountChoices, defaultSession } from '../../../src/webviews/create/accounts.ts';
import { aList, anAccount } from '../../support/builders.ts';
import { signedIn } from '../../support/world.ts';

/** Sessions of "first", "second" and the sample account. The list requests of `broken` fail. */
async function sessionsWith(broken: readonly string[], kind: ErrorKind = 'network') {
  let failing = false;
  const { sessions } = await signedIn(
    {
      listServers: () =>
        failing ? Promise.reject(new AppError(kind, 'Broken')) : Promise.resolve(aList()),
    },
    [
      anAccount({ id: 'sample', label: 'Sample servers', kind: 'sample', token: 's', owner: 's' }),
      anAccount({ id: 'first', label: 'first' }),
      anAccount({ id: 'second', label: 'second', token: 'token-2', owner: 'b' }),
    ],
  );
  for (const session of sessions.all) {
    failing = broken.includes(session.account.id);
    await session.refresh().catch(() => undefined);
  }
  return sessions.all;
}

describe('defaultSession', () => {
  it('is the first real account that can be reached, otherwise the sample account', async () => {
    for (const [broken, expected] of [
      [[], 'first'],
      [['first'], 'second'],
      [['first', 'second'], 'sample'],
      [['first', 'second', 'sample'], 'first'],
    ] as const) {
      assert.equal(defaultSession(await sessionsWith(broken))?.account.id, expected);
    }
    assert.equal(defaultSession([]), undefined);
  });
});

describe('accountChoices', () => {
  it('says which accounts cannot be used', async () => {
    const labels = async (kind: ErrorKind) =>
      accountChoices(await sessionsWith(['first'], kind)).map(({ label }) => label);
    assert.deepEqual(await labels('network'), [
      'Sample servers (sample)',
      "first - can't be reached",
      'second',
    ]);
    assert.deepEqual(await labels('unauthorized'), [
      'Sample servers (sample)',
      'first - token rejected',
      'second',
    ]);
  });
});
