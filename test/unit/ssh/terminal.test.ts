import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, it } from 'mocha';
import { terminalProfileId } from '../../../src/ids.ts';
import type { SshOverrides } from '../../../src/state/sshProfiles.ts';
import { aList, aServer } from '../../support/builders.ts';
import {
  closedTerminals,
  newTerminals,
  openedTerminals,
  TerminalProfile,
  workspace,
} from '../../support/vscodeStub.ts';
import { waitUntil } from '../../support/workbenchWait.ts';
import { aRow, commandWorld, usePerson } from '../commands/commandWorld.ts';

const command = 'vpsOrg.server.openTerminal';

describe('Open SSH Terminal', () => {
  const front = usePerson();
  let dir = '';

  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'vps-org-terminal-'));
    openedTerminals.splice(0);
  });
  afterEach(() => {
    // The folder of the log is removed when the terminal closes.
    for (const creationOptions of openedTerminals) {
      closedTerminals.fire({ creationOptions, exitStatus: { code: 0 } });
    }
    workspace.isTrusted = true;
    rmSync(dir, { recursive: true });
  });

  async function world(overrides: SshOverrides = {}) {
    const server = aServer({ id: '1', name: 'web-1', ipAddress: '192.34.56.1' });
    const made = await commandWorld({ listServers: () => Promise.resolve(aList(server)) });
    await (await made.context.ssh()).setOverrides(aRow('1'), overrides);
    return made.context;
  }

  it('passes every value as an argument of ssh', async () => {
    const context = await world({ user: 'deploy', port: 2222, jumpHost: 'me@gate' });
    await context.registry.run(command, [aRow('1')]);
    const [log, ...args] = openedTerminals[0]?.shellArgs.slice(1) ?? [];
    assert.ok(log && existsSync(dirname(log)));
    assert.deepEqual(args, ['-p', '2222', '-J', 'me@gate', '-l', 'deploy', '--', '192.34.56.1']);
    assert.deepEqual(front.person.heard, []);
  });

  it('gives the reason why ssh ended, and removes its log', async () => {
    const context = await world({ jumpHost: 'gate' });
    await context.registry.run(command, [aRow('1')]);
    const [creationOptions] = openedTerminals.splice(0);
    const log = creationOptions?.shellArgs[1] ?? '';
    writeFileSync(log, 'Connection closed by UNKNOWN port 65535\r\n');
    assert.ok(creationOptions);
    closedTerminals.fire({ creationOptions, exitStatus: { code: 255 } });
    await waitUntil(() => Promise.resolve(!existsSync(dirname(log))), 'the removal of the log');
    assert.match(front.person.heard.join(), /^The jump host gate did not connect to "web-1"\./u);
  });

  it('says that Restricted Mode blocks terminals, and opens none', async () => {
    workspace.isTrusted = false;
    const context = await world();
    for (const args of [[aRow('1')], [terminalProfileId]]) {
      assert.equal(await context.registry.run(command, args), undefined);
    }
    const text = 'Terminals are blocked in Restricted Mode. Trust this workspace to use SSH.';
    assert.deepEqual(front.person.heard, [text, text]);
    assert.deepEqual(openedTerminals, []);
  });

  it('returns a profile for the + menu, and nothing after Escape', async () => {
    const context = await world();
    front.person.picks.push('web-1', undefined);
    const profile = await context.registry.run(command, [terminalProfileId]);
    assert.ok(profile instanceof TerminalProfile);
    assert.equal(profile.options.name, 'web-1');
    openedTerminals.push(profile.options);
    const shown: string[] = [];
    const other = { name: 'other', shellArgs: ['-l', 'root'] };
    for (const creationOptions of [other, profile.options, profile.options]) {
      newTerminals.fire({ creationOptions, show: () => shown.push(creationOptions.name) });
    }
    assert.deepEqual(shown, ['web-1']);
    assert.equal(await context.registry.run(command, [terminalProfileId]), undefined);
    assert.deepEqual(front.person.heard, []);
  });

  it('says what is wrong with an identity file, and opens the terminal all the same', async () => {
    const key = join(dir, 'key');
    writeFileSync(key, '');
    chmodSync(key, 0o644);
    for (const [identityFile, text] of [
      [join(dir, 'none'), /^The identity file \S+ does not exist/u],
      [join(key, 'below'), /^The identity file \S+ does not exist or cannot be read/u],
      [dir, /^The identity file \S+ is not a file/u],
      ...(process.platform === 'win32'
        ? []
        : [[key, /other users can read it\. Run: chmod 600 /u] as const]),
    ] as const) {
      front.person.heard.splice(0);
      const context = await world({ identityFile });
      await context.registry.run(command, [aRow('1')]);
      assert.match(front.person.heard.join(), text);
    }
    assert.ok(openedTerminals.every(({ shellArgs }) => shellArgs.includes('-i')));
  });

  it('refuses settings that ssh could misunderstand', async () => {
    for (const overrides of [
      { user: '-oProxyCommand=id' },
      { user: 'a b' },
      { user: 'a\nb' },
      { user: 'a@b' },
      { port: 0 },
      { port: 65_536 },
      { port: 22.5 },
      { jumpHost: 'no host' },
      { jumpHost: '-oProxyCommand=id' },
      { jumpHost: 'gate:65536' },
      { identityFile: 'relative' },
      { identityFile: '/a"b' },
      { identityFile: '/%d/key' },
    ]) {
      front.person.heard.splice(0);
      const context = await world(overrides);
      await context.registry.run(command, [aRow('1')]);
      assert.match(front.person.heard.join(), /^The SSH (?:user|port|jump host|identity file)/u);
    }
    assert.deepEqual(openedTerminals, []);
  });
});
