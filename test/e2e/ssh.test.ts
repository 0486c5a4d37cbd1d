import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { waitUntil } from '../support/workbenchWait.ts';
import { signIn, useAccount } from './account.ts';

/** A port of this computer that refuses connections. */
async function closedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describe('SSH', () => {
  const settings: Record<string, unknown> = { 'terminal.integrated.gpuAcceleration': 'off' };
  const config = 'Host *\r\n  ServerAliveInterval 9\r\n';
  let home = '';
  let id = 0;
  const account = useAccount({}, settings, async () => {
    settings['vpsOrg.ssh.port'] = await closedPort();
    home = await mkdtemp(join(tmpdir(), 'vps-org-home-'));
    await mkdir(join(home, '.ssh'));
    await writeFile(join(home, '.ssh', 'config'), config);
    return { env: { ...process.env, HOME: home } };
  });
  const port = (): string => String(settings['vpsOrg.ssh.port']);

  before('sign in', async () => {
    // The simulated API is on this computer, so a server of it may be too.
    id = account.sandbox.world.add({
      name: 'shell-01',
      location: 'us-west',
      ip_address: '127.0.0.1',
      ipv6_address: null,
    }).id;
    await signIn(account.window, account.sandbox.token);
    await account.tree.row('shell-01').waitFor();
  });

  after('remove the home folder', () => rm(home, { recursive: true, force: true }));

  it('explains why the terminal of a server ended, with the next step', async () => {
    const { window, tree } = account;
    await tree.contextMenu('shell-01', 'Open SSH Terminal');
    // The terminal takes the focus, and gives it back when ssh ends.
    await waitUntil(
      async () => (await window.countNotifications('refused the connection')) > 0,
      'a notification',
    );
    const notification = await window.notification(
      `"shell-01" refused the connection at port ${port()}.`,
    );
    await window.screenshot('ssh-refused');
    assert.ok((await notification.buttons()).includes('Try Again'));
    await notification.dismiss();
  });

  it('opens a terminal from the button on the row', async () => {
    const { window, tree } = account;
    await tree.inlineAction('shell-01', 'Open SSH Terminal');
    await (await window.notification('refused the connection')).dismiss();
  });

  it('says that a simulated server has no SSH', async () => {
    const { window, tree } = account;
    await tree.contextMenu('db-server-01', 'Open SSH Terminal');
    await (await window.notification('"db-server-01" is simulated')).dismiss();
  });

  it('offers the terminal where there are no remote windows', async () => {
    const { window, tree } = account;
    await tree.contextMenu('shell-01', 'Open in Remote Window (SSH)...');
    const notification = await window.notification('need the desktop version');
    assert.ok((await notification.buttons()).includes('Open SSH Terminal'));
    await notification.dismiss();
  });

  it('uses the SSH settings of one server for its command and shows them in its details', async () => {
    const { window, tree } = account;
    await tree.contextMenu('shell-01', 'Edit SSH Settings...');
    await window.quickPick.pick('User');
    await window.inputBox.waitFor('User for SSH to "shell-01"');
    await window.inputBox.fill('-oProxyCommand=id');
    await window.inputBox.waitForMessage(/is not valid/u);
    await window.inputBox.fill('deploy');
    await window.inputBox.accept();
    await window.page.getByPlaceholder('SSH settings of "shell-01"').waitFor();
    await window.screenshot('ssh-settings');
    await window.quickPick.cancel();
    await tree.contextMenu('shell-01', 'Copy', 'Copy SSH Command');
    await waitUntil(
      async () => (await window.clipboard()) === `ssh -p ${port()} deploy@127.0.0.1`,
      'the SSH command in the clipboard',
    );
    await tree.click('shell-01');
    const frame = await window.webviewFrame('shell-01');
    await frame.getByText(`deploy@127.0.0.1, port ${port()}`, { exact: true }).waitFor();
    await frame.getByRole('button', { name: 'Open SSH Terminal' }).waitFor();
    await window.screenshot('ssh-details');
  });

  it('keeps the SSH config up to date until a person turns that off', async () => {
    const { window, sandbox } = account;
    const ours = join(home, '.ssh', 'vps-org.config');
    const read = async (): Promise<string> =>
      existsSync(ours) ? await readFile(ours, 'utf8') : '';
    await window.palette('VPS.org: Keep SSH Config Up to Date...');
    const question = await window.dialog('Add one line to ~/.ssh/config?');
    assert.match(await question.text(), /Include vps-org\.config/u);
    await window.screenshot('ssh-config');
    await question.press('Add Line');
    await (await window.notification('In any terminal, connect with: ssh shell-01.vps')).dismiss();
    assert.equal(
      await readFile(join(home, '.ssh', 'config'), 'utf8'),
      `Include vps-org.config\r\n${config}`,
    );
    assert.match(await read(), /^Host shell-01\.vps\n {4}HostName 127\.0\.0\.1$/mu);
    sandbox.world.update(id, { name: 'renamed-01' });
    await window.viewAction('Refresh');
    await waitUntil(async () => /^Host renamed-01\.vps$/mu.test(await read()), 'the new alias');
    await window.palette('VPS.org: Keep SSH Config Up to Date...');
    await (await window.dialog('Your SSH config is kept up to date.')).press('Stop and Remove');
    await waitUntil(() => Promise.resolve(!existsSync(ours)), 'the removal of the file');
    assert.equal(await readFile(join(home, '.ssh', 'config'), 'utf8'), config);
  });
});
