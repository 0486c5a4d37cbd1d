import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Server } from '../../../src/core/server.ts';
import type { CheckTools } from '../../../src/ssh/checkCommand.ts';
import type { HostKeyResult } from '../../../src/ssh/hostKeys.ts';
import type { ProbeResult } from '../../../src/ssh/portProbe.ts';
import { toTarget } from '../../../src/state/targets.ts';
import { aList, aServer } from '../../support/builders.ts';
import { settle } from '../../support/fakeClock.ts';
import { shownDocuments } from '../../support/vscodeStub.ts';
import { aRow, commandWorld, usePerson } from '../commands/commandWorld.ts';

const { checkTarget } = await import('../../../src/ssh/checkCommand.ts');

const key = { type: 'ssh-ed25519', data: 'A'.repeat(68) };
const oldKey = { type: 'ssh-ed25519', data: 'B'.repeat(68) };
const answer: ProbeResult = { kind: 'ssh', text: 'SSH-2.0-test', connectMs: 1, bannerMs: 1 };
const refused: ProbeResult = {
  kind: 'notOpen',
  reason: 'refused',
  code: 'ECONNREFUSED',
  connectMs: 1,
};

describe('Check Connection', () => {
  const front = usePerson();
  const ref = aRow('12345');

  async function world(
    facts: Partial<Server> = {},
    found: { probed?: ProbeResult; key?: HostKeyResult } = {},
  ) {
    const server = aServer({ name: 'web-1', ipAddress: '45.76.0.1', ...facts });
    const waited: unknown[] = [];
    const runs: string[][] = [];
    const made = await commandWorld({
      listServers: () => Promise.resolve(aList(server)),
      getServer: () => Promise.resolve(server),
    });
    const context = {
      ...made.context,
      waitForSsh: (each: unknown) => Promise.resolve(waited.push(each) > 0),
    };
    let lastKey = found.key ?? { kind: 'known', key };
    const tools: CheckTools = {
      clock: made.clock,
      lookUp: () => Promise.resolve(['45.76.0.1']),
      probe: () => Promise.resolve(found.probed ?? answer),
      hostKey: () => Promise.resolve(lastKey),
      keys: {
        run: (tool, args) => {
          runs.push([tool, ...args]);
          lastKey = { kind: 'new', key };
          return Promise.resolve({ kind: 'ended', code: 0, stdout: '', stderr: '' });
        },
      },
    };
    const check = async (): Promise<void> => {
      await checkTarget(context, toTarget(made.sessions, ref)!, tools);
      await settle();
    };
    shownDocuments.splice(0);
    return { ...made, check, waited, runs };
  }

  it('shows the steps in a document and the result in a message', async () => {
    const { check } = await world();
    await check();
    assert.deepEqual(front.person.heard, ['"web-1" accepts SSH connections.']);
    const [document] = shownDocuments;
    assert.match(document ?? '', /^SSH connection to "web-1" \(45\.76\.0\.1, us-west\)\n/u);
    assert.match(document ?? '', /OK - SSH banner: SSH-2\.0-test \(1 ms\)\nOK - Host key: known/u);
  });

  it('explains a closed port and offers to wait', async () => {
    const { check, waited } = await world({}, { probed: refused });
    front.person.answers.push('Wait for SSH');
    await check();
    assert.match(front.person.heard[0] ?? '', /Port 22 of "web-1" refused the connection/u);
    assert.deepEqual(waited, [ref]);
  });

  it('explains an address of examples, without a document', async () => {
    const { check } = await world({ ipAddress: '203.0.113.10' });
    await check();
    assert.match(front.person.heard.join(), /^"web-1" is simulated: SSH cannot reach it\./u);
    assert.deepEqual(shownDocuments, []);
  });

  it('removes a changed key only after a question with both fingerprints', async () => {
    const { check, runs } = await world({}, { key: { kind: 'changed', key, oldKey } });
    front.person.answers.push('Remove Old Key...', undefined);
    await check();
    assert.match(front.person.heard[0] ?? '', /The host key of "web-1" has changed/u);
    assert.match(
      front.person.heard[1] ?? '',
      /^Remove the old host key of "web-1"\? \| Old key: ED25519 SHA256:\S+\nNew key: ED25519 SHA256:\S+\n/u,
    );
    assert.deepEqual(runs, []);

    front.person.answers.push('Remove Old Key...', 'Remove Old Key', 'Check Again');
    await check();
    assert.deepEqual(runs, [['ssh-keygen', '-R', '45.76.0.1']]);
    assert.match(front.person.heard.at(-2) ?? '', /^Removed the old host key of "web-1"/u);
    assert.match(
      front.person.heard.at(-1) ?? '',
      /^"web-1" accepts SSH connections\. Its host key is new/u,
    );
  });

  it('says that a server is gone', async () => {
    const { check, api, session } = await world();
    api.getServer = () => Promise.resolve(undefined as never);
    session.loadServer = () => Promise.resolve(undefined);
    await check();
    assert.deepEqual(front.person.heard, ['"web-1" no longer exists.']);
  });
});
