import assert from 'node:assert/strict';
import type { ServersApi } from '../../../src/api/client.ts';
import { patternMatcher } from '../../../src/core/namePatterns.ts';
import { runBulkAction } from '../../../src/state/bulkActions.ts';
import { splitTargets, toTarget } from '../../../src/state/targets.ts';
import { aList, aServer } from '../../support/builders.ts';
import { deferred } from '../../support/fakeApi.ts';
import { settle } from '../../support/fakeClock.ts';
import { signedIn } from '../../support/world.ts';

const ref = { accountId: 'account-1', serverId: '12345' };
const settings = { name: 'web-2', hostname: 'a.example.com', backupsEnabled: true };

async function world(answers: Partial<ServersApi> = {}) {
  const made = await signedIn({ listServers: () => Promise.resolve(aList(aServer())), ...answers });
  await made.session.refresh();
  const changes = () => made.calls.filter(({ method }) => !/^(?:list|get)/u.test(method));
  const protect = (...patterns: string[]): void =>
    made.actions.protection.setPatterns(patternMatcher(patterns));
  return { ...made, changes, protect };
}

describe('Protection', () => {
  it('refuses every change of a marked server, and says so', async () => {
    const { actions, marks, changes } = await world();
    await marks.set(ref, { isProtected: true });
    const outcomes = await Promise.all([
      actions.power(ref, 'start'),
      actions.power(ref, 'stop'),
      actions.power(ref, 'reboot'),
      actions.delete(ref),
      actions.update(ref, 'rename', { name: 'web-2' }),
      actions.update(ref, 'setBackups', { backupsEnabled: true }),
      actions.replace(ref, settings),
    ]);
    for (const outcome of outcomes) {
      assert.deepEqual(outcome, { kind: 'protected', reason: { pattern: undefined } });
    }
    assert.deepEqual(changes(), []);
  });

  it('refuses by a pattern, whatever the mark is, until the setting changes', async () => {
    const { actions, marks, changes, protect } = await world({
      power: () => Promise.resolve({ server: undefined, message: undefined }),
      getServer: () => Promise.resolve(aServer()),
    });
    protect('db-*', 'WEB-*');
    await marks.set(ref, { isProtected: false });
    assert.deepEqual(await actions.power(ref, 'stop'), {
      kind: 'protected',
      reason: { pattern: 'WEB-*' },
    });
    protect('db-*');
    assert.equal((await actions.power(ref, 'stop')).kind, 'done');
    assert.equal(changes().length, 1);
  });

  it('refuses when the server is protected before the request leaves', async () => {
    const { actions, marks, changes } = await world();
    const outcome = actions.power(ref, 'stop');
    void marks.set(ref, { isProtected: true });
    assert.equal((await outcome).kind, 'protected');
    assert.deepEqual(changes(), []);
    assert.equal(actions.running(ref), undefined);
  });

  it('keeps the mark of a renamed server, while a pattern follows the name', async () => {
    let name = 'web-1';
    const { actions, session, marks, protect } = await world({
      listServers: () => Promise.resolve(aList(aServer({ name }))),
    });
    protect('prod-*');
    await marks.set(ref, { isProtected: true });
    const reason = () => actions.protection.reasonOf(ref, session.servers.get('12345')!);
    name = 'prod-1';
    await session.refresh();
    assert.deepEqual(reason(), { pattern: 'prod-*' });
    name = 'test-1';
    await session.refresh();
    assert.deepEqual(reason(), { pattern: undefined });
    await marks.set(ref, { isProtected: false });
    assert.equal(reason(), undefined);
  });

  it('holds for what is still queued in a bulk action', async () => {
    const servers = Array.from({ length: 6 }, (_, id) =>
      aServer({ id: `${id}`, name: `web-${id}` }),
    );
    const gate = deferred<undefined>();
    const { actions, sessions, marks, changes, clock } = await world({
      listServers: () => Promise.resolve(aList(...servers)),
      deleteServer: () => gate.promise,
    });
    const targets = servers.map(({ id }) => toTarget(sessions, { ...ref, serverId: id })!);
    await marks.set({ ...ref, serverId: '0' }, { isProtected: true });
    const { able, skipped } = splitTargets(actions, targets, 'delete');
    assert.deepEqual(
      skipped.map(({ target, reason }) => [target.server.name, reason.kind]),
      [['web-0', 'protected']],
    );
    const result = runBulkAction(able, (target) => actions.delete(target.ref), { clock });
    await settle();
    await marks.set({ ...ref, serverId: '5' }, { isProtected: true });
    gate.resolve(undefined);
    const kinds = (await result).results.map(({ outcome }) => outcome.kind);
    assert.deepEqual(kinds, ['done', 'done', 'done', 'done', 'protected']);
    assert.equal(changes().length, 4);
  });
});
