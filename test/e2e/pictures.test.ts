import { useWorkbench } from './fixture.ts';

describe('pictures for the README', () => {
  const fixture = useWorkbench(() => ({
    colorTheme: 'Default Dark Modern',
    viewport: { width: 1200, height: 760 },
  }));

  it('show how it begins', async () => {
    const { window } = fixture;
    await window.openView('VPS.org');
    await window.welcome('Try with Sample Servers').waitFor();
    await window.screenshot('readme-welcome');
  });

  it('show the servers with the details of one', async () => {
    const { window } = fixture;
    await window.welcome('Try with Sample Servers').click();
    const tree = window.tree('Servers');
    await tree.click('web-server-01');
    const frame = await window.webviewFrame('web-server-01');
    await frame.getByRole('meter', { name: 'Bandwidth' }).waitFor();
    await window.screenshot('readme-details');
  });

  it('show the menu of a server', async () => {
    const { window } = fixture;
    const menu = await window.tree('Servers').openContextMenu('db-server-01');
    await menu.item('Delete...').waitFor();
    await window.screenshot('readme-menu');
    await menu.close();
  });

  it('show the create form', async () => {
    const { window } = fixture;
    await window.viewAction('Create Server...');
    const frame = await window.webviewFrame('Create Server');
    await frame.getByRole('textbox', { name: 'Name', exact: true }).fill('web-server-02');
    await frame.getByRole('combobox', { name: 'Location', exact: true }).selectOption('us-west');
    await frame.getByRole('radio', { name: /Standard VPS/u }).check();
    await frame.getByRole('combobox', { name: 'Operating system', exact: true }).selectOption({ label: 'Ubuntu 22.04 LTS' });
    await window.screenshot('readme-create');
  });
});
