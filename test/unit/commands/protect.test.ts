import assert from 'node:assert/strict';
import type { CommandId } from '../../../src/contributions.ts';
import { patternMatcher } from '../../../src/core/namePatterns.ts';
import { aList, aServer } from '../../support/builders.ts';
import { deferred } from '../../support/fakeApi.ts';
import { settle } from '../../support/fakeClock.ts';
import { progressTexts } from '../../support/vscodeStub.ts';
import { aRow, commandWorld, usePerson } from './commandWorld.ts';

const rows = ['0', '1', '2'].map((id) => aRow(id));
const [web, prod] = rows;
const blocked =
  '"web" is protected. It can\'t be started, stopped, rebooted, changed or deleted from this editor.';

describe('protected servers', () => {
  const front = usePerson();

  async function world(...patterns: string[]) {
    const servers = ['web', 'prod', 'db'].map((name, id) => aServer({ id: `${id}`, name }));
    const made = await commandWorld({
      listServers: () => Promise.resolve(aList(...servers)),
      getServer: (id) => Promise.resolve(servers[Number(id)] ?? aServer()),
      power: () => Promise.resolve({ server: undefined, message: undefined }),
      deleteServer: () => Promise.resolve(),
    });
    made.actions.protection.setPatterns(patternMatcher(patterns));
    const run = (id: CommandId, ...args: unknown[]) => made.context.registry.run(id, args);
    const changes = () => made.calls.filter(({ method }) => !/^(?:list|get)/u.test(method));
    return { ...made, run, changes };
  }

  it('are protected at once, and unprotected after a question', async () => {
    const { run, marks } = await world();
    await run('vpsOrg.server.protect', web);
    assert.ok(marks.get(web!).isProtected);
    assert.match(
      front.person.flashed.at(-1) ?? '',
      /^"web" is now protected, in this editor only\.$/u,
    );
    front.person.answers.push(undefined);
    await run('vpsOrg.server.unprotect', web);
    assert.ok(marks.get(web!).isProtected);
    assert.match(front.person.heard.at(-1) ?? '', /^Unprotect "web"\?.*this editor only/su);
    front.person.answers.push('Unprotect');
    await run('vpsOrg.server.unprotect', web);
    assert.ok(!marks.get(web!).isProtected);
    assert.equal(front.person.flashed.at(-1), '"web" is no longer protected.');
  });

  it('of a selection are protected and unprotected together', async () => {
    const { run, marks } = await world();
    await run('vpsOrg.server.protect', web, [web, prod]);
    assert.equal(rows.filter((row) => marks.get(row).isProtected).length, 2);
    front.person.answers.push('Unprotect');
    await run('vpsOrg.server.unprotect', web, rows);
    assert.match(front.person.heard.at(-1) ?? '', /^Unprotect 2 servers\?.*web.*prod/su);
    assert.equal(rows.filter((row) => marks.get(row).isProtected).length, 0);
  });

  for (const id of ['start', 'stop', 'reboot', 'rename', 'setBackups', 'delete'] as const) {
    it(`explain why "${id}" does nothing, and offer to unprotect`, async () => {
      const { run, marks, changes } = await world();
      await marks.set(web!, { isProtected: true });
      await run(`vpsOrg.server.${id}`, web);
      assert.deepEqual(front.person.heard, [blocked]);
      assert.deepEqual(changes(), []);
    });
  }

  it('chosen in the palette are named as protected and explained', async () => {
    const { run, marks, changes } = await world();
    await marks.set(web!, { isProtected: true });
    front.person.picks.push('web');
    await run('vpsOrg.server.stop');
    const at = front.person.offered[0]?.indexOf('web') ?? -1;
    assert.match(front.person.described[0]?.[at] ?? '', /^active · protected · /u);
    assert.deepEqual(front.person.heard, [blocked]);
    assert.deepEqual(changes(), []);
  });

  it('are skipped by name in the question and the result of many', async () => {
    const { run, marks, changes } = await world('prod*');
    await marks.set(web!, { isProtected: true });
    front.person.answers.push('Stop');
    await run('vpsOrg.server.stop', web, rows);
    assert.match(
      front.person.heard[0] ?? '',
      /^Stop "db"\?.*Skipped: web \(protected\), prod \(protected\)/su,
    );
    assert.match(
      [...front.person.flashed, ...progressTexts].join('\n'),
      /Skipped: web \(protected\), prod \(protected\)/u,
    );
    assert.equal(changes().length, 1);
  });

  it('are skipped by name when many are deleted', async () => {
    const { run, changes } = await world('prod');
    front.person.answers.push('Delete');
    front.person.typed.push('2');
    await run('vpsOrg.server.delete', web, rows);
    assert.match(front.person.heard[0] ?? '', /^Delete 2 servers\?.*Skipped: prod \(protected\)/su);
    assert.equal(changes().length, 2);
    assert.match(
      front.person.heard.at(-1) ?? '',
      /Deleted 2 of 2 servers\. Skipped: prod \(protected\)/u,
    );
  });

  it('are named where nothing is left to delete', async () => {
    const { run, changes } = await world('prod', 'w*');
    await run('vpsOrg.server.delete', web, [web, prod]);
    assert.deepEqual(front.person.heard, [
      'There is no server to delete. Skipped: web (protected), prod (protected)',
    ]);
    assert.deepEqual(changes(), []);
  });

  it('by a pattern stay so, and the setting is offered', async () => {
    const { run, marks, changes } = await world('PROD*');
    await run('vpsOrg.server.unprotect', prod);
    await run('vpsOrg.server.delete', prod);
    assert.deepEqual(front.person.heard, [
      '"prod" is protected by the pattern "PROD*" in the setting vpsOrg.protect. Change the setting to unprotect it.',
      '"prod" is protected by the pattern "PROD*" in the setting vpsOrg.protect. It can\'t be started, stopped, rebooted, changed or deleted from this editor.',
    ]);
    assert.ok(!marks.get(prod!).isProtected);
    assert.deepEqual(changes(), []);
  });

  it('are not changed when they become protected while the question is open', async () => {
    const { run, marks, changes } = await world();
    const answer = deferred<string>();
    front.person.answers.push(answer.promise);
    const stopped = run('vpsOrg.server.stop', web);
    await settle();
    await marks.set(web!, { isProtected: true });
    answer.resolve('Stop');
    await stopped;
    assert.equal(front.person.heard.at(-1), '"web" is protected. Nothing was sent.');
    assert.deepEqual(changes(), []);
  });

  it('need to be protected to be unprotected', async () => {
    const { run } = await world();
    await run('vpsOrg.server.unprotect', web);
    assert.deepEqual(front.person.heard, ['"web" is not protected.']);
  });
});
