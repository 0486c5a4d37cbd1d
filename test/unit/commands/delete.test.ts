import assert from 'node:assert/strict';
import { AppError } from '../../../src/core/errors.ts';
import type { Server } from '../../../src/core/server.ts';
import { aList, anAccount, aServer } from '../../support/builders.ts';
import { deferred } from '../../support/fakeApi.ts';
import { settle } from '../../support/fakeClock.ts';
import { aRow, commandWorld, usePerson } from './commandWorld.ts';

describe('deleteServers', () => {
  const front = usePerson();

  const rows = (...ids: string[]): readonly [unknown, readonly unknown[]] => [
    aRow(ids[0] ?? ''),
    ids.map((id) => aRow(id)),
  ];

  it('fetches a server before it asks, and shows the current data', async () => {
    const { context, calls } = await commandWorld({
      listServers: () => Promise.resolve(aList(aServer({ name: 'old-web' }))),
      getServer: () => Promise.resolve(aServer({ name: 'prod-db' })),
    });
    front.person.answers.push(undefined);
    await context.registry.run('vpsOrg.server.delete', [aRow('12345')]);
    assert.match(front.person.heard[0] ?? '', /^Delete "prod-db"\?/u);
    assert.doesNotMatch(front.person.heard[0] ?? '', /Last updated at/u);
    assert.ok(calls.every(({ method }) => method !== 'deleteServer'));
  });

  it('asks nothing when the server is gone', async () => {
    const lists = [aList(aServer())];
    const { context } = await commandWorld({
      listServers: () => Promise.resolve(lists.shift() ?? aList()),
      getServer: () => Promise.reject(new AppError('notFound', '404', { status: 404 })),
    });
    await context.registry.run('vpsOrg.server.delete', [aRow('12345')]);
    assert.deepEqual(front.person.heard, ['"web-server-01" no longer exists.']);
  });

  it('asks after 5 seconds without a reply, and shows the age of the data', async () => {
    const { context, clock } = await commandWorld({
      listServers: () => Promise.resolve(aList(aServer())),
      getServer: () => new Promise(() => undefined),
    });
    const done = context.registry.run('vpsOrg.server.delete', [aRow('12345')]);
    await clock.advance(4_900);
    assert.deepEqual(front.person.heard, []);
    await clock.advance(200);
    await done;
    assert.match(front.person.heard[0] ?? '', /Couldn't reach VPS\.org\. Last updated at/u);
  });

  it('checks many servers with one list request', async () => {
    const servers = Array.from({ length: 20 }, (_, index) =>
      aServer({ id: `${index}`, name: `web-${index}` }),
    );
    const { context, calls } = await commandWorld({
      listServers: () => Promise.resolve(aList(...servers)),
    });
    await context.registry.run('vpsOrg.server.delete', [...rows(...servers.map(({ id }) => id))]);
    assert.deepEqual(
      calls.map(({ method }) => method),
      ['listServers', 'listServers'],
    );
  });

  it('names each of many servers', async () => {
    const servers = Array.from({ length: 40 }, (_, index) =>
      aServer({ id: `${index}`, name: `web-${index}` }),
    );
    const { context } = await commandWorld({
      listServers: () => Promise.resolve(aList(...servers)),
    });
    const run = () =>
      context.registry.run('vpsOrg.server.delete', [...rows(...servers.map(({ id }) => id))]);
    // More than a question can show are listed first, where they scroll and can be unchecked.
    front.person.picks.push('OK');
    await run();
    assert.equal(front.person.offered.at(-1)?.length, 40);
    for (const { name } of servers)
      assert.match(front.person.heard[0] ?? '', new RegExp(`\\b${name}\\b`, 'u'));
    assert.match(front.person.heard[0] ?? '', /^Delete 40 servers\?[^]*Account: jo@example\.com/u);
    front.person.picks.push('web-7');
    await run();
    assert.match(front.person.heard[1] ?? '', /^Delete "web-7"\?/u);
    await run();
    assert.equal(front.person.heard.length, 2, 'closing the list deletes nothing');
  });

  it('asks again before it retries, because the servers may have changed', async () => {
    let [names, isBroken] = [['a', 'b'], true];
    const server = (id: string) => aServer({ id, name: names[Number(id)] ?? '' });
    const { context, calls } = await commandWorld({
      listServers: () => Promise.resolve(aList(server('0'), server('1'))),
      getServer: (id) => Promise.resolve(server(id)),
      deleteServer: () =>
        isBroken
          ? Promise.reject(new AppError('server', '503', { status: 503 }))
          : Promise.resolve(),
    });
    const later = deferred<string | undefined>();
    front.person.answers.push('Delete', later.promise);
    front.person.typed.push('2');
    await context.registry.run('vpsOrg.server.delete', [...rows('0', '1')]);
    const deletions = (): number => calls.filter(({ method }) => method === 'deleteServer').length;
    assert.equal(deletions(), 2);
    [names, isBroken] = [['prod-db', 'b'], false];
    later.resolve('Retry 2 Servers');
    await settle();
    assert.match(front.person.heard.at(-1) ?? '', /^Delete 2 servers\?[^]*prod-db/u);
    assert.equal(deletions(), 2);
  });

  const later: Readonly<Record<string, Partial<Server>>> = {
    renamed: { name: 'prod-db' },
    'the address of': { ipAddress: '203.0.113.99' },
    'the location of': { location: 'eu-central' },
    'another creation time': { createdAt: '2025-11-10T14:30:00Z' },
  };
  for (const [words, facts] of Object.entries(later)) {
    for (const ids of [['0'], ['0', '1'], ['0', '1', '2', '3', '4', '5']]) {
      it(`deletes nothing of ${ids.length} when the question showed other data: ${words}`, async () => {
        let isChanged = false;
        const server = (id: string): Server =>
          aServer({ id, name: `web-${id}`, ...(isChanged && id === ids.at(-1) ? facts : {}) });
        const { context, calls } = await commandWorld({
          listServers: () => Promise.resolve(aList(...ids.map(server))),
          getServer: (id) => Promise.resolve(server(id)),
          deleteServer: () => Promise.resolve(),
        });
        const answer = deferred<string | undefined>();
        front.person.answers.push(answer.promise);
        front.person.typed.push(ids.length === 1 ? 'web-0' : String(ids.length));
        const done = context.registry.run('vpsOrg.server.delete', [...rows(...ids)]);
        await settle();
        isChanged = true;
        answer.resolve('Delete');
        await done;
        assert.match(
          front.person.heard.at(-1) ?? '',
          new RegExp(`Nothing was deleted: .*${words}|${words}`, 'u'),
        );
        assert.ok(calls.every(({ method }) => method !== 'deleteServer'));
      });
    }
  }

  it('deletes a server whose creation time is only written differently', async () => {
    const times = ['2025-01-10T14:30:00Z', '2025-01-10T14:30:00Z', '2025-01-10 14:30:00.000+00:00'];
    const { context, calls } = await commandWorld({
      listServers: () => Promise.resolve(aList(aServer({ createdAt: times.shift() }))),
      getServer: () => Promise.resolve(aServer({ createdAt: times.shift() })),
      deleteServer: () => Promise.resolve(),
    });
    front.person.answers.push('Delete');
    front.person.typed.push('web-server-01');
    await context.registry.run('vpsOrg.server.delete', [aRow('12345')]);
    assert.equal(calls.filter(({ method }) => method === 'deleteServer').length, 1);
  });

  it('deletes nothing when the token was replaced while the question was open', async () => {
    const { context, calls, accountStore } = await commandWorld({
      listServers: () => Promise.resolve(aList(aServer())),
      getServer: () => Promise.resolve(aServer()),
    });
    const answer = deferred<string | undefined>();
    front.person.answers.push(answer.promise);
    front.person.typed.push('web-server-01');
    const done = context.registry.run('vpsOrg.server.delete', [aRow('12345')]);
    await settle();
    await accountStore.save(anAccount({ token: 'vps_new' }));
    answer.resolve('Delete');
    await done;
    assert.match(front.person.heard.at(-1) ?? '', /Nothing was deleted: the account/u);
    assert.ok(calls.every(({ method }) => method !== 'deleteServer'));
  });

  it('deletes nothing when confirmed data cannot be fetched again', async () => {
    let isCut = false;
    const { context, calls } = await commandWorld({
      listServers: () => Promise.resolve(aList(aServer())),
      getServer: () =>
        isCut ? Promise.reject(new AppError('network', 'cut')) : Promise.resolve(aServer()),
    });
    const answer = deferred<string | undefined>();
    front.person.answers.push(answer.promise);
    front.person.typed.push('web-server-01');
    const done = context.registry.run('vpsOrg.server.delete', [aRow('12345')]);
    await settle();
    isCut = true;
    answer.resolve('Delete');
    await done;
    assert.match(front.person.heard.at(-1) ?? '', /Nothing was deleted: couldn't reach VPS\.org/u);
    assert.ok(calls.every(({ method }) => method !== 'deleteServer'));
  });

  it('offers servers with the same name with their ids', async () => {
    const { context } = await commandWorld({
      listServers: () =>
        Promise.resolve(aList(aServer(), aServer({ id: '7' }), aServer({ id: '8', name: 'db' }))),
    });
    await context.registry.run('vpsOrg.server.delete', []);
    assert.deepEqual(front.person.offered.at(-1), ['db', 'web-server-01', 'web-server-01']);
    const [db = '', ...twins] = front.person.described.at(-1) ?? [];
    assert.doesNotMatch(db, /ID/u);
    assert.match(twins.join('|'), /ID 7\b.*\|.*ID 12345\b/u);
  });

  it('shows the ids of servers with the same name', async () => {
    const twins = [
      aServer(),
      aServer({ id: '7', name: 'WEB-server-01' }),
      aServer({ id: '8', name: 'db' }),
    ];
    const { context } = await commandWorld({
      listServers: () => Promise.resolve(aList(...twins)),
      getServer: (id) => Promise.resolve(twins.find((server) => server.id === id)!),
    });
    front.person.answers.push(undefined);
    await context.registry.run('vpsOrg.server.delete', [aRow('12345')]);
    assert.match(front.person.heard.at(-1) ?? '', /ID 12345/u);
    front.person.answers.push(undefined);
    await context.registry.run('vpsOrg.server.delete', [aRow('8')]);
    assert.doesNotMatch(front.person.heard.at(-1) ?? '', /ID 8/u);
  });

  it('shows icons and links in names as text in its input box', async () => {
    const name = 'web [free](command:quit) $(trash)';
    const { context } = await commandWorld({
      listServers: () => Promise.resolve(aList(aServer({ name }))),
      getServer: () => Promise.resolve(aServer({ name })),
    });
    front.person.answers.push('Delete');
    front.person.typed.push('another');
    await context.registry.run('vpsOrg.server.delete', [aRow('12345')]);
    assert.match(
      front.person.prompts[0] ?? '',
      /web \[free\]\u2060\(command:quit\) \\\$\(trash\)/u,
    );
    assert.deepEqual(front.person.complaints, [
      `Name doesn't match. ${front.person.prompts[0] ?? ''}`,
    ]);
  });

  it('asks for the name or the number, and never has the answer in the box', async () => {
    const servers = ['8', '9'].map((id) => aServer({ id, name: `web-${id}` }));
    const { context } = await commandWorld({
      listServers: () => Promise.resolve(aList(...servers)),
      getServer: (id) => Promise.resolve(servers.find((each) => each.id === id) ?? aServer()),
    });
    front.person.answers.push('Delete', 'Delete');
    front.person.typed.push(undefined, '3');
    await context.registry.run('vpsOrg.server.delete', [aRow('8')]);
    await context.registry.run('vpsOrg.server.delete', [...rows('8', '9')]);
    assert.deepEqual(front.person.placeholders.slice(0, 2), [
      'Type the name to confirm',
      'Type the number to confirm',
    ]);
    assert.deepEqual(front.person.complaints, [
      "Number doesn't match. Type the number of servers, 2, to delete them permanently.",
    ]);
  });

  it('shows status and note in its question, and the note also before a stop', async () => {
    const { context, marks } = await commandWorld({
      listServers: () => Promise.resolve(aList(aServer())),
      getServer: () => Promise.resolve(aServer()),
      listPlans: () => Promise.resolve(undefined),
    });
    await marks.set(aRow('12345'), { note: 'Ask Ada first.' });
    await context.registry.run('vpsOrg.server.delete', [aRow('12345')]);
    await context.registry.run('vpsOrg.server.stop', [aRow('12345')]);
    const [deletion = '', stop = ''] = front.person.heard;
    assert.match(deletion, /web-server-01 · 203\.0\.113\.10 · us-west · active\n/u);
    assert.match(deletion, /Note: Ask Ada first\./u);
    assert.match(stop, /^Stop "web-server-01"\?.*Note: Ask Ada first\./su);
  });
});
