import assert from 'node:assert/strict';
import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import manifest from '../../package.json';
import { startFaultySandbox, type FaultySandbox } from '../sandbox/faultySandbox.ts';
import { aPerson, type Person } from '../support/person.ts';
import { configuration, readAccountId, run, set } from './support/host.ts';

const extensionId = 'vps-org-tools.vps-org';
const commandIds = manifest.contributes.commands.map(({ command }) => command);
const settingKeys = Object.keys(manifest.contributes.configuration.properties).map((key) =>
  key.replace('vpsOrg.', ''),
);

describe('Extension', () => {
  let sandbox: FaultySandbox;
  let person: Person;
  let leave: () => void;

  before(async () => {
    sandbox = await startFaultySandbox({ speed: 50 });
    await set('apiUrl', sandbox.url);
  });
  after(async () => {
    await set('apiUrl', undefined);
    await sandbox.close();
  });
  beforeEach(() => {
    ({ person, leave } = aPerson());
  });
  afterEach(() => {
    leave();
    sandbox.faults.clear();
  });

  const changes = (): readonly string[] =>
    sandbox.requests
      .filter(({ method }) => method !== 'GET')
      .map(({ method, path }) => `${method} ${path}`);

  it('is not activated at startup', () => {
    assert.equal(vscode.extensions.getExtension(extensionId)?.isActive, false);
  });

  it('is activated by its first command and registers all commands', async () => {
    person.picks.push(undefined);
    await run('vpsOrg.groupBy');
    assert.equal(vscode.extensions.getExtension(extensionId)?.isActive, true);
    const known = new Set(await vscode.commands.getCommands(true));
    assert.deepEqual(
      commandIds.filter((id) => !known.has(id)),
      [],
    );
  });

  it('asks to sign in when a command needs a server and no account is signed in', async () => {
    person.typed.push(undefined);
    await run('vpsOrg.server.stop');
    assert.deepEqual(sandbox.requests, []);
  });

  it('keeps the input box open until the token is right, and sends it only to its own URL', async () => {
    person.typed.push('', 'a b', 'vps_wrong_token', `Bearer ${sandbox.token}`);
    await run('vpsOrg.signIn');
    assert.equal(person.complaints.length, 3);
    assert.match(person.complaints.at(-1) ?? '', /rejected/u);
    assert.ok(sandbox.requests.every(({ authorization }) => authorization?.startsWith('Bearer ')));
  });

  it('picks a server, asks for confirmation and sends one request', async () => {
    person.picks.push('web-server-01');
    person.answers.push('Stop');
    await run('vpsOrg.server.stop');
    assert.ok(person.offered[0]?.includes('db-server-01'));
    assert.ok(!person.offered[0]?.includes('cache-01'));
    assert.match(person.heard[0] ?? '', /Stop "web-server-01"\?/u);
    assert.deepEqual(changes(), ['POST /servers/12345/stop/']);
  });

  it('skips the confirmation when the settings disable it', async () => {
    await set('confirmReboot', false);
    const account = await accountId();
    const before = changes().length;
    await run('vpsOrg.server.reboot', { accountId: account, serverId: '12346' });
    await set('confirmReboot', undefined);
    assert.deepEqual(changes().slice(before), ['POST /servers/12346/reboot/']);
  });

  it('never deletes for forged arguments: it looks the server up and always asks', async () => {
    const account = await accountId();
    const before = changes().length;
    const forged: unknown[] = [
      { accountId: account, serverId: '12345/../12346' },
      { accountId: account, serverId: '999' },
      { accountId: 'nobody', serverId: '12345' },
      { accountId: account, serverId: '12345', confirmed: true, confirm: false },
    ];
    for (const argument of forged) {
      await run('vpsOrg.server.delete', argument, [argument], { confirmed: true });
    }
    assert.deepEqual(changes().slice(before), []);
    assert.equal(person.heard.filter((text) => text.startsWith('Delete "')).length, 1);
  });

  it('asks before changing several servers even when the settings disable it', async () => {
    await set('confirmReboot', false);
    const account = await accountId();
    const before = changes().length;
    const rows = ['12345', '12346'].map((serverId) => ({ accountId: account, serverId }));
    for (const { serverId } of rows) {
      sandbox.world.setStatus(Number(serverId), 'active');
    }
    await run('vpsOrg.refresh');
    await run('vpsOrg.server.reboot', rows[0], rows);
    await set('confirmReboot', undefined);
    assert.match(person.heard[0] ?? '', /Reboot 2 servers\?/u);
    assert.deepEqual(changes().slice(before), []);
  });

  it('requires the name before deleting', async () => {
    const account = await accountId();
    const deleted = sandbox.world.add({ name: 'doomed', location: 'us-west', status: 'stopped' });
    await run('vpsOrg.refresh');
    const before = changes().length;
    person.answers.push('Delete');
    person.typed.push('other', undefined);
    await run('vpsOrg.server.delete', { accountId: account, serverId: String(deleted.id) });
    assert.deepEqual(changes().slice(before), []);
    person.answers.push('Delete');
    person.typed.push('doomed');
    await run('vpsOrg.server.delete', { accountId: account, serverId: String(deleted.id) });
    assert.deepEqual(changes().slice(before), [`DELETE /servers/${deleted.id}/`]);
  });

  it('deletes nothing when the server is renamed during the confirmation', async () => {
    const account = await accountId();
    const moving = sandbox.world.add({ name: 'moving', location: 'us-west', status: 'stopped' });
    await run('vpsOrg.refresh');
    const before = changes().length;
    const ref = { accountId: account, serverId: String(moving.id) };
    const original = vscode.window.showWarningMessage;
    vscode.window.showWarningMessage = async () => {
      vscode.window.showWarningMessage = original;
      sandbox.world.update(moving.id, { name: 'precious' });
      await run('vpsOrg.server.refresh', ref);
      return 'Delete';
    };
    person.typed.push('moving');
    await run('vpsOrg.server.delete', ref);
    assert.deepEqual(changes().slice(before), []);
    assert.match(person.heard.at(-1) ?? '', /renamed in the meantime/u);
    sandbox.world.remove(moving.id);
  });

  it('accepts invalid arguments of every command without an error', async () => {
    const garbage: unknown[] = [
      null,
      0,
      'x',
      [],
      {},
      { accountId: 1 },
      { accountId: 'a', serverId: {} },
      [[]],
      Symbol('s').toString(),
    ];
    const before = changes().length;
    // All questions stay unanswered. One of the commands creates the sample account.
    for (const command of commandIds.filter(
      (id) => id !== 'vpsOrg.showLog' && id !== 'vpsOrg.filter',
    )) {
      for (const argument of garbage) {
        await run(command, argument, argument);
      }
    }
    assert.deepEqual(changes().slice(before), []);
    assert.deepEqual(
      person.heard.filter((text) => text.includes('went wrong in the extension')),
      [],
    );
  }).timeout(60_000);

  it('ignores workspace settings', async () => {
    for (const key of settingKeys) {
      const before = configuration().get(key);
      // VS Code refuses to write the setting, or writes it without an effect.
      await Promise.resolve(
        configuration().update(key, 'x', vscode.ConfigurationTarget.Workspace),
      ).catch(() => undefined);
      assert.deepEqual(configuration().get(key), before, key);
    }
  });

  it('reports an invalid setting and uses the default', async () => {
    await set('refreshInterval', 3);
    await waitFor(() =>
      person.heard.some((text) =>
        text.includes('"vpsOrg.refreshInterval" must be a number between 10'),
      ),
    );
    await set('refreshInterval', undefined);
  });

  it('uses the proxy of VS Code', async () => {
    const proxied: string[] = [];
    const proxy = createServer();
    proxy.on('connect', (request, socket) => {
      proxied.push(request.url ?? '');
      socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
    });
    const url = await listen(proxy);
    const http = vscode.workspace.getConfiguration('http');
    await http.update('proxy', url, vscode.ConfigurationTarget.Global);
    await set('apiUrl', 'https://vps.invalid/api/v1');
    try {
      person.typed.push('vps_some_token_for_the_proxy', undefined);
      await run('vpsOrg.signIn');
      assert.ok(proxied.includes('vps.invalid:443'), `proxied: ${proxied.join(', ') || 'nothing'}`);
    } finally {
      await http.update('proxy', undefined, vscode.ConfigurationTarget.Global);
      await set('apiUrl', sandbox.url);
      proxy.close();
    }
  });

  it('shows the JSON of a server as the API returned it', async () => {
    await run('vpsOrg.server.showJson', { accountId: await accountId(), serverId: '12346' });
    const document = vscode.window.activeTextEditor?.document;
    assert.equal(document?.languageId, 'json');
    assert.equal((JSON.parse(document.getText()) as { id: number }).id, 12346);
    await run('workbench.action.closeActiveEditor');
  });

  it('copies an address', async () => {
    person.picks.push('db-server-01');
    await run('vpsOrg.server.copyIp');
    assert.equal(await vscode.env.clipboard.readText(), '203.0.113.11');
  });

  it('signs out after a confirmation and sends no further requests', async () => {
    for (const label of ['Sample servers', undefined]) {
      person.picks.push(label);
      person.answers.push('Sign Out');
      await run('vpsOrg.signOut');
    }
    assert.match(person.heard[0] ?? '', /Sign out of "Sample servers"\?/u);
    assert.match(person.heard[1] ?? '', /Sign out of "sample@example\.com"\?/u);
    const requestCount = sandbox.requests.length;
    await run('vpsOrg.refresh');
    assert.equal(sandbox.requests.length, requestCount);
  });

  let knownAccountId: string | undefined;
  async function accountId(): Promise<string> {
    return (knownAccountId ??= await readAccountId());
  }
});

async function listen(server: HttpServer): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Waits until an event of VS Code makes the condition true. */
async function waitFor(condition: () => boolean): Promise<void> {
  while (!condition()) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}
