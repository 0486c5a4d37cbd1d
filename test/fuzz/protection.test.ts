import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { patternMatcher } from '../../src/core/namePatterns.ts';
import { runBulkAction } from '../../src/state/bulkActions.ts';
import { marksKey } from '../../src/state/serverMarks.ts';
import { toTarget } from '../../src/state/targets.ts';
import { aList, aServer } from '../support/builders.ts';
import { settle } from '../support/fakeClock.ts';
import { MemoryMemento } from '../support/memoryMemento.ts';
import { signedIn } from '../support/world.ts';
import { fuzz } from './support/fuzz.ts';

const ids = ['1', '2', '3', '4'];
const names = ['web-1', 'prod-1', 'PROD-db', 'db-1', 'x'];
const patterns = ['prod-*', '*db*', '?', 'nothing'];

const id = fc.constantFrom(...ids);
const name = fc.constantFrom(...names);
const step = fc.oneof(
  fc.record({ kind: fc.constant('mark' as const), id, isProtected: fc.boolean() }),
  fc.record({ kind: fc.constant('renameElsewhere' as const), id, name }),
  fc.record({ kind: fc.constant('patterns' as const), list: fc.subarray(patterns) }),
  fc.record({
    kind: fc.constant('power' as const),
    id,
    action: fc.constantFrom('start' as const, 'stop' as const, 'reboot' as const),
  }),
  fc.record({ kind: fc.constantFrom('rename' as const, 'save' as const), id, name }),
  fc.record({ kind: fc.constantFrom('backups' as const, 'delete' as const), id }),
  fc.record({ kind: fc.constant('bulkStop' as const) }),
  fc.record({ kind: fc.constant('wait' as const) }),
);

/** Another implementation than the one under test. */
function isMatch(pattern: string, text: string): boolean {
  const source = pattern.replaceAll('*', '.*').replaceAll('?', '.');
  return new RegExp(`^${source}$`, 'iu').test(text);
}

describe('protection', () => {
  fuzz(
    'never lets a request leave that changes a protected server',
    fc.array(step, { minLength: 1, maxLength: 25 }),
    async (steps) => {
      const current = new Map(ids.map((each, index) => [each, names[index] ?? each]));
      const memento = new MemoryMemento();
      let configured: readonly string[] = [];
      const violations: string[] = [];
      /** Looks at the stored marks, the setting and the known name at the moment of the request. */
      const check = (serverId: string): void => {
        const stored = memento.get(marksKey) as
          Record<string, Record<string, { isProtected?: boolean }>> | undefined;
        const known = session.servers.get(serverId)?.name ?? '';
        if (
          stored?.['account-1']?.[serverId]?.isProtected === true ||
          configured.some((pattern) => isMatch(pattern, known))
        ) {
          violations.push(`${serverId} ${known}`);
        }
      };
      const aCurrent = (serverId: string) =>
        aServer({ id: serverId, name: current.get(serverId) ?? 'x', status: 'other' });
      const { session, sessions, actions, marks, clock } = await signedIn(
        {
          listServers: () => Promise.resolve(aList(...[...current.keys()].map(aCurrent))),
          getServer: (serverId) => Promise.resolve(aCurrent(serverId)),
          power: (serverId) => {
            check(serverId);
            return Promise.resolve({ server: undefined, message: undefined });
          },
          deleteServer: (serverId) => {
            check(serverId);
            return Promise.resolve();
          },
          updateServer: (serverId, { name: next }) => {
            check(serverId);
            current.set(serverId, next ?? current.get(serverId) ?? 'x');
            return Promise.resolve(aCurrent(serverId));
          },
          replaceServer: (serverId, { name: next }) => {
            check(serverId);
            current.set(serverId, next);
            return Promise.resolve(aCurrent(serverId));
          },
        },
        undefined,
        { memento },
      );
      await session.refresh();
      const running: Promise<unknown>[] = [];
      for (const each of steps) {
        const ref = { accountId: 'account-1', serverId: 'id' in each ? each.id : '' };
        switch (each.kind) {
          case 'mark':
            running.push(marks.set(ref, { isProtected: each.isProtected }));
            break;
          case 'renameElsewhere':
            if (current.has(each.id)) current.set(each.id, each.name);
            running.push(session.refresh());
            break;
          case 'patterns':
            configured = each.list;
            actions.protection.setPatterns(patternMatcher(configured));
            break;
          case 'power':
            running.push(actions.power(ref, each.action));
            break;
          case 'rename':
            running.push(actions.update(ref, 'rename', { name: each.name }));
            break;
          case 'save':
            running.push(
              actions.replace(ref, { name: each.name, hostname: '', backupsEnabled: true }),
            );
            break;
          case 'backups':
            running.push(actions.update(ref, 'setBackups', { backupsEnabled: true }));
            break;
          case 'delete':
            running.push(actions.delete(ref));
            break;
          case 'bulkStop': {
            const targets = ids.flatMap(
              (serverId) => toTarget(sessions, { accountId: 'account-1', serverId }) ?? [],
            );
            const run = runBulkAction(targets, (target) => actions.power(target.ref, 'stop'), {
              clock,
            });
            running.push(run);
            break;
          }
          case 'wait':
            await settle();
        }
      }
      await Promise.allSettled(running);
      assert.deepEqual(violations, []);
    },
  );

  it('has one door: no other code calls the API to change a server', () => {
    const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.ts'),
    );
    const callers = files.filter((file) =>
      /\.(?:power|deleteServer|updateServer|replaceServer)\(\s*(?:ref\.)?serverId/u.test(
        readFileSync(join('src', file), 'utf8'),
      ),
    );
    assert.deepEqual(callers, [join('state', 'serverActions.ts')]);
  });
});
