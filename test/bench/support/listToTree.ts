import { aChangedServers } from '../../support/builders.ts';
import { matcher } from '../../../src/core/search.ts';
import { createServersApi } from '../../../src/api/client.ts';
import type { FetchResponse } from '../../../src/api/http/attempt.ts';
import type { Node } from '../../../src/tree/nodes.ts';
import type { Plan } from '../../../src/core/plan.ts';
import { PriceList } from '../../../src/core/pricing.ts';
import { plans as records } from '../../../src/sandbox/catalog.ts';
import { PlanCatalog } from '../../../src/state/planCatalog.ts';
import { ServersTree } from '../../../src/tree/serversTree.ts';
import { Tooltips } from '../../../src/tree/tooltips.ts';
import { FakeClock } from '../../support/fakeClock.ts';
import { signedIn } from '../../support/world.ts';

/** The extension from the reply to the rows, assembled as in app.ts, with one account. */
export interface TreeBench {
  /**
   * `ms`: milliseconds from the last byte of the reply to the last tree change event, or to the end when there is none.
   * `redrawn`: the number of rows to render per event; 0 means all rows.
   */
  refresh(body: string): Promise<{ readonly ms: number; readonly redrawn: readonly number[] }>;
  /** Renders all rows, as VS Code does with visible ones. Returns their number. */
  draw(): Promise<number>;
  /** Adds up the prices of all groups and of the account, as after a change of the list. Returns the milliseconds it takes. */
  totals(): number;
  /** Applies a filter text. Returns the milliseconds it takes. */
  filter(text: string): Promise<number>;
}

/** The price list of the sandbox. */
const plans: readonly Plan[] = records.map((record) => ({
  id: String(record.id),
  name: record.name,
  vcpus: record.vcpus,
  memoryMiB: record.memory,
  storageGB: record.storage,
  bandwidthGB: record.bandwidth,
  priceMonthly: record.price_monthly,
  priceHourly: record.price_hourly,
  available: true,
  locations: [],
}));

/** Bytes that Node reads from a socket at once. */
const chunkBytes = 64 * 1024;
/** As long as real tokens. */
const token = `vps_${'bench'.repeat(8)}`;

export async function makeTree(): Promise<TreeBench> {
  let body = '';
  let arrivedAt = 0;
  const reply = (): FetchResponse => ({
    status: 200,
    headers: new Headers(),
    body: (async function* () {
      const bytes = Buffer.from(body);
      for (let at = 0; at < bytes.length; at += chunkBytes) {
        await Promise.resolve();
        arrivedAt = performance.now();
        yield bytes.subarray(at, at + chunkBytes);
      }
    })(),
  });
  const api = createServersApi({
    fetch: () => Promise.resolve(reply()),
    baseUrl: 'https://admin.vps.test/api/v1',
    token,
    clock: new FakeClock(),
    timeoutMs: () => 30_000,
  });
  const { sessions, session, statusWaiter, actions, marks, clock } = await signedIn({
    listServers: (query, options) => api.listServers(query, options),
  });
  const tree = new ServersTree({
    sessions,
    actions,
    statusWaiter,
    marks,
    changedServers: aChangedServers(),
    loadMatcher: () => Promise.resolve(matcher),
    loadTooltips: () =>
      Promise.resolve(
        new Tooltips({
          sessions,
          plans: new PlanCatalog(clock),
          profiles: { targetOf: () => 'noAddress' },
          marks,
          protection: actions.protection,
        }),
      ),
    grouping: () => 'location',
    ready: Promise.resolve(),
  });
  let eventAt = 0;
  let redrawn: number[] = [];
  tree.onDidChangeTreeData((nodes) => {
    eventAt = performance.now();
    redrawn.push(nodes?.length ?? 0);
  });
  return {
    refresh: async (text) => {
      body = text;
      redrawn = [];
      await session.refresh();
      return {
        ms: (redrawn.length > 0 ? eventAt : performance.now()) - arrivedAt,
        redrawn: [...redrawn],
      };
    },
    draw: async () => {
      let count = 0;
      const visit = async (node?: Node): Promise<void> => {
        for (const child of await tree.getChildren(node)) {
          await tree.getTreeItem(child);
          count++;
          await visit(child);
        }
      };
      await visit();
      return count;
    },
    totals: () => {
      const groups = tree.structure.roots.flatMap((node) => (node.kind === 'group' ? [node] : []));
      const { servers } = session;
      // The row of a group reads its servers anyway, to count them.
      const members = groups.map(({ children }) =>
        children.flatMap(({ serverId }) => servers.get(serverId) ?? []),
      );
      const all = servers.servers;
      const startMs = performance.now();
      // New prices, so that nothing is remembered from the round before.
      const prices = new PriceList(plans);
      const totals = [all, ...members].map((each) => prices.totalOf(each));
      const durationMs = performance.now() - startMs;
      const known = totals.reduce((sum, total) => sum + total.known, 0);
      if (known !== 2 * servers.servers.length) {
        throw new Error(`Only ${known} prices.`);
      }
      return durationMs;
    },
    filter: async (text) => {
      const startMs = performance.now();
      await tree.setFilter({ text, statuses: [], locations: [] });
      return performance.now() - startMs;
    },
  };
}
