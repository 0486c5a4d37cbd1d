import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { startFaultySandbox, type FaultySandbox } from '../../src/sandbox/faultySandbox.ts';
import { scriptable } from '../faults/catalogue.ts';
import type { Place } from '../faults/catalogue.ts';
import { startElsewhere, type Elsewhere } from '../faults/support/elsewhere.ts';
import { scriptsOf, table, victim } from '../faults/table.ts';
import type { FaultRow } from '../faults/table.ts';
import { aPerson, type Person } from '../support/person.ts';

const timeoutMs = 1_000;
/** For what is about something else than time: 64 MB take a busy machine longer than a second. */
const patientTimeoutMs = 30_000;
const set = (key: string, value: unknown): Thenable<void> =>
  vscode.workspace.getConfiguration('vpsOrg').update(key, value, vscode.ConfigurationTarget.Global);
const run = (command: string, ...args: unknown[]): Thenable<unknown> => vscode.commands.executeCommand(command, ...args);

/** The rows of the fault table that a person meets at a desk, with the real extension in a real VS Code. */
describe('the fault table in VS Code', () => {
  let sandbox: FaultySandbox;
  let elsewhere: Elsewhere;
  let person: Person;
  let leave: () => void;
  let accountId: string;

  before(async () => {
    sandbox = await startFaultySandbox();
    elsewhere = await startElsewhere();
    await set('apiUrl', sandbox.url);
    ({ person, leave } = aPerson());
    person.typed.push(sandbox.token);
    await run('vpsOrg.signIn');
    await run('vpsOrg.refresh');
    accountId = await idOfAccount();
    leave();
  });
  beforeEach(() => {
    ({ person, leave } = aPerson());
  });
  afterEach(async () => {
    sandbox.faults.clear();
    sandbox.world.setStatus(victim.id, 'active');
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
    await elsewhere.close();
  });

  const ref = () => ({ accountId, serverId: victim.id });
  const place = (): Place => ({ baseUrl: sandbox.url, elsewhere: elsewhere.origin, timeoutMs, retryAfterSeconds: 2, now: () => Date.now() });

  async function strike(row: FaultRow): Promise<number> {
    await set('requestTimeout', (row.id === 'large' ? patientTimeoutMs : timeoutMs) / 1000);
    for (const script of scriptsOf(row, place())) {
      sandbox.faults.add(script);
    }
    return sandbox.requests.length;
  }

  /** "2 GET in 60 s": here time passes otherwise, and so do the seconds that a sentence names. */
  const withoutTime = (text: string): string => text.replace(/ in [\d.]+ s$/u, '');
  const loosely = (text: string): RegExp =>
    new RegExp(text.replace(/[.*+?^${}()|[\]\\]/gu, '\\$&').replace('in 2 seconds', 'in [12] seconds').replace('"stopped"', '"stop(?:ped|ping)"'), 'u');
  const rejected = /VPS\.org rejected the token of/u;

  function assertHeard(row: FaultRow): void {
    const said = [...person.heard, ...person.flashed].join('\n');
    if (row.id === 'unauthorized') {
      assert.match(said, rejected);
    } else if (row.expected.shown === '-') {
      assert.deepEqual(person.heard, []);
    } else {
      assert.match(said, loosely(row.expected.shown));
    }
    assert.ok(!said.includes(sandbox.token));
  }

  for (const row of table.filter(({ inVscode, request }) => inVscode && request === 'list')) {
    it(`keeps the list and says so: ${scriptable(row.id).words}`, async () => {
      const before = await strike(row);
      await run('vpsOrg.refresh');
      const sent = sandbox.requests.slice(before);
      assertHeard(row);
      assert.ok(sent.every(({ method }) => method === 'GET'));
      assert.equal(sent.length, Number(/^\d+/u.exec(withoutTime(row.expected.requests))?.[0]));
      assert.equal(elsewhere.requests.length, 0);
      sandbox.faults.clear();
      await run('vpsOrg.server.copyId');
      assert.ok(person.offered.at(-1)?.includes(victim.name), 'the servers are still there');
    });
  }

  for (const row of table.filter(({ inVscode, request }) => inVscode && request === 'power')) {
    it(`stops once and tells what is known: ${scriptable(row.id).words}`, async () => {
      const before = await strike(row);
      person.answers.push('Stop');
      await run('vpsOrg.server.stop', ref());
      assertHeard(row);
      const sent = sandbox.requests.slice(before).filter(({ method }) => method !== 'GET');
      assert.deepEqual(sent.map(({ method, path }) => `${method} ${path}`), [`POST /servers/${victim.id}/stop/`]);
      assert.equal(elsewhere.requests.length, 0);
    });
  }

  /** The id is random: it is read off a server that the palette offers. */
  async function idOfAccount(): Promise<string> {
    let id: string | undefined;
    const original = vscode.window.showQuickPick;
    vscode.window.showQuickPick = ((items: readonly { target: { ref: { accountId: string } } }[]) => {
      id = items[0]?.target.ref.accountId;
      return Promise.resolve(undefined);
    }) as unknown as typeof vscode.window.showQuickPick;
    await run('vpsOrg.server.copyId');
    vscode.window.showQuickPick = original;
    assert.ok(id);
    return id;
  }
});
