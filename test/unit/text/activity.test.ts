import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { ActionEntry, ActivityEntry } from '../../../src/state/activityEntry.ts';
import { activityText } from '../../../src/text/activity.ts';

// Local time, as in the document.
const at = new Date(2025, 0, 10, 14, 30, 5).getTime();
const common = {
  id: '1',
  windowId: 'w',
  at,
  accountId: 'account-1',
  accountLabel: 'jo@example.com',
  serverId: '12345',
  serverName: 'web-1',
};

function action(facts: Partial<ActionEntry>): ActionEntry {
  return {
    ...common,
    kind: 'action',
    action: 'stop',
    settings: {},
    result: 'done',
    message: undefined,
    end: undefined,
    ...facts,
  };
}

/** The last columns of each line, without the account. */
function textsOf(entries: readonly ActivityEntry[]): readonly string[] {
  const lines = activityText(entries, at).split('\n').slice(3, -1);
  return lines.map((line) => line.slice(line.indexOf(')') + 3).replace(/ +jo@example\.com/u, ''));
}

describe('activityText', () => {
  it('says that there is none yet', () => {
    assert.equal(
      activityText([], at),
      'VPS.org activity, newest first. As of 2025-01-10 14:30:05, in local time.\n\n' +
        'No activity yet. Actions from this editor and changes made elsewhere are listed here.\n',
    );
  });

  it('shows time, server, account, action and outcome in columns', () => {
    const entries = [action({}), action({ serverName: 'database-1', at: at - 60_000 })];
    assert.deepEqual(activityText(entries, at).split('\n').slice(0, -1), [
      'VPS.org activity, newest first. As of 2025-01-10 14:30:05, in local time.',
      'A change made elsewhere has the time at which it was noticed.',
      '',
      '2025-01-10 14:30:05  web-1 (12345)       Stop: accepted  jo@example.com',
      '2025-01-10 14:29:05  database-1 (12345)  Stop: accepted  jo@example.com',
    ]);
  });

  it('describes every kind of entry', () => {
    const settings = { name: 'web-2', hostname: '', backupsEnabled: true };
    assert.deepEqual(
      textsOf([
        { ...common, kind: 'change', isAnnounced: true, before: 'active', after: 'suspended' },
        { ...common, kind: 'change', isAnnounced: true, before: 'active', after: undefined },
        action({ end: { status: 'stopped', at: at + 12_400 } }),
        action({ action: 'create', end: { status: 'active', at: at + 185_000 } }),
        action({ action: 'rename', settings: { name: 'web-2' }, result: 'unclear' }),
        action({ action: 'rename', settings }),
        action({ action: 'rename', settings: { hostname: 'web.example.com' } }),
        action({ action: 'rename', settings: { name: 'web-2', backupsEnabled: false } }),
        action({ action: 'rename', settings: {} }),
        action({ action: 'setBackups', settings: { backupsEnabled: false }, result: 'sent' }),
        action({ action: 'delete', result: 'gone' }),
        action({ result: 'refused', message: 'Not running.' }),
      ]),
      [
        'Changed elsewhere: active → suspended',
        'Deleted elsewhere (was active)',
        'Stop: accepted, stopped after 12 s',
        'Create: accepted, active after 3 min',
        'Rename to web-2: sent, outcome unknown',
        'Save settings (name web-2, hostname -, backups on): accepted',
        'Save settings (hostname web.example.com): accepted',
        'Save settings (name web-2, backups off): accepted',
        'Save settings: accepted',
        'Turn automatic backups off: sent, no answer recorded',
        'Delete: the server no longer existed',
        'Stop: refused  VPS.org answered: Not running.',
      ],
    );
  });

  it('describes what was created or changed elsewhere besides the status', () => {
    const plan = { name: 'Standard VPS', vcpus: 2, memoryMiB: 4096, storageGB: 80, monthly: 12 };
    const unknown = {
      name: undefined,
      vcpus: undefined,
      memoryMiB: undefined,
      storageGB: undefined,
      monthly: undefined,
    };
    const edit = { ...common, kind: 'edit', created: undefined, edits: [] } as const;
    assert.deepEqual(
      textsOf([
        { ...edit, created: { ...plan, location: 'us-west' } },
        { ...edit, created: { ...unknown, location: undefined } },
        {
          ...edit,
          edits: [
            {
              field: 'plan',
              before: plan,
              after: { ...plan, name: 'Other\nVPS', monthly: undefined },
            },
            { field: 'backups', before: true, after: false },
          ],
        },
        { ...edit, edits: [{ field: 'plan', before: unknown, after: plan }] },
      ]),
      [
        'Created elsewhere (Standard VPS ($12.00/month), us-west)',
        'Created elsewhere',
        'Changed elsewhere: plan Standard VPS ($12.00/month) → Other VPS, automatic backups turned off',
        'Changed elsewhere: plan - → Standard VPS ($12.00/month)',
      ],
    );
  });

  it('keeps an entry on one line, whatever its texts contain', () => {
    const text = activityText([action({ serverName: 'a\nb\u202e', message: 'c\r\nd' })], at);
    assert.equal(text.split('\n').length, 5);
    assert.match(text, /a b \(12345\).*VPS\.org answered: c d/u);
  });
});
