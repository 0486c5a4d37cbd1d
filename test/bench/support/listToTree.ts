import { createServersApi } from '../../../src/api/client.ts';
import type { FetchResponse } from '../../../src/api/fetch.ts';
import type { Node } from '../../../src/tree/nodes.ts';
import { ServersTree } from '../../../src/tree/serversTree.ts';
import { Tooltips } from '../../../src/tree/tooltips.ts';
import { FakeClock } from '../../support/fakeClock.ts';
import { signedIn } from '../../support/world.ts';

/** All of the extension from the reply to the rows, put together as in app.ts, with one account. */
export interface TreeBench {
  /**
   * Milliseconds from the reply's last byte until VS Code is told which rows to draw, or until there was nothing to tell. The
   * rows that it is told of, event by event: 0 stands for all of them.
   */
  refresh(body: string): Promise<{ readonly ms: number; readonly redrawn: readonly number[] }>;
  /** Asks for every row, as VS Code does with those in sight. Returns how many there are. */
  draw(): Promise<number>;
  /** Milliseconds until the rows are those that the words let through. */
  filter(text: string): number;
}

export async function makeTree(): Promise<TreeBench> {
  let body = '';
  let arrivedAt = 0;
  const reply = (): FetchResponse => ({
    status: 200,
    headers: new Headers(),
    body: null,
    text: () => {
      arrivedAt = performance.now();
      return Promise.resolve(body);
    },
  });
  const api = createServersApi({
    ...{ fetch: () => Promise.resolve(reply()), baseUrl: 'https://admin.vps.test/api/v1', token: 'vps_bench_token', clock: new FakeClock() },
    timeoutMs: () => 30_000,
  });
  const { sessions, session, follower, actions } = await signedIn({ listServers: (query, options) => api.listServers(query, options) });
  const tree = new ServersTree({ sessions, actions, follower, tooltips: new Tooltips(sessions), grouping: () => 'location', ready: Promise.resolve() });
  let toldAt = 0;
  let redrawn: number[] = [];
  tree.onDidChangeTreeData((nodes) => {
    toldAt = performance.now();
    redrawn.push(nodes?.length ?? 0);
  });
  return {
    refresh: async (text) => {
      body = text;
      redrawn = [];
      await session.refresh();
      return { ms: (redrawn.length > 0 ? toldAt : performance.now()) - arrivedAt, redrawn: [...redrawn] };
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
    filter: (text) => {
      const beganAt = performance.now();
      tree.setFilter({ text, statuses: [], locations: [] });
      return performance.now() - beganAt;
    },
  };
}
