import assert from 'node:assert/strict';
import type { Fault } from '../../src/sandbox/faults.ts';
import { scriptable } from './catalogue.ts';
import { clockRows, jumps, observeJump } from './clockJumps.ts';
import type { ClockOutcome, Jump, ObservedJump } from './clockJumps.ts';
import { observeBudget } from './requestBudget.ts';
import type { Budget } from './requestBudget.ts';
import { requests, table } from './table.ts';
import { observeClient } from './support/clientRunner.ts';
import { budgetTable, clockTable, document, documented, faultTable } from './support/report.ts';
import type { Observed } from './support/report.ts';
import type { Met } from './support/stage.ts';
import { observeStore } from './support/storeRunner.ts';

const token = 'vps_fault-Table_0123456789';
const isWriting = process.env.VPS_FAULTS_WRITE === '1';
/** All kinds that the sandbox can play: a new one that is not named here does not compile. */
const everyKind: Readonly<Record<Fault['kind'], true>> = {
  ...{ delay: true, hang: true, cutBefore: true, cutAfter: true, halfBody: true, status: true, html200: true },
  ...{ truncatedJson: true, wrongShape: true, empty: true, oddServers: true, duplicateIds: true, gzip: true },
  ...{ pages: true, nextElsewhere: true, nextCircle: true, redirect: true, large: true },
};

/** A change is sent once: what was met with the method of the row, for everything but GET. */
function assertSentOnce(method: string, met: readonly Met[]): void {
  const sent = met.filter(({ exchange }) => exchange.method !== 'GET');
  assert.deepEqual(sent.map(({ exchange }) => exchange.method), method === 'GET' ? [] : [method]);
}

describe('the fault table', () => {
  const observed: Observed[] = [];
  const jumped: { words: string; jump: Jump; seen: ObservedJump }[] = [];
  let budgets: readonly Budget[] = [];

  for (const row of table) {
    const { method, title } = requests[row.request];
    it(`${title}: ${scriptable(row.id).words}`, async () => {
      const client = await observeClient(row);
      const { leftWrong, strays, met, ...told } = await observeStore(row);
      const all = [...client.strays, ...strays];
      const elsewhere = all.length === 0 ? 'none' : all.map(({ line, authorization }) => (authorization ? `${line} WITH TOKEN` : line)).join(', ');
      observed.push({ row, error: client.error, elsewhere, ...told });
      assert.deepEqual({ error: client.error, ...told }, row.expected);
      assert.equal(elsewhere, 'none');
      assert.ok(!client.errorText.includes(token), 'the token is in the error');
      assertSentOnce(method, client.met);
      assertSentOnce(method, met);
      assert.deepEqual(leftWrong, [], 'after the fault everything is as VPS.org says');
    });
  }

  for (const row of clockRows) {
    for (const jump of Object.keys(jumps) as Jump[]) {
      it(`The clock is set ${jump} while ${row.words}`, async () => {
        const seen = await observeJump(row, jump);
        jumped.push({ words: row.words, jump, seen });
        const { requests: sent, then }: ClockOutcome = seen;
        assert.deepEqual({ requests: sent, then }, 'requests' in row.expected ? row.expected : row.expected[jump]);
        assert.equal(seen.strays, 0);
      });
    }
  }

  it('asks nothing while hidden, and what was promised otherwise', async () => {
    budgets = await observeBudget();
    assert.deepEqual(
      budgets.map(({ words, list, single }) => [words, list, single]),
      [
        ['the view is hidden or the window is not active', 0, 0],
        ['idle, 40 servers', 60, 0],
        ['1 server in transition all the time', 240, 63],
        ['5 servers in transition all the time', 240, 315],
        ['40 servers in transition all the time, noticed', 240, 0],
        ['40 servers that a person acted on, never settling', 262, 0],
        ['the token is rejected', 1, 0],
        ['VPS.org does not answer', 8, 0],
      ],
    );
  });

  it('holds every kind of fault that the sandbox can script', () => {
    const place = { baseUrl: 'http://127.0.0.1:1/api/v1', elsewhere: 'http://127.0.0.1:2', timeoutMs: 30_000, retryAfterSeconds: 2, now: () => 0 };
    const used = new Set<string>(table.map(({ id }) => scriptable(id).fault(place, '/servers/').kind));
    assert.deepEqual(Object.keys(everyKind).filter((kind) => !used.has(kind)), []);
  });

  it('stands in docs/reliability.md as it was observed', () => {
    const parts = {
      faults: faultTable(observed),
      clock: clockTable(jumped),
      requests: budgetTable(budgets),
    };
    for (const [name, text] of Object.entries(parts)) {
      if (process.env.VPS_FAULTS_PRINT === '1') {
        console.log(`\n${text}\n`);
      }
      if (isWriting) {
        document(name, text);
      }
      assert.equal(documented(name), text, `npm run test:faults -- --write writes the part "${name}" anew`);
    }
  });
});
