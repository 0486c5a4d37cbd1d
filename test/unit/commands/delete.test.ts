import assert from 'node:assert/strict';
import { AppError } from '../../../src/core/errors.ts';
import { aList, aServer } from '../../support/builders.ts';
import { deferred } from '../../support/fakeApi.ts';
import { settle } from '../../support/fakeClock.ts';
import { aRow, commandWorld, usePerson } from './commandWorld.ts';

const { registerDelete } = await import('../../../src/commands/delete.ts');

describe('Delete...', () => {
  const front = usePerson();

  const rows = (...ids: string[]): readonly [unknown, readonly unknown[]] => [aRow(ids[0] ?? ''), ids.map((id) => aRow(id))];

  it('looks a server up before it asks, and asks about what it found', async () => {
    const { context, calls } = await commandWorld({
      listServers: () => Promise.resolve(aList(aServer({ name: 'old-web' }))),
      getServer: () => Promise.resolve(aServer({ name: 'prod-db' })),
    });
    registerDelete(context);
    front.person.answers.push(undefined);
    await context.registry.run('vpsOrg.server.delete', [aRow('12345')]);
    assert.match(front.person.heard[0] ?? '', /^Delete "prod-db"\?/u);
    assert.doesNotMatch(front.person.heard[0] ?? '', /This was known at/u);
    assert.ok(calls.every(({ method }) => method !== 'deleteServer'));
  });

  it('asks nothing about a server that turns out to be gone', async () => {
    const { context } = await commandWorld({
      listServers: () => Promise.resolve(aList(aServer())),
      getServer: () => Promise.reject(new AppError('notFound', '404', { status: 404 })),
    });
    registerDelete(context);
    await context.registry.run('vpsOrg.server.delete', [aRow('12345')]);
    assert.deepEqual(front.person.heard, ['Not there any more: web-server-01']);
  });

  it('does not keep a person waiting for an answer that does not come, and says how old the knowledge is', async () => {
    const { context, clock } = await commandWorld({
      listServers: () => Promise.resolve(aList(aServer())),
      getServer: () => new Promise(() => undefined),
    });
    registerDelete(context);
    const done = context.registry.run('vpsOrg.server.delete', [aRow('12345')]);
    await clock.advance(4_900);
    assert.deepEqual(front.person.heard, []);
    await clock.advance(200);
    await done;
    assert.match(front.person.heard[0] ?? '', /cannot be reached now\. This was known at/u);
  });

  it('looks at many with one list', async () => {
    const servers = Array.from({ length: 20 }, (_, index) => aServer({ id: `${index}`, name: `web-${index}` }));
    const { context, calls } = await commandWorld({ listServers: () => Promise.resolve(aList(...servers)) });
    registerDelete(context);
    await context.registry.run('vpsOrg.server.delete', [...rows(...servers.map(({ id }) => id))]);
    assert.deepEqual(calls.map(({ method }) => method), ['listServers', 'listServers']);
  });

  it('names every one of many', async () => {
    const servers = Array.from({ length: 40 }, (_, index) => aServer({ id: `${index}`, name: `web-${index}` }));
    const { context } = await commandWorld({ listServers: () => Promise.resolve(aList(...servers)) });
    registerDelete(context);
    await context.registry.run('vpsOrg.server.delete', [...rows(...servers.map(({ id }) => id))]);
    for (const { name } of servers) assert.match(front.person.heard[0] ?? '', new RegExp(`\\b${name}\\b`, 'u'));
  });

  it('asks anew before it tries again what failed: the servers may have changed since', async () => {
    let [names, isBroken] = [['a', 'b'], true];
    const server = (id: string) => aServer({ id, name: names[Number(id)] ?? '' });
    const { context, calls } = await commandWorld({
      listServers: () => Promise.resolve(aList(server('0'), server('1'))),
      getServer: (id) => Promise.resolve(server(id)),
      deleteServer: () => (isBroken ? Promise.reject(new AppError('server', '503', { status: 503 })) : Promise.resolve()),
    });
    registerDelete(context);
    const later = deferred<string | undefined>();
    front.person.answers.push('Delete', later.promise);
    front.person.typed.push('2');
    await context.registry.run('vpsOrg.server.delete', [...rows('0', '1')]);
    const deletions = (): number => calls.filter(({ method }) => method === 'deleteServer').length;
    assert.equal(deletions(), 2);
    [names, isBroken] = [['prod-db', 'b'], false];
    later.resolve('Retry Failed');
    await settle();
    assert.match(front.person.heard.at(-1) ?? '', /^Delete 2 servers\?[^]*prod-db/u);
    assert.equal(deletions(), 2);
  });

  it('shows names in its box as the text that they are', async () => {
    const name = 'web [free](command:quit) $(trash)';
    const { context } = await commandWorld({
      listServers: () => Promise.resolve(aList(aServer({ name }))),
      getServer: () => Promise.resolve(aServer({ name })),
    });
    registerDelete(context);
    front.person.answers.push('Delete');
    front.person.typed.push('another');
    await context.registry.run('vpsOrg.server.delete', [aRow('12345')]);
    for (const text of [front.person.prompts[0] ?? '', front.person.complaints[0] ?? '']) {
      assert.match(text, /web \[free\]\u2060\(command:quit\) \\\$\(trash\)/u);
    }
  });
});
