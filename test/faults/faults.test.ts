import assert from 'node:assert/strict';
import type { Fault } from '../sandbox/faults.ts';
import { faultDefinition } from './faultCatalog.ts';
import { clockRows, jumps, observeJump } from './clockJumps.ts';
import type { ClockOutcome, Jump, ObservedJump } from './clockJumps.ts';
import { observeBudget } from './requestBudget.ts';
import type { Budget } from './requestBudget.ts';
import { requests, table } from './table.ts';
import { observeClient } from './support/clientRunner.ts';
import {
  budgetTable,
  clockTable,
  documentedSection,
  faultTable,
  writeSection,
} from './support/report.ts';
import type { Observed } from './support/report.ts';
import type { ReceivedRequest } from './support/faultHarness.ts';
import { observeStore } from './support/storeRunner.ts';

const token = 'vps_fault-Table_0123456789';
const isWriting = process.env.VPS_FAULTS_WRITE === '1';
/** All fault kinds. A new kind that is missing here does not compile. */
const everyKind: Readonly<Record<Fault['kind'], true>> = {
  delay: true,
  hang: true,
  cutBefore: true,
  cutAfter: true,
  halfBody: true,
  status: true,
  html200: true,
  truncatedJson: true,
  wrongShape: true,
  altered: true,
  empty: true,
  malformedServers: true,
  duplicateIds: true,
  gzip: true,
  pages: true,
  nextOtherOrigin: true,
  nextLoop: true,
  redirect: true,
  large: true,
  bomb: true,
};

/** Asserts that a change was sent once, and nothing else but GET. */
function assertSentOnce(method: string, received: readonly ReceivedRequest[]): void {
  const sent = received.filter(({ exchange }) => exchange.method !== 'GET');
  assert.deepEqual(
    sent.map(({ exchange }) => exchange.method),
    method === 'GET' ? [] : [method],
  );
}

describe('Fault table', () => {
  const observed: Observed[] = [];
  const jumped: { title: string; jump: Jump; seen: ObservedJump }[] = [];
  let budgets: readonly Budget[] = [];

  for (const row of table) {
    const { method, title } = requests[row.request];
    it(`${title}: ${faultDefinition(row.id).title}`, async () => {
      const client = await observeClient(row);
      const { differences, strays, received, ...cells } = await observeStore(row);
      const all = [...client.strays, ...strays];
      const otherOrigin =
        all.length === 0
          ? 'none'
          : all
              .map(({ method, url, headers }) =>
                headers.authorization ? `${method} ${url} WITH TOKEN` : `${method} ${url}`,
              )
              .join(', ');
      observed.push({ row, error: client.error, otherOrigin, ...cells });
      assert.deepEqual({ error: client.error, ...cells }, row.expected);
      assert.equal(otherOrigin, 'none');
      assert.ok(!client.errorText.includes(token), 'the token is in the error');
      assertSentOnce(method, client.received);
      assertSentOnce(method, received);
      assert.deepEqual(differences, [], 'the store equals VPS.org after the fault');
    });
  }

  for (const row of clockRows) {
    for (const jump of Object.keys(jumps) as Jump[]) {
      it(`The clock is set ${jump} while ${row.title}`, async () => {
        const seen = await observeJump(row, jump);
        jumped.push({ title: row.title, jump, seen });
        const { requests: sent, then }: ClockOutcome = seen;
        assert.deepEqual(
          { requests: sent, then },
          'requests' in row.expected ? row.expected : row.expected[jump],
        );
        assert.equal(seen.strays, 0);
      });
    }
  }

  it('sends no requests while hidden, and the documented number otherwise', async () => {
    budgets = await observeBudget();
    assert.deepEqual(
      budgets.map(({ title, list, single }) => [title, list, single]),
      [
        ['the view is hidden or the window is inactive', 0, 0],
        ['idle, 40 servers', 60, 0],
        ['1 server is always in transition', 240, 63],
        ['5 servers are always in transition', 240, 315],
        ['40 servers are always in transition, without an action', 240, 0],
        ['40 servers never settle after an action', 262, 0],
        ['the token is rejected', 1, 0],
        ['VPS.org does not respond', 8, 0],
      ],
    );
  });

  it('covers every kind of fault', () => {
    const environment = {
      baseUrl: 'http://127.0.0.1:1/api/v1',
      otherOrigin: 'http://127.0.0.1:2',
      timeoutMs: 30_000,
      retryAfterSeconds: 2,
      now: () => 0,
    };
    const used = new Set<string>(
      table.map(({ id }) => faultDefinition(id).fault(environment, '/servers/').kind),
    );
    assert.deepEqual(
      Object.keys(everyKind).filter((kind) => !used.has(kind)),
      [],
    );
  });

  it('matches docs/reliability.md', () => {
    const sections = {
      faults: faultTable(observed),
      clock: clockTable(jumped),
      requests: budgetTable(budgets),
    };
    for (const [name, text] of Object.entries(sections)) {
      if (process.env.VPS_FAULTS_PRINT === '1') {
        console.log(`\n${text}\n`);
      }
      if (isWriting) {
        writeSection(name, text);
      }
      assert.equal(
        documentedSection(name),
        text,
        `"npm run test:faults -- --write" updates the section "${name}"`,
      );
    }
  });
});
