import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../../scripts/processes.mjs';
import { makeSshHome, type SshHome } from '../support/sshHome.ts';
import { startSshServer, type SshServer } from '../support/sshServer.ts';
import { WorkbenchMenu } from '../support/workbenchMenu.ts';
import { WorkbenchTerminal } from '../support/workbenchTerminal.ts';
import { waitUntil } from '../support/workbenchWait.ts';
import { signIn, useAccount } from './account.ts';

const config = 'Host *\n  ServerAliveInterval 9\n';

describe('SSH with a real server', () => {
  const settings: Record<string, unknown> = { 'terminal.integrated.gpuAcceleration': 'off' };
  let server: SshServer;
  let home: SshHome;

  before('start sshd', async function () {
    this.timeout(120_000);
    const found = await makeSshHome();
    if (typeof found === 'string') {
      console.log(`      ${found}`);
      this.skip();
    }
    home = found;
    const started = await startSshServer();
    if (typeof started === 'string') {
      throw new Error(started);
    }
    server = started;
    await mkdir(join(home.path, '.ssh'), { mode: 0o700 });
    await writeFile(join(home.path, '.ssh', 'config'), config);
    settings['vpsOrg.ssh.port'] = server.port;
    settings['vpsOrg.ssh.user'] = server.user;
    settings['vpsOrg.ssh.identityFile'] = server.identityFile;
  });

  const account = useAccount({}, settings, () => ({ env: home.env }));

  before('sign in', async () => {
    const { sandbox, window, tree } = account;
    sandbox.world.add({
      name: 'shell-01',
      location: 'us-west',
      ip_address: '127.0.0.1',
      ipv6_address: null,
    });
    await signIn(window, sandbox.token);
    await tree.row('shell-01').waitFor();
  });

  after('stop sshd', async () => {
    await server?.close();
    await home?.remove();
  });

  /** Confirms the host key, and runs a command whose output only a remote shell can have. */
  async function useTerminal(fingerprint: string): Promise<void> {
    const terminal = new WorkbenchTerminal(account.window.page);
    await terminal.waitForText(/Are you sure you want to continue connecting/u);
    assert.ok((await terminal.text()).replaceAll('\n', '').includes(fingerprint));
    await terminal.enter('yes');
    await terminal.waitForText(/[$#]$/mu);
    await terminal.enter('echo "answer $((6 * 7)) from port ${SSH_CONNECTION##* }"');
    await terminal.waitForText(new RegExp(`^answer 42 from port ${server.port}$`, 'mu'));
  }

  it('opens a shell from the button on the row', async () => {
    const { window, tree } = account;
    await tree.inlineAction('shell-01', 'Open SSH Terminal');
    await useTerminal(await server.fingerprint());
    await window.screenshot('ssh-terminal');
    const terminal = new WorkbenchTerminal(window.page);
    // The exit code of the last command is no error of SSH.
    await terminal.enter('exit 3');
    await terminal.waitForClosed();
    assert.equal(await window.countNotifications('shell-01'), 0);
    // VS Code itself reports the exit code.
    await window.palette('Notifications: Clear All Notifications');
  });

  it('explains a changed host key, removes the old one, and connects again', async () => {
    const { window, tree } = account;
    const oldFingerprint = await server.fingerprint();
    await server.recreate();
    const newFingerprint = await server.fingerprint();

    await tree.contextMenu('shell-01', 'Open SSH Terminal');
    const ended = await window.notification('The host key of "shell-01" has changed');
    await ended.press('Check Connection...');
    const changed = await window.notification('created again at the same address');
    const report = await window.editorText();
    assert.match(report, /Failed - Host key/u);
    await window.screenshot('ssh-key-changed');
    await changed.press('Remove Old Key...');
    const question = await window.dialog('Remove the old host key of "shell-01"?');
    const text = await question.text();
    assert.ok(text.includes(oldFingerprint) && text.includes(newFingerprint), text);
    await window.screenshot('ssh-remove-key');
    await question.press('Remove Old Key');
    const removed = await window.notification('Removed the old host key of "shell-01"');
    await removed.press('Open SSH Terminal');
    await useTerminal(newFingerprint);
    const terminal = new WorkbenchTerminal(window.page);
    await terminal.enter('exit');
    await terminal.waitForClosed();
  });

  it('lets ssh outside VS Code use the managed config, and leaves no trace of it', async () => {
    const { window } = account;
    await window.palette('VPS.org: Keep SSH Config Up to Date...');
    await (await window.dialog('Add one line to ~/.ssh/config?')).press('Add Line');
    await (await window.notification('In any terminal, connect with: ssh shell-01.vps')).dismiss();

    const ssh = async (): Promise<{ code: number; output: string }> =>
      run('ssh', ['-o', 'BatchMode=yes', 'shell-01.vps', 'echo $((6 * 7))'], { env: home.env });
    assert.deepEqual(await ssh(), { code: 0, output: '42\n' });

    await window.palette('VPS.org: Keep SSH Config Up to Date...');
    await (await window.dialog('Your SSH config is kept up to date.')).press('Stop and Remove');
    await waitUntil(
      () => Promise.resolve(!existsSync(join(home.path, '.ssh', 'vps-org.config'))),
      'the removal of the file',
    );
    assert.equal(await readFile(join(home.path, '.ssh', 'config'), 'utf8'), config);
    assert.notEqual((await ssh()).code, 0);
  });

  it('offers servers in the + menu of the terminal, where Escape is no error', async () => {
    const { window } = account;
    // VS Code's own messages about exit codes of the tests before.
    await window.palette('Notifications: Clear All Notifications');
    await window.palette('View: Toggle Terminal');
    const terminal = new WorkbenchTerminal(window.page);
    await terminal.waitForText(/[$#]$/mu);
    await terminal.enter('echo local shell');
    await terminal.waitForText(/^local shell$/mu);
    const openMenu = async (): Promise<void> => {
      // The arrow beside the + has no role in older versions of VS Code.
      const arrow = window.page.locator('.part.panel .dropdown-action-container').first();
      await WorkbenchMenu.choose(window.page, (timeout) => arrow.click({ timeout }), [
        'VPS.org Server...',
      ]);
      await window.page.getByPlaceholder('Open an SSH terminal on which server?').waitFor();
    };
    await openMenu();
    await window.quickPick.cancel();
    await openMenu();
    await window.quickPick.pick('shell-01');
    await terminal.waitForText(/^(?![^]*local shell)[^]*[$#]\s*$/u);
    await terminal.enter('echo "from port ${SSH_CONNECTION##* }"');
    await terminal.waitForText(new RegExp(`^from port ${server.port}$`, 'mu'));
    // An error of the cancelled menu would be here by now.
    assert.equal(await window.countNotifications(), 0);
    await terminal.enter('exit');
    await terminal.waitForText(/^local shell$/mu);
  });
});
