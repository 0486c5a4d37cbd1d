import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { AppError } from '../../../src/core/errors.ts';
import type { RedactText } from '../../../src/core/redact.ts';
import { openActivityMemory } from '../../../src/host/activityFile.ts';
import { maxEntries } from '../../../src/state/activityLog.ts';
import { activityWorld } from '../../support/activityWorld.ts';
import { anAccount, anotherAccount, aServer } from '../../support/builders.ts';
import { deferred } from '../../support/fakeApi.ts';
import { settle } from '../../support/fakeClock.ts';

const ref = { accountId: 'account-1', serverId: '12345' };
const failWith = (error: AppError) => (): Promise<never> => Promise.reject(error);

describe('ActivityLog', () => {
  it('records each action with its outcome', async () => {
    const world = await activityWorld({
      answers: {
        power: (id, action) =>
          action === 'stop'
            ? Promise.resolve({
                server: { id, name: undefined, status: 'stopping' },
                message: 'Ok.',
              })
            : Promise.reject(new AppError('timeout', 'late')),
        updateServer: failWith(
          new AppError('invalid', '400', { status: 400, serverMessage: 'Name is taken.' }),
        ),
        replaceServer: failWith(new AppError('forbidden', '403', { status: 403 })),
        deleteServer: () => Promise.resolve(),
      },
    });
    await world.session.refresh();
    await world.actions.update(ref, 'rename', { name: 'web-2' });
    await world.clock.advance(1);
    const settings = { name: 'web-2', hostname: '', backupsEnabled: true };
    await world.actions.replace(ref, settings, { name: 'web-2' });
    await world.clock.advance(1);
    await world.actions.power(ref, 'reboot');
    await world.clock.advance(1);
    await world.actions.power(ref, 'stop');
    await world.clock.advance(1);
    await world.actions.delete(ref);
    assert.deepEqual(await world.lines(), [
      'web-server-01: delete done',
      'web-server-01: stop done',
      'web-server-01: reboot unclear',
      'web-server-01: rename failed',
      'web-server-01: rename refused',
    ]);
    const [, stop, , save, rename] = await world.log.read();
    // The API wants all three.
    assert.ok(save?.kind === 'action');
    assert.deepEqual(save.settings, { name: 'web-2' });
    assert.ok(stop?.kind === 'action' && stop.message === 'Ok.');
    assert.ok(rename?.kind === 'action' && rename.message === 'Name is taken.');
    assert.deepEqual(rename.settings, { name: 'web-2' });
    assert.equal(rename.accountLabel, 'jo@example.com');
    assert.equal(rename.at, Date.UTC(2025, 0, 10, 14, 30));
  });

  it('adds how an accepted action ended, in whichever order the lines come', async () => {
    const world = await activityWorld({
      answers: {
        power: (id) =>
          Promise.resolve({
            server: { id, name: undefined, status: 'stopping' },
            message: undefined,
          }),
      },
    });
    await world.session.refresh();
    await world.actions.power(ref, 'stop');
    world.set({ status: 'stopped' });
    await world.clock.advance(2_000);
    await settle();
    const { file } = world;
    for (let turn = 0; turn < 2; turn++) {
      const other = await activityWorld({ file });
      const [stop] = await other.log.read();
      assert.ok(stop?.kind === 'action');
      assert.deepEqual(stop.end, { status: 'stopped', at: stop.at + 2_000 });
      await file.rewrite((text) => text.trim().split('\n').reverse().join('\n'));
    }
    world.log.endAction(ref, 'active');
    assert.equal((await world.log.read()).length, 1);
  });

  it('records creations with the id of the new server', async () => {
    const request = { name: 'new', location: 'us-west', planId: 1, osId: 5 };
    const created = aServer({ id: '9', name: 'new', status: 'provisioning' });
    const world = await activityWorld({
      answers: { createServer: () => Promise.resolve({ server: created, message: undefined }) },
    });
    await world.creation.create(world.session, request);
    assert.deepEqual(await world.lines(), ['new: create done']);
    assert.equal((await world.log.read())[0]?.serverId, '9');
  });

  it('records nothing that was not sent', async () => {
    const world = await activityWorld();
    world.set({ status: 'stopped' });
    await world.session.refresh();
    await world.actions.power(ref, 'stop');
    await world.actions.power({ ...ref, serverId: 'other' }, 'stop');
    assert.deepEqual(await world.lines(), []);
  });

  it('shows an action before its outcome is known, also to other windows', async () => {
    const reply = deferred<undefined>();
    const file = openActivityMemory();
    const world = await activityWorld({ file, answers: { deleteServer: () => reply.promise } });
    const other = await activityWorld({ file });
    await world.session.refresh();
    const deleting = world.actions.delete(ref);
    assert.deepEqual(await other.lines(), ['web-server-01: delete sent']);
    reply.resolve(undefined);
    await deleting;
    assert.deepEqual(await world.lines(), ['web-server-01: delete done']);
    assert.deepEqual(await other.lines(), ['web-server-01: delete done']);
  });

  it('never writes a token', async () => {
    const redact: RedactText = (text) => text.replaceAll('vps_test_token_1', '[redacted]');
    const file = openActivityMemory();
    const message = 'vps_test_token_1 is not valid.';
    const world = await activityWorld({
      file,
      redact,
      answers: {
        deleteServer: failWith(new AppError('conflict', '409', { serverMessage: message })),
      },
    });
    world.set({ name: 'vps_test_token_1' });
    await world.session.refresh();
    await world.actions.delete(ref);
    assert.match(JSON.stringify(await world.log.read()), /\[redacted\] is not valid/u);
    assert.doesNotMatch(JSON.stringify(await world.log.read()), /vps_test/u);
    assert.doesNotMatch(await file.read(), /vps_test/u);
  });

  it('skips damaged lines and loses nothing else', async () => {
    const file = openActivityMemory();
    const world = await activityWorld({ file });
    world.log.addChange({ ...ref, serverName: 'a', before: 'active', after: 'stopped' });
    await settle();
    const [line = ''] = (await file.read()).split('\n');
    for (const damaged of [line.slice(0, 40), '{}', 'null', '[]', '\u0000', '{"kind":"action"}']) {
      await file.append(damaged);
    }
    world.log.addChange({ ...ref, serverName: 'b', before: 'stopped', after: undefined });
    assert.deepEqual([...(await world.lines())].sort(), [
      'a: active -> stopped',
      'b: stopped -> deleted',
    ]);
    const other = await activityWorld({ file });
    assert.equal((await other.lines()).length, 2);
  });

  it('keeps the newest 500 entries, in a file of limited size', async () => {
    const file = openActivityMemory();
    const world = await activityWorld({ file });
    for (let index = 0; index < 3 * maxEntries; index++) {
      await world.clock.advance(1);
      const serverName = `${index} ${'long '.repeat(100)}`;
      world.log.addChange({ ...ref, serverName, before: serverName, after: serverName });
    }
    const entries = await world.log.read();
    assert.equal(entries.length, maxEntries);
    assert.ok(entries[0]?.serverName.startsWith(`${3 * maxEntries - 1} `));
    assert.ok((await file.read()).length < 2_000_000);
  });

  it('keeps the actions of an hour on disk for other windows, and then no more than it shows', async () => {
    const file = openActivityMemory();
    const world = await activityWorld({ file });
    const message = 'long '.repeat(100);
    const stop = (name: string): void =>
      world.record({ ...ref, action: 'stop', name })({ kind: 'done', message });
    for (let index = 0; index < 6 * maxEntries; index++) {
      stop(`${index}`);
      await settle();
    }
    assert.equal((await world.log.readAll()).length, 6 * maxEntries);
    const other = await activityWorld({ file });
    assert.equal((await other.log.readAll()).length, 6 * maxEntries);
    await world.clock.advance(61 * 60_000);
    for (let index = 0; index < 6 * maxEntries; index++) {
      stop(`late ${index}`);
      await settle();
    }
    const names = (await world.log.readAll()).map(({ serverName }) => serverName);
    assert.ok(!names.includes('0'));
    assert.ok(names.includes('late 0'));
  });

  it('keeps that a change was announced, in whichever order the lines come', async () => {
    const file = openActivityMemory();
    const world = await activityWorld({ file });
    const other = await activityWorld({ file });
    const change = { ...ref, serverName: 'a', before: 'active', after: 'stopped' };
    other.log.announce(world.log.addChange(change));
    await settle();
    for (const { log } of [world, other, await activityWorld({ file })]) {
      const [entry, ...others] = await log.read();
      assert.ok(entry?.kind === 'change' && entry.isAnnounced);
      assert.deepEqual(others, []);
    }
    await file.rewrite((text) => text.trim().split('\n').reverse().join('\n'));
    const [entry] = await other.log.read();
    assert.ok(entry?.kind === 'change' && entry.isAnnounced);
  });

  it('takes a change without the flag for one that was not announced', async () => {
    const file = openActivityMemory();
    const world = await activityWorld({ file });
    world.log.addChange({ ...ref, serverName: 'a', before: 'active', after: 'stopped' });
    await settle();
    await file.rewrite((text) => text.replace(',"isAnnounced":false', ''));
    assert.doesNotMatch(await file.read(), /isAnnounced/u);
    const [entry] = await (await activityWorld({ file })).log.read();
    assert.ok(entry?.kind === 'change' && !entry.isAnnounced);
  });

  it('works without the file', async () => {
    const broken = (): Promise<never> => Promise.reject(new Error('read-only'));
    const world = await activityWorld({ file: { read: broken, append: broken, rewrite: broken } });
    world.log.addChange({ ...ref, serverName: 'a', before: 'active', after: 'stopped' });
    assert.deepEqual(await world.lines(), ['a: active -> stopped']);
    assert.ok(world.warnings.length > 0);
  });

  it('forgets an account that signs out, and keeps the others', async () => {
    const file = openActivityMemory();
    const accounts = [anAccount(), anotherAccount()];
    const world = await activityWorld({ file, accounts });
    const second = { accountId: 'account-2', serverId: '1' };
    world.log.addChange({ ...ref, serverName: 'a', before: 'active', after: 'stopped' });
    world.log.addChange({ ...second, serverName: 'b', before: 'active', after: 'stopped' });
    await settle();
    const removed = world.accountStore.remove('account-1');
    await world.clock.advance(1_000);
    assert.deepEqual(await world.lines(), ['b: active -> stopped']);
    assert.doesNotMatch(await file.read(), /account-1/u);
    world.log.addChange({ ...ref, serverName: 'late', before: 'active', after: 'stopped' });
    await settle();
    assert.doesNotMatch(await file.read(), /late/u);
    await removed;
  });

  it('deletes nothing while the window closes', async () => {
    const file = openActivityMemory();
    const world = await activityWorld({ file });
    world.log.addChange({ ...ref, serverName: 'a', before: 'active', after: 'stopped' });
    await settle();
    world.log.removeSignedOut();
    world.sessions.dispose();
    assert.equal(world.sessions.isLoaded, false);
    await settle();
    assert.match(await file.read(), /account-1/u);
  });
});
