import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import { startFaultySandbox, type FaultySandbox } from '../sandbox/faultySandbox.ts';
import { faultDefinition } from '../faults/faultCatalog.ts';
import type { FaultEnvironment } from '../faults/faultCatalog.ts';
import { startOtherOrigin } from '../faults/support/otherOrigin.ts';
import { scriptsOf, table, target } from '../faults/table.ts';
import type { FaultRow } from '../faults/table.ts';
import type { Loopback } from '../support/loopback.ts';
import { aPerson, type Person } from '../support/person.ts';
import { waitUntil } from '../support/workbenchWait.ts';
import { readAccountId, run, set } from './support/host.ts';

const timeoutMs = 1_000;
/** For faults that are about size, not about time: 64 MB take a busy machine longer than a second. */
const patientTimeoutMs = 30_000;
const largeFaults: ReadonlySet<FaultRow['id']> = new Set([
  'large',
  'bomb',
  'largePages',
  'longName',
  'manyLocationsOfServer',
  'longConflict',
  'longUnauthorized',
]);

/** Rows of the fault table, with the real extension in a real VS Code. */
describe('Fault table in VS Code', () => {
  let sandbox: FaultySandbox;
  let otherOrigin: Loopback;
  let person: Person;
  let leave: () => void;
  let accountId: string;

  before(async () => {
    sandbox = await startFaultySandbox();
    otherOrigin = await startOtherOrigin();
    await set('apiUrl', sandbox.url);
    ({ person, leave } = aPerson());
    person.typed.push(sandbox.token);
    await run('vpsOrg.signIn');
    await run('vpsOrg.refresh');
    accountId = await readAccountId();
    leave();
  });
  beforeEach(() => {
    ({ person, leave } = aPerson());
  });
  afterEach(async () => {
    sandbox.faults.clear();
    sandbox.world.setStatus(target.id, 'active');
    await run('vpsOrg.server.stopWaiting', ref());
    await run('vpsOrg.refresh');
    leave();
  });
  after(async () => {
    ({ person, leave } = aPerson());
    person.answers.push('Sign Out');
    await run('vpsOrg.signOut');
    leave();
    await set('apiUrl', undefined);
    await set('requestTimeout', undefined);
    await sandbox.close();
    await otherOrigin.close();
  });

  const ref = () => ({ accountId, serverId: target.id });
  const environment = (): FaultEnvironment => ({
    baseUrl: sandbox.url,
    otherOrigin: otherOrigin.origin,
    timeoutMs,
    retryAfterSeconds: 2,
    now: () => Date.now(),
  });

  async function scriptFaults(row: FaultRow): Promise<number> {
    await set('requestTimeout', (largeFaults.has(row.id) ? patientTimeoutMs : timeoutMs) / 1000);
    for (const script of scriptsOf(row, environment())) {
      sandbox.faults.add(script);
    }
    return sandbox.requests.length;
  }

  /** Removes the duration from "2 GET in 60 s": here time is real. */
  const withoutTime = (text: string): string => text.replace(/ in [\d.]+ s$/u, '');
  const toPattern = (text: string): RegExp =>
    new RegExp(
      text
        .replace(/[.*+?^${}()|[\]\\]/gu, '\\$&')
        .replace('in 2 seconds', 'in [12] seconds')
        .replace('"stopped"', '"stop(?:ped|ping)"'),
      'u',
    );
  const isOneServer = /^\/servers\/[^/?]+\/$/u;
  const rejected = 'VPS.org rejected the token of';

  const allText = (): string => [...person.heard, ...person.flashed].join('\n');

  async function assertMessage(row: FaultRow): Promise<void> {
    if (row.id === 'unauthorized' || row.id === 'longUnauthorized') {
      // A notification, which is loaded on first use.
      await waitUntil(() => Promise.resolve(allText().includes(rejected)), 'the notification');
    } else if (row.expected.message === '-') {
      assert.deepEqual(person.heard, []);
    } else {
      assert.match(allText(), toPattern(row.expected.message));
    }
    assert.ok(!allText().includes(sandbox.token));
  }

  for (const row of table.filter(({ inVscode, request }) => inVscode && request === 'list')) {
    it(`keeps the list and reports the error: ${faultDefinition(row.id).title}`, async () => {
      const before = await scriptFaults(row);
      await run('vpsOrg.refresh');
      const sent = sandbox.requests.slice(before);
      await assertMessage(row);
      assert.ok(sent.every(({ method }) => method === 'GET'));
      // Servers that an earlier row's list lacked are confirmed one by one some seconds later.
      const lists = sent.map(({ path }) => path).filter((path) => !isOneServer.test(path));
      assert.equal(
        lists.length,
        Number(/^\d+/u.exec(withoutTime(row.expected.requests))?.[0]),
        lists.join('\n'),
      );
      assert.equal(otherOrigin.received.length, 0);
      sandbox.faults.clear();
      // Their lists are valid and have other servers or names.
      if (row.id === 'bigNumbers' || row.id === 'longName') {
        await run('vpsOrg.refresh');
      }
      await run('vpsOrg.server.copyId');
      assert.ok(person.offered.at(-1)?.includes(target.name), 'the servers are still there');
    });
  }

  for (const row of table.filter(({ inVscode, request }) => inVscode && request === 'power')) {
    it(`stops once and reports what is known: ${faultDefinition(row.id).title}`, async () => {
      const before = await scriptFaults(row);
      person.answers.push('Stop');
      await run('vpsOrg.server.stop', ref());
      await assertMessage(row);
      const sent = sandbox.requests.slice(before).filter(({ method }) => method !== 'GET');
      assert.deepEqual(
        sent.map(({ method, path }) => `${method} ${path}`),
        [`POST /servers/${target.id}/stop/`],
      );
      assert.equal(otherOrigin.received.length, 0);
    });
  }
});
