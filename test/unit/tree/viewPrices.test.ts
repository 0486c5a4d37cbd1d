import { matcher } from '../../../src/core/search.ts';
import assert from 'node:assert/strict';
import { register } from 'node:module';
import type { ServersApi } from '../../../src/api/client.ts';
import { AppError } from '../../../src/core/errors.ts';
import { Emitter } from '../../../src/core/event.ts';
import type { Grouping } from '../../../src/core/grouping.ts';
import type { Plan } from '../../../src/core/plan.ts';
import { PlanCatalog } from '../../../src/state/planCatalog.ts';
import type { StoredAccount } from '../../../src/state/accountStore.ts';
import {
  aChangedServers,
  aList,
  anAccount,
  anotherAccount,
  aSampleAccount,
  aServer,
} from '../../support/builders.ts';
import { settle } from '../../support/fakeClock.ts';
import { signedIn } from '../../support/world.ts';
import { aPlan } from '../webviews/plans.ts';

register('../../support/withoutVscode.mjs', import.meta.url);
const { ServersTree } = await import('../../../src/tree/serversTree.ts');
const { ViewPrices } = await import('../../../src/tree/viewPrices.ts');

const hourMs = 60 * 60_000;
const servers = [
  aServer({ id: '1', location: 'us-west' }),
  aServer({ id: '2', location: 'us-west' }),
  aServer({ id: '3', location: 'us-west', plan: undefined }),
  aServer({ id: '4', location: 'us-east', plan: undefined }),
];

/** The view with prices. Rows are drawn as VS Code draws them. */
async function shown({
  accounts = [anAccount()],
  listPlans = () => Promise.resolve([aPlan({ priceMonthly: 10 })]),
  listServers = () => Promise.resolve(aList(...servers)),
  isViewed = true,
  showPrices = true,
}: {
  accounts?: readonly StoredAccount[];
  listPlans?: () => Promise<readonly Plan[] | undefined>;
  listServers?: ServersApi['listServers'];
  isViewed?: boolean;
  showPrices?: boolean;
} = {}) {
  const made = await signedIn({ listServers, listPlans }, accounts);
  const { sessions, actions, statusWaiter, marks, clock, calls } = made;
  const tree = new ServersTree({
    sessions,
    actions,
    statusWaiter,
    marks,
    changedServers: aChangedServers(),
    loadMatcher: () => Promise.resolve(matcher),
    loadTooltips: () => Promise.reject(new Error('no tooltip')),
    grouping: (): Grouping => 'location',
    ready: Promise.resolve(),
  });
  const viewed = new Emitter<boolean>();
  const changed = new Emitter<'showPrices'>();
  const view = { isViewed, onDidChangeViewed: viewed.event };
  const settings = { showPrices, onDidChange: changed.event as never };
  const rows = async (): Promise<readonly string[]> => {
    const roots = await tree.getChildren();
    const nodes = roots.flatMap((node) => [
      node,
      ...(node.kind === 'account' ? node.children : []),
    ]);
    const items = await Promise.all(nodes.map(async (node) => await tree.getTreeItem(node)));
    return items.map(({ label, description }) => `${label as string}: ${String(description)}`);
  };
  for (const session of sessions.all) await session.refresh();
  await rows();
  const redrawn: (number | undefined)[] = [];
  tree.onDidChangeTreeData((nodes) => redrawn.push(nodes?.length));
  const prices = new ViewPrices({ tree, view, sessions, settings, plans: new PlanCatalog(clock) });
  await settle();
  return {
    ...made,
    tree,
    rows,
    redrawn,
    message: () => tree.totals?.messageText(made.session, false),
    requests: () => calls.filter(({ method }) => method === 'listPlans').length,
    setViewed: async (isNow: boolean) => {
      view.isViewed = isNow;
      viewed.fire(isNow);
      await settle();
    },
    setShown: async (isNow: boolean) => {
      settings.showPrices = isNow;
      changed.fire('showPrices');
      await settle();
    },
    close: () => {
      prices.dispose();
      made.dispose();
    },
  };
}

