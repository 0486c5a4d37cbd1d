import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createConnection } from 'node:net';
import { signIn, useAccount } from './account.ts';

describe('Check Connection', () => {
  const account = useAccount();

  before('sign in', async () => {
    const { sandbox, window, tree } = account;
    sandbox.world.add({ name: 'local', hostname: '', ip_address: '127.0.0.1', ipv6_address: '' });
    await signIn(window, sandbox.token);
    await tree.row('local').waitFor();
  });

  it('explains a sample address at once', async () => {
    const { window, tree } = account;
    await tree.contextMenu('web-server-01', 'Check Connection...');
    const message = await window.notification('"web-server-01" is simulated: SSH cannot reach it.');
    await message.dismiss();
  });

  it('explains a closed port, shows each step, and waits for SSH until it is cancelled', async function () {
    if (await isOpen(22)) {
      // This computer runs an SSH server of its own.
      this.skip();
    }
    const { window, tree } = account;
    await tree.contextMenu('local', 'Check Connection...');
    const message = await window.notification('Port 22 of "local" refused the connection');
    assert.deepEqual(await message.buttons(), ['Check Again', 'Wait for SSH']);
    const report = await window.editorText();
    assert.match(report, /^SSH connection to "local" \(127\.0\.0\.1, /u);
    assert.match(report, /OK - Address: 127\.0\.0\.1, port 22/u);
    assert.match(report, /Failed - Port: connection refused/u);
    assert.match(report, /Not checked - Host key: an earlier step failed/u);
    await window.screenshot('check-connection');

    await message.press('Wait for SSH');
    const progress = await window.notification('Waiting for SSH');
    await window.screenshot('wait-for-ssh');
    await progress.element.getByRole('button', { name: 'Cancel' }).click();
    await progress.element.waitFor({ state: 'hidden' });
  });
});

async function isOpen(port: number): Promise<boolean> {
  const socket = createConnection({ host: '127.0.0.1', port });
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
