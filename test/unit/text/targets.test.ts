import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { readMarks } from '../../../src/core/serverMarks.ts';
import type { MarksReader } from '../../../src/core/serverMarks.ts';
import type { Session } from '../../../src/state/session.ts';
import type { Target } from '../../../src/state/targets.ts';
import { listTargets, notesText } from '../../../src/text/targets.ts';
import { anAccount, aServer } from '../../support/builders.ts';

const servers = Array.from({ length: 8 }, (_, index) =>
  aServer({ id: `${index}`, name: `web-${index}` }),
);
const session = { account: anAccount(), servers: { servers } } as unknown as Session;
const targets: readonly Target[] = servers.map((server) => ({
  ref: { accountId: 'account-1', serverId: server.id },
  server,
  session,
}));

function withNotes(noteOf: (id: string) => string | undefined): MarksReader {
  return { isEmpty: false, get: ({ serverId }) => readMarks({ note: noteOf(serverId) }) };
}

describe('notesText', () => {
  it('is there only for servers with a note', () => {
    const marks = withNotes((id) => (id === '3' ? 'Ask Ada.' : undefined));
    assert.equal(notesText(marks, targets), 'Note on "web-3": Ask Ada.');
    assert.equal(notesText(marks, targets.slice(3, 4)), 'Note: Ask Ada.');
    assert.equal(notesText(marks, targets.slice(0, 3)), undefined);
  });

  it('leaves room for the rest of the question', () => {
    const lines = notesText(
      withNotes(() => 'x'.repeat(500)),
      targets,
    )?.split('\n');
    assert.equal(lines?.length, 6);
    assert.ok(lines.every((line) => line.length <= 220));
    assert.equal(lines.at(-1), '3 more notes');
  });
});

describe('listTargets', () => {
  it('says the status where it matters', () => {
    const one = targets.slice(0, 1);
    assert.equal(listTargets(one), 'web-0 · 203.0.113.10 · us-west');
    assert.equal(listTargets(one, { withStatus: true }), 'web-0 · 203.0.113.10 · us-west · active');
  });
});
