import { signIn, useAccount } from '../e2e/account.ts';
import { useWorkbench } from '../e2e/fixture.ts';

const appearance = {
  colorTheme: 'Default Dark Modern',
  viewport: { width: 1200, height: 760 },
};

describe('Pictures of the sample servers', () => {
  const fixture = useWorkbench(() => appearance);

  it('shows the welcome view', async () => {
    const { window } = fixture;
    await window.openView('VPS.org');
    await window.welcome('Try with Sample Servers').waitFor();
    await window.screenshot('readme-welcome');
  });

  it('shows the servers, and the usage of one over some minutes', async function () {
    this.timeout(300_000);
    const { window } = fixture;
    await window.welcome('Try with Sample Servers').click();
    const tree = window.tree('Servers');
    await tree.click('web-server-01');
    const frame = await window.webviewFrame('web-server-01');
    await frame.getByText('5 min ago').first().waitFor({ timeout: 240_000 });
    await window.screenshot('readme-details');
  });

  it('shows the menu of a server', async () => {
    const { window } = fixture;
    const menu = await window.tree('Servers').openContextMenu('db-server-01');
    await menu.item('Delete Server...').waitFor();
    await window.screenshot('readme-menu');
    await menu.close();
  });

  it('shows the create form with the summary and its price', async () => {
    const { window } = fixture;
    await window.viewAction('Create Server...');
    const frame = await window.webviewFrame('Create Server');
    await frame.getByRole('textbox', { name: 'Name', exact: true }).fill('web-server-02');
    await frame.getByRole('combobox', { name: 'Location', exact: true }).selectOption('us-west');
    await frame.getByRole('radio', { name: /Standard VPS/u }).check();
    await frame
      .getByRole('combobox', { name: 'Operating system', exact: true })
      .selectOption({ label: 'Ubuntu 22.04 LTS' });
    await window.screenshot('readme-create');
  });
});

describe('Pictures of a fleet', () => {
  const account = useAccount({ seed: { count: 40 } }, {}, () => appearance);

  it('shows a filtered fleet', async () => {
    const { window, tree, sandbox } = account;
    await signIn(window, sandbox.token);
    await tree.row('ap-southeast').waitFor();
    await window.viewAction('Filter Servers...');
    await window.quickPick.waitFor();
    await window.quickPick.toggle('us-west');
    await window.quickPick.acceptChecked();
    await window.sideBarText('Filtered by us-west: 9 of 40 servers.').waitFor();
    await tree.click('server-00004', { clickCount: 2 });
    const frame = await window.webviewFrame('server-00004');
    await frame.getByRole('meter', { name: 'Bandwidth' }).waitFor();
    await window.screenshot('readme-fleet');
  });

  it('shows the question before an action on a group', async () => {
    const { window, tree } = account;
    await tree.contextMenu('us-west', 'Stop Server...');
    const question = await window.dialog('Stop 7 servers?');
    await window.screenshot('readme-question');
    await question.press('Cancel');
  });
});

describe('Picture of organized servers', () => {
  const account = useAccount(
    { seed: { count: 12 } },
    { 'vpsOrg.protect': ['server-00002'] },
    () => appearance,
  );

  it('shows pins, colors, a lock, and a tooltip with price and note', async () => {
    const { window, tree, sandbox } = account;
    await signIn(window, sandbox.token);
    await tree.row('ap-southeast').waitFor();
    await tree.contextMenu('server-00002', 'Organize', 'Pin Server to Top');
    await tree.row('Pinned').waitFor();
    const pinned = /^server-00002, .*pinned/u;
    await tree.contextMenu(pinned, 'Organize', 'Set Server Color...');
    await window.quickPick.pick('Red');
    await tree.row(/^server-00002, .*pinned.*marked/u).waitFor();
    await tree.contextMenu('server-00005', 'Organize', 'Set Server Color...');
    await window.quickPick.pick('Blue');
    await tree.row(/^server-00005, .*marked/u).waitFor();
    await tree.contextMenu(pinned, 'Organize', 'Edit Server Note...');
    await window.inputBox.fill('Database of the shop. Ask Ada before any change.');
    await window.inputBox.accept();
    await window.inputBox.waitForClosed();
    await tree.tooltip(pinned);
    await window.screenshot('readme-organize');
  });
});
