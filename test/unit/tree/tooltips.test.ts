import assert from 'node:assert/strict';
import { register } from 'node:module';
import type { CancellationToken } from 'vscode';
import type { ServersApi } from '../../../src/api/client.ts';
import { AppError } from '../../../src/core/errors.ts';
import { patternMatcher } from '../../../src/core/namePatterns.ts';
import type { Server } from '../../../src/core/server.ts';
import { defaultProfile } from '../../../src/ssh/profile.ts';
import type { MarkChanges } from '../../../src/state/markChanges.ts';
import { PlanCatalog } from '../../../src/state/planCatalog.ts';
import type { Target } from '../../../src/state/targets.ts';
import { timeText } from '../../../src/text/timeText.ts';
import { aList, aServer } from '../../support/builders.ts';
import { aPlan } from '../webviews/plans.ts';
import { signedIn } from '../../support/world.ts';

register('../../support/withoutVscode.mjs', import.meta.url);
const { Tooltips } = await import('../../../src/tree/tooltips.ts');

const token = { onCancellationRequested: () => ({ dispose: () => undefined }) };

async function tooltipOf(
  facts: Partial<Server>,
  listPlans: ServersApi['listPlans'] = () => Promise.resolve(undefined),
  changes: MarkChanges = {},
  protect: readonly string[] = [],
): Promise<readonly string[]> {
  const server = aServer(facts);
  const { sessions, session, actions, clock, marks } = await signedIn({
    listPlans,
    listServers: () => Promise.resolve(aList(server)),
    getServer: () => Promise.resolve(server),
  });
  actions.protection.setPatterns(patternMatcher(protect));
  await session.refresh();
  const ref = { accountId: 'account-1', serverId: server.id };
  await marks.set(ref, changes);
  const profiles = {
    targetOf: ({ server: { ipAddress } }: Target) =>
      ipAddress ? { ...defaultProfile, host: ipAddress } : ('noAddress' as const),
  };
  const tooltip = await new Tooltips({
    sessions,
    plans: new PlanCatalog(clock),
    profiles,
    marks,
    protection: actions.protection,
  }).forServer(ref, token as unknown as CancellationToken);
  return (tooltip?.value ?? '').split('\n');
}

describe('Tooltips', () => {
  it('are a table with the price and how SSH connects', async () => {
    const lines = await tooltipOf({ ipv6Address: '2001:db8::1', backupsEnabled: true }, () =>
      Promise.resolve([aPlan()]),
    );
    assert.deepEqual(
      lines.map((line) => (line.includes('---') ? line : line.replaceAll('\\', ''))),
      [
        '| active | web-server-01 · us-west |',
        '| :--- | :--- |',
        '| Plan | Standard VPS, 2 vCPU, 4 GiB memory, 80 GB disk |',
        '| Price | $12.00 a month, $0.018 an hour (list price) |',
        '| System | Ubuntu 22.04 LTS |',
        '| Addresses | 203.0.113.10 · 2001:db8::1 |',
        '| Hostname | web01.example.com |',
        '| SSH | root@203.0.113.10 |',
        `| Created | ${timeText('2025-01-10T14:30:00Z')} · backups on |`,
      ],
    );
  });

  it('show the note as text, and the color', async () => {
    const lines = await tooltipOf({}, undefined, { note: 'ask [Eve](x) | first', color: 'blue' });
    assert.deepEqual(lines.slice(-2), [
      '| Color | blue |',
      '| Note | ask \\[Eve\\]\\(x\\) \\| first |',
    ]);
  });

  it('say that a server is protected, and by which pattern', async () => {
    const lines = await tooltipOf({}, undefined, {}, ['web-*']);
    assert.equal(
      lines.at(-1)?.replaceAll('\\', ''),
      '| Protected | in this editor only, by "web-*" |',
    );
  });

  it('leave out what is unknown', async () => {
    const nothing = {
      plan: undefined,
      os: undefined,
      hostname: undefined,
      location: undefined,
      ipAddress: null,
      ipv6Address: undefined,
      backupsEnabled: undefined,
      createdAt: undefined,
    };
    assert.deepEqual(await tooltipOf({ ...nothing, name: 'web' }), [
      '| active | web |',
      '| :--- | :--- |',
    ]);
  });

  it('have no price where the plans do not load', async () => {
    const withoutPrice = await tooltipOf({});
    const failing = () => Promise.reject(new AppError('network', 'cut'));
    assert.deepEqual(await tooltipOf({}, failing), withoutPrice);
    assert.doesNotMatch(withoutPrice.join(' '), /\$/u);
  });

  it('show hostile names as text', async () => {
    const [title] = await tooltipOf({
      name: '[click](command:evil) <img>',
      location: 'a|b',
    });
    assert.equal(title, '| active | \\[click\\]\\(command\\:evil\\) \\<img\\> · a\\|b |');
  });
});