describe('ViewPrices', () => {
  it('shows totals in groups with known prices, and says how many they leave out', async () => {
    const { rows, message, redrawn, close } = await shown();
    assert.deepEqual(await rows(), [
      'us-east: 1 server, 1 active',
      'us-west: 3 servers, 3 active · $20.00/month + 1 unknown',
    ]);
    assert.equal(message(), 'List price: $20.00/month + 2 unknown.');
    assert.deepEqual(redrawn, [1], 'only the group whose row looks different');
    close();
  });

  it('shows totals of accounts', async () => {
    const accounts = [anAccount(), anotherAccount(), aSampleAccount()];
    const { rows, requests, close } = await shown({ accounts });
    const names = await rows();
    for (const name of ['jo@example.com: 4', 'ops@example.com: 4', 'Sample servers: sample · 4']) {
      assert.ok(
        names.includes(`${name} servers, 4 active · $20.00/month + 2 unknown`),
        names.join('\n'),
      );
    }
    assert.equal(requests(), 3);
    close();
  });

  it('counts servers that VPS.org did not list as unknown', async () => {
    const { rows, message, close } = await shown({
      accounts: [anAccount(), anotherAccount()],
      listServers: () => Promise.resolve({ servers, total: 10 }),
    });
    assert.equal(message(), 'List price: $20.00/month + 8 unknown.');
    const accountRows = (await rows()).filter((row) => row.includes('@'));
    assert.ok(
      accountRows.every((row) => row.includes('$20.00/month + 8 unknown')),
      accountRows.join('\n'),
    );
    close();
  });

  it('calls sample prices what they are', async () => {
    const { message, close } = await shown({ accounts: [aSampleAccount()] });
    assert.equal(message(), 'Sample prices: $20.00/month + 2 unknown.');
    close();
  });

  it('requests plans once an hour while the view is seen, and never while it is hidden', async () => {
    const { clock, session, requests, setViewed, rows, close } = await shown({ isViewed: false });
    const hour = async (): Promise<void> => {
      for (let minute = 0; minute < 60; minute++) {
        await session.refresh();
        await clock.advance(60_000);
      }
    };
    await hour();
    assert.equal(requests(), 0);
    assert.ok(!(await rows()).join().includes('$'));
    await setViewed(true);
    assert.equal(requests(), 1);
    assert.ok((await rows()).join().includes('$20.00/month'));
    await hour();
    assert.equal(requests(), 1);
    await hour();
    assert.equal(requests(), 2);
    await setViewed(false);
    await clock.advance(hourMs);
    await hour();
    assert.equal(requests(), 2);
    assert.ok((await rows()).join().includes('$20.00/month'), 'prices do not vanish meanwhile');
    close();
  });

  it('requests no plans for an account without servers', async () => {
    const { requests, close } = await shown({ listServers: () => Promise.resolve(aList()) });
    assert.equal(requests(), 0);
    close();
  });

  it('follows the setting', async () => {
    const { rows, requests, setShown, tree, close } = await shown({ showPrices: false });
    assert.equal(requests(), 0);
    await setShown(true);
    assert.equal(requests(), 1);
    assert.ok((await rows()).join().includes('$'));
    await setShown(false);
    assert.ok(!(await rows()).join().includes('$'));
    assert.equal(tree.totals, undefined);
    close();
  });

  it('shows rows without prices where the API has none or fails', async () => {
    for (const listPlans of [
      () => Promise.resolve(undefined),
      () => Promise.reject(new AppError('server', '503')),
      () => Promise.reject(new AppError('unauthorized', '401')),
    ]) {
      const { rows, session, message, close } = await shown({ listPlans });
      assert.ok(!(await rows()).join().includes('$'));
      assert.equal(message(), undefined);
      assert.equal(session.isRejected, false);
      close();
    }
  });

  it('removes a price when the plan of a server changes', async () => {
    let list = servers;
    const { session, rows, message, close } = await shown({
      listServers: () => Promise.resolve(aList(...list)),
    });
    list = servers.map((server) =>
      server.id === '2' && server.plan
        ? { ...server, plan: { ...server.plan, memoryMiB: 8192 } }
        : server,
    );
    await session.refresh();
    assert.equal(message(), 'List price: $10.00/month + 3 unknown.');
    assert.ok((await rows()).includes('us-west: 3 servers, 3 active · $10.00/month + 2 unknown'));
    close();
  });

  it('drops the prices of a replaced token until those of the new one arrive', async () => {
    const answers = [Promise.resolve([aPlan()]), Promise.reject(new AppError('server', '503'))];
    for (const answer of answers) answer.catch(() => undefined);
    const { rows, accountStore, close } = await shown({
      listPlans: () => answers.shift() ?? Promise.resolve(undefined),
    });
    assert.ok((await rows()).join().includes('$'));
    await accountStore.save(anAccount({ token: 'vps_test_token_9' }), 'account-1');
    await settle();
    assert.ok(!(await rows()).join().includes('$'));
    close();
  });
});
