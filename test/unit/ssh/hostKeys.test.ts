import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { checkHostKey, removeHostKeys } from '../../../src/ssh/hostKeys.ts';
import type { SshTool, ToolResult } from '../../../src/ssh/sshTools.ts';

const place = { host: '203.0.113.1', port: 2222 };
const ended = (code: number, stdout = '', stderr = ''): ToolResult => ({
  kind: 'ended',
  code,
  stdout,
  stderr,
});
const line = (letter: string): string => `host ssh-ed25519 ${letter.repeat(68)}\n`;

function tools(results: Partial<Record<SshTool, ToolResult>>) {
  const runs: string[][] = [];
  return {
    runs,
    run: (tool: SshTool, args: readonly string[]) => {
      runs.push([tool, ...args]);
      return Promise.resolve(results[tool] ?? ended(0));
    },
  };
}
const { signal } = new AbortController();

describe('host keys', () => {
  it('are compared with known_hosts, by arguments without a shell', async () => {
    const { run, runs } = tools({
      'ssh-keygen': ended(0, line('a')),
      'ssh-keyscan': ended(0, line('a')),
    });
    assert.equal((await checkHostKey(place, { run }, signal)).kind, 'known');
    assert.deepEqual(runs, [
      ['ssh-keygen', '-F', '[203.0.113.1]:2222'],
      ['ssh-keyscan', '-T', '5', '-p', '2222', '--', '203.0.113.1'],
    ]);
  });

  it('are new without a known_hosts file or an entry in it', async () => {
    for (const found of [
      ended(1),
      ended(255, '', 'Cannot stat /home/jo/.ssh/known_hosts: No such file or directory'),
    ]) {
      const { run } = tools({ 'ssh-keygen': found, 'ssh-keyscan': ended(0, line('a')) });
      assert.equal((await checkHostKey(place, { run }, signal)).kind, 'new');
    }
  });

  it('are not judged where a program is missing, fails or shows nothing', async () => {
    const keys = ended(0, line('a'));
    const kindOf = async (results: Partial<Record<SshTool, ToolResult>>) =>
      checkHostKey(place, tools(results), signal);
    assert.deepEqual(await kindOf({ 'ssh-keygen': { kind: 'missing' } }), {
      kind: 'toolMissing',
      tool: 'ssh-keygen',
    });
    assert.deepEqual(await kindOf({ 'ssh-keygen': keys, 'ssh-keyscan': { kind: 'timedOut' } }), {
      kind: 'toolFailed',
      tool: 'ssh-keyscan',
      text: '',
    });
    assert.deepEqual(await kindOf({ 'ssh-keygen': ended(255, '', 'Permission\u001b denied\n') }), {
      kind: 'toolFailed',
      tool: 'ssh-keygen',
      text: 'Permission denied',
    });
    assert.deepEqual(await kindOf({ 'ssh-keygen': keys, 'ssh-keyscan': ended(1) }), {
      kind: 'noKey',
    });
  });

  it('are removed by name, and a failure is reported', async () => {
    const { run, runs } = tools({});
    const parts = { run, knownHostsFile: '/tmp/known_hosts' };
    assert.equal(await removeHostKeys(place, parts, signal), undefined);
    assert.deepEqual(runs, [['ssh-keygen', '-R', '[203.0.113.1]:2222', '-f', '/tmp/known_hosts']]);
    const failing = tools({ 'ssh-keygen': ended(255, '', 'read-only') });
    assert.equal((await removeHostKeys(place, failing, signal))?.kind, 'toolFailed');
  });
});
