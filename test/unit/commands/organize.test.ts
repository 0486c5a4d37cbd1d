import assert from 'node:assert/strict';
import { maxNoteLength } from '../../../src/core/serverMarks.ts';
import { aList, aServer } from '../../support/builders.ts';
import { aRow, commandWorld, usePerson } from './commandWorld.ts';

const web = aRow('0');

describe('organizing servers', () => {
  const front = usePerson();

  async function world() {
    const servers = ['web', 'db'].map((name, id) => aServer({ id: `${id}`, name }));
    const made = await commandWorld({ listServers: () => Promise.resolve(aList(...servers)) });
    await made.session.refresh();
    return made;
  }

  it('refuses a note that is too long, and keeps the box open', async () => {
    const { context, marks } = await world();
    front.person.typed.push('x'.repeat(maxNoteLength + 1), `  ${'y'.repeat(maxNoteLength)}  `);
    await context.registry.run('vpsOrg.server.editNote', [web]);
    assert.ok(
      front.person.complaints.every((text) => text === 'A note can have at most 500 characters.'),
    );
    assert.ok(front.person.complaints.length > 0);
    assert.equal(marks.get(web).note, 'y'.repeat(maxNoteLength));
    assert.deepEqual(front.person.flashed, ['Saved the note on "web".']);
  });

  it('pins a selection in one step', async () => {
    const { context, marks } = await world();
    const changes: number[] = [];
    marks.onDidChange((refs) => changes.push(refs.length));
    const rows = [web, aRow('1')];
    await context.registry.run('vpsOrg.server.pin', [web, rows]);
    assert.ok(rows.every((row) => marks.get(row).isPinned));
    assert.deepEqual(changes, [2]);
    assert.deepEqual(front.person.flashed, ['2 servers are pinned.']);
  });

  it('says the color of a server, and that it has none', async () => {
    const { context } = await world();
    front.person.picks.push('Red', 'No Color');
    await context.registry.run('vpsOrg.server.setColor', [web]);
    await context.registry.run('vpsOrg.server.setColor', [web]);
    assert.deepEqual(front.person.flashed, ['"web" is marked red.', '"web" has no color.']);
  });
});
