import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { ServerRef } from '../../../src/core/refs.ts';
import { readMarks, toNote } from '../../../src/core/serverMarks.ts';
import { withoutAccount, withoutServer } from '../../../src/state/markChanges.ts';
import { MarkStore, marksKey } from '../../../src/state/serverMarks.ts';
import { MemoryMemento } from '../../support/memoryMemento.ts';

const web: ServerRef = { accountId: 'account-1', serverId: '1' };
const db: ServerRef = { accountId: 'account-1', serverId: '2' };
const other: ServerRef = { accountId: 'account-2', serverId: '1' };

function aStore(stored?: unknown) {
  const memento = new MemoryMemento(stored === undefined ? {} : { [marksKey]: stored });
  const marks = new MarkStore(memento);
  const changes: (readonly ServerRef[])[] = [];
  marks.onDidChange((refs) => changes.push(refs));
  return { memento, marks, changes };
}

const none = { isProtected: false, isPinned: false, note: undefined, color: undefined };

describe('MarkStore', () => {
  it('stores the marks of one server and keeps the others', async () => {
    const { memento, marks, changes } = aStore();
    await marks.set(web, { isProtected: true, note: 'Do not touch' });
    await marks.set(db, { color: 'red' });
    await marks.set(other, { isPinned: true });
    await marks.set(web, { isPinned: true });
    assert.deepEqual(marks.get(web), {
      isProtected: true,
      isPinned: true,
      note: 'Do not touch',
      color: undefined,
    });
    assert.deepEqual(marks.get(db), { ...none, color: 'red' });
    assert.deepEqual(memento.get(marksKey), {
      'account-1': {
        '1': { isProtected: true, note: 'Do not touch', isPinned: true },
        '2': { color: 'red' },
      },
      'account-2': { '1': { isPinned: true } },
    });
    assert.deepEqual(changes, [[web], [db], [other], [web]]);
  });

  it('stores nothing for a server without marks', async () => {
    const { memento, marks, changes } = aStore();
    await marks.set(web, { isProtected: true });
    await marks.set(web, { isProtected: false });
    await marks.set(web, { note: undefined });
    assert.deepEqual(memento.get(marksKey), {});
    assert.deepEqual(marks.get(web), none);
    assert.deepEqual(changes, [[web], [web]]);
  });

  it('marks many servers at once, each with the marks it had', async () => {
    const { memento, marks, changes } = aStore();
    await marks.set(db, { note: 'Keep' });
    await marks.setAll([web, db, other], { isPinned: true });
    assert.deepEqual(memento.get(marksKey), {
      'account-1': { '1': { isPinned: true }, '2': { note: 'Keep', isPinned: true } },
      'account-2': { '1': { isPinned: true } },
    });
    await marks.setAll([web, db, other], { isPinned: false });
    assert.deepEqual(memento.get(marksKey), { 'account-1': { '2': { note: 'Keep' } } });
    assert.deepEqual(
      changes.map((refs) => refs.length),
      [1, 3, 3],
    );
    assert.deepEqual(
      [web, db, other].map((ref) => marks.has(ref)),
      [false, true, false],
    );
  });

  it('reads what is usable, and keeps the rest when it writes', async () => {
    const { memento, marks } = aStore({
      'account-1': {
        '1': { isProtected: 'yes', isPinned: true, note: 7, color: 'pink', later: [1] },
        '2': 'damaged',
      },
      'account-2': ['damaged'],
    });
    assert.deepEqual(marks.get(web), { ...none, isPinned: true });
    assert.deepEqual(marks.get(db), none);
    assert.deepEqual(marks.get(other), none);
    await marks.set(web, { color: 'blue' });
    assert.deepEqual(memento.get(marksKey), {
      'account-2': ['damaged'],
      'account-1': {
        '2': 'damaged',
        '1': {
          isProtected: 'yes',
          isPinned: true,
          note: 7,
          color: 'blue',
          later: [1],
        },
      },
    });
  });

  for (const damaged of [null, 7, 'text', [], { 'account-1': null }]) {
    it(`starts without marks from ${JSON.stringify(damaged)}`, async () => {
      const { marks } = aStore(damaged);
      assert.deepEqual(marks.get(web), none);
      await marks.set(web, { isProtected: true });
      assert.equal(marks.get(web).isProtected, true);
    });
  }

  it('takes ids that are names of object properties', async () => {
    const { marks } = aStore();
    const ref = { accountId: '__proto__', serverId: 'constructor' };
    assert.deepEqual(marks.get(ref), none);
    await marks.set(ref, { isProtected: true });
    assert.equal(marks.get(ref).isProtected, true);
    assert.equal(marks.get({ ...ref, serverId: 'toString' }).isProtected, false);
    assert.equal(({} as Record<string, unknown>).isProtected, undefined);
  });

  it('shows and reports what another window changed, and keeps it', async () => {
    const { memento, marks, changes } = aStore();
    await marks.set(web, { isProtected: true });
    changes.length = 0;
    const otherWindow = new MarkStore(memento);
    await otherWindow.set(db, { isPinned: true });
    await otherWindow.set(web, { note: 'Ask Jo' });
    assert.equal(marks.get(db).isPinned, true);
    await marks.refresh();
    await marks.refresh();
    assert.deepEqual(changes, [[web, db]]);
    await marks.set(web, { color: 'green' });
    assert.deepEqual(marks.get(web), {
      isProtected: true,
      isPinned: false,
      note: 'Ask Jo',
      color: 'green',
    });
    assert.equal(marks.get(db).isPinned, true);
  });

  it('keeps both of two changes at the same time', async () => {
    const { marks } = aStore();
    await Promise.all([
      marks.set(web, { isProtected: true }),
      marks.set(db, { isProtected: true }),
    ]);
    assert.ok(marks.get(web).isProtected && marks.get(db).isProtected);
  });

  it('forgets a server or an account, and nothing else', async () => {
    const { memento, marks, changes } = aStore();
    for (const ref of [web, db, other]) {
      await marks.set(ref, { isProtected: true });
    }
    changes.length = 0;
    await marks.update((all) => withoutServer(all, web));
    await marks.update((all) => withoutServer(all, web));
    assert.deepEqual(marks.get(web), none);
    assert.ok(marks.get(db).isProtected);
    await marks.update((all) => withoutAccount(all, 'account-1'));
    await marks.update((all) => withoutAccount(all, 'account-1'));
    assert.deepEqual(memento.get(marksKey), { 'account-2': { '1': { isProtected: true } } });
    assert.deepEqual(changes, [[web], [db]]);
  });
});

describe('toNote', () => {
  it('makes one line of at most 500 characters', () => {
    assert.equal(toNote('  a\nb\u202e c '), 'a b c');
    assert.equal(toNote(' \n'), undefined);
    assert.equal(toNote('x'.repeat(600))?.length, 500);
    assert.equal(readMarks({ note: 'y\n'.repeat(600) }).note?.length, 500);
  });
});
