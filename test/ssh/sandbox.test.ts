import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createConnection } from 'node:net';
import { endProcess, run, startProcess } from '../../scripts/processes.mjs';
import { waitUntil } from '../support/workbenchWait.ts';

describe('npm run sandbox -- --ssh', () => {
  before('needs an SSH server', function () {
    if (process.platform === 'win32') {
      this.skip();
    }
  });

  it('prints a command that connects, and ends the SSH server with the sandbox', async () => {
    const sandbox = startProcess(process.execPath, ['scripts/sandbox.mjs', '--ssh']);
    let output = '';
    sandbox.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    sandbox.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    let port: number | undefined;
    try {
      await waitUntil(() => {
        assert.equal(sandbox.exitCode, null, output);
        return Promise.resolve(output.includes('Press Ctrl-C'));
      }, 'the sandbox');
      const [, command = ''] = /In a terminal: ssh (.+)/u.exec(output) ?? [];
      port = Number(/-p (\d+)/u.exec(command)?.[1]);
      const options = ['BatchMode=yes', 'StrictHostKeyChecking=no', 'UserKnownHostsFile=/dev/null'];
      const args = options.flatMap((option) => ['-o', option]);
      const result = await run('ssh', [
        ...['-F', 'none', '-q', ...args, ...command.split(' ')],
        'echo $((6 * 7)) in $HOME',
      ]);
      assert.match(result.output, /^42 in \S+\/home\n$/u);
      assert.equal(result.code, 0);
      assert.ok(output.includes(`"vpsOrg.ssh.port": ${port},`), output);
    } finally {
      await endProcess(sandbox);
    }
    assert.ok(port);
    const socket = createConnection({ host: '127.0.0.1', port });
    await assert.rejects(once(socket, 'connect'), /ECONNREFUSED/u);
  });
});
