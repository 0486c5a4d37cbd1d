import assert from 'node:assert/strict';
import { signIn, useAccount } from './account.ts';

describe('Protection', () => {
  const account = useAccount({}, { 'vpsOrg.protect': ['db-*'] });

  before('sign in', async () => {
    const { window, tree, sandbox } = account;
    sandbox.world.add({ name: 'web-2', location: 'us-west', status: 'active' });
    sandbox.world.add({ name: 'web-3', location: 'us-west', status: 'active' });
    await signIn(window, sandbox.token);
    await tree.row('web-2').waitFor();
  });

  it('is a word in the label of the row, and a lock that leaves the status visible', async () => {
    const { window, tree } = account;
    const before = await tree.iconOf('web-server-01');
    await tree.contextMenu('web-server-01', 'Protect Server');
    await tree.row('web-server-01, active, protected, us-west').waitFor();
    assert.deepEqual(await tree.iconOf('web-server-01'), before);
    assert.match((await tree.row('web-server-01').textContent()) ?? '', /🔒 203.*active/u);
    await tree.row('db-server-01, active, protected').waitFor();
    assert.match(await tree.tooltip('db-server-01'), /Protected\s+in this editor only, by "db-\*"/);
    await window.screenshot('protected');
  });

  it('hides the changes from the menu of the row', async () => {
    const menu = await account.tree.openContextMenu('web-server-01');
    const names = await menu.names();
    await menu.close();
    for (const name of [
      'Stop Server...',
      'Reboot Server...',
      'Rename Server...',
      'Delete Server...',
    ]) {
      assert.ok(!names.includes(name), name);
    }
    assert.ok(names.includes('Unprotect Server...') && !names.includes('Protect Server'));
    assert.ok(names.includes('Create a Server Like This One...'));
  });

  it('explains why keys and the palette change nothing', async () => {
    const { window, tree } = account;
    await tree.focusRow('web-server-01');
    await tree.press('Delete');
    await (await window.notification('"web-server-01" is protected.')).dismiss();
    await tree.focusRow('web-server-01');
    await tree.press('F2');
    await (await window.notification('"web-server-01" is protected.')).dismiss();
    await window.palette('VPS.org: Stop Server...');
    await window.quickPick.waitFor('web-server-01');
    await window.quickPick.pick('web-server-01');
    const explanation = await window.notification('"web-server-01" is protected.');
    assert.ok((await explanation.buttons()).includes('Unprotect...'));
    await explanation.dismiss();
    assert.deepEqual(account.changes(), []);
  });

  it('disables the buttons and the settings of the details panel', async () => {
    const { window, tree } = account;
    await tree.click('web-server-01');
    const frame = await window.webviewFrame('web-server-01');
    await frame.getByText('"web-server-01" is protected.').waitFor();
    for (const name of ['Stop...', 'Reboot...', 'Delete...', 'Save Changes']) {
      assert.equal(await frame.getByRole('button', { name }).isDisabled(), true, name);
    }
    assert.equal(
      await frame.getByRole('textbox', { name: 'Name', exact: true }).isDisabled(),
      true,
    );
    await window.screenshot('protected-details');
  });

  it('skips the server by name when a location is stopped', async () => {
    const { window, tree } = account;
    await tree.contextMenu('us-west', 'Stop Server...');
    const question = await window.dialog('Stop 2 servers?');
    assert.match(await question.text(), /Skipped: .*web-server-01 \(protected\)/);
    await window.screenshot('protected-skipped');
    await question.press('Stop');
    await (
      await window.notification(/2 of 2 servers.*web-server-01 \(protected\)/)
    ).element.waitFor();
    assert.ok(account.changes().every((change) => !change.includes('/12345/')));
    assert.equal(account.changes().length, 2);
  });

  it('by the setting cannot be ended by the command, which says why', async () => {
    const { window, tree } = account;
    await tree.contextMenu('db-server-01', 'Unprotect Server...');
    const explanation = await window.notification('pattern "db-*"');
    assert.ok((await explanation.buttons()).includes('Open Settings'));
    await explanation.dismiss();
  });

  it('ends after a question, and the server can be changed again', async () => {
    const { window, tree } = account;
    const ask = async () => {
      await tree.contextMenu('web-server-01', 'Unprotect Server...');
      return await window.dialog('Unprotect "web-server-01"?');
    };
    const question = await ask();
    assert.match(await question.text(), /in this editor only/);
    await question.press('Cancel');
    await tree.row('web-server-01, active, protected').waitFor();
    await (await ask()).press('Unprotect');
    await tree.row('web-server-01, active, us-west').waitFor();
    await tree.contextMenu('web-server-01', 'Reboot Server...');
    await (await window.dialog('Reboot "web-server-01"?')).press('Reboot');
    await tree.row('web-server-01, rebooting').waitFor();
  });
});
