import assert from 'node:assert/strict';
import { button, plan, planGroup, select, sent, text, useCreateForm } from './support/createPage.ts';
import { descriptionOf } from './support/focus.ts';
import { createMessage, editing, filledValues, plans } from './support/states.ts';

describe('What the create form offers', () => {
  const open = useCreateForm();

  it('shows in the colour of the theme where the keyboard is, also after a click', async () => {
    const webview = await open();
    const focusColour = await webview.page.evaluate(() => {
      const probe = document.body.appendChild(document.createElement('i'));
      probe.style.color = 'var(--vscode-focusBorder)';
      return getComputedStyle(probe).color;
    });
    for (const control of [plan(webview, 'Standard VPS'), select(webview, 'Location'), text(webview, 'Name')]) {
      await control.click();
      assert.equal(await control.evaluate((element) => getComputedStyle(element).outlineColor), focusColour);
    }
  });

  it('shows the plans that are offered at the location, and says when the chosen one is not', async () => {
    const webview = await open({ initial: { ...filledValues, location: 'us-east', planId: '4' } });
    const names = (): Promise<string[]> => planGroup(webview).getByRole('rowheader').locator('label').allTextContents();
    assert.deepEqual(await names(), ['Starter VPS', 'Standard VPS', 'Performance VPS', 'Business VPS']);
    await select(webview, 'Location').selectOption('us-west');
    assert.deepEqual(await names(), ['Starter VPS', 'Standard VPS', 'Performance VPS']);
    const missing = planGroup(webview).getByText('The chosen plan is not offered at this location.');
    assert.equal(await missing.isVisible(), true);
    await select(webview, 'Location').selectOption('us-east');
    assert.equal(await plan(webview, 'Business VPS').isChecked(), true);
    assert.equal(await missing.isVisible(), false);
  });

  it('takes a plan that the host has only later, unless one was chosen or is being typed', async () => {
    const early = { ...filledValues, planId: '' };
    const webview = await open({ phase: 'loading', initial: early });
    const name = text(webview, 'Name');
    await name.fill('billing-01');
    await webview.send(createMessage({ initial: filledValues }));
    assert.equal(await plan(webview, 'Standard VPS').isChecked(), true);
    assert.equal(await name.inputValue(), 'billing-01');

    await webview.send(createMessage({ formId: 'form-2', initial: early }));
    await plan(webview, 'Starter VPS').check();
    await webview.send(createMessage({ formId: 'form-2', initial: filledValues }));
    assert.equal(await plan(webview, 'Starter VPS').isChecked(), true);

    await webview.send(createMessage({ formId: 'form-3', initial: early }));
    await planGroup(webview).getByRole('radio', { name: 'Other...' }).check();
    await webview.send(createMessage({ formId: 'form-3', initial: filledValues }));
    assert.equal(await text(webview, 'Plan ID').inputValue(), '');
  });

  it('has a plan that came while the tab was hidden', async () => {
    const webview = await open({ initial: { ...filledValues, planId: '' } });
    await text(webview, 'Name').fill('billing-01');
    await webview.reload();
    await webview.send(createMessage({ initial: filledValues }));
    assert.equal(await plan(webview, 'Standard VPS').isChecked(), true);
    assert.equal(await text(webview, 'Name').inputValue(), 'billing-01');
  });

  it('says when no plan is offered at the location', async () => {
    const webview = await open();
    await select(webview, 'Location').selectOption('Other...');
    await text(webview, 'Location code').fill('mars-1');
    assert.equal(await planGroup(webview).getByText('No plan is offered at this location.').isVisible(), true);
    await planGroup(webview).getByRole('radio', { name: 'Other...' }).check();
    await text(webview, 'Plan ID').fill('99');
    await text(webview, 'Name').fill('web-3');
    await select(webview, 'Operating system').selectOption('Other...');
    await text(webview, 'Operating system ID').fill('12');
    assert.equal(await webview.page.getByText('web-3 in mars-1, Plan 99, Operating system 12.').isVisible(), true);
    assert.equal(await webview.page.getByText('The price is not known.', { exact: true }).isVisible(), true);
    await button(webview, 'Create Server').click();
    assert.equal((await sent(webview, 'create')).length, 1);
  });

  it('lets everything be typed where there is nothing to choose from', async () => {
    const webview = await open({ choices: { plans: [], locations: [], operatingSystems: [], sshKeyIds: [] } });
    await text(webview, 'Location code').fill('us-west');
    await text(webview, 'Plan ID').fill('1');
    await text(webview, 'Operating system ID').fill('5');
    await text(webview, 'Name').fill('web-3');
    await button(webview, 'Create Server').click();
    assert.equal((await sent(webview, 'create')).length, 1);
  });

  it('has a table to compare plans by, and reads a plan with its radio button', async () => {
    const webview = await open();
    const { page } = webview;
    assert.deepEqual(await page.getByRole('columnheader').allTextContents(), [
      ...['Plan', 'vCPU', 'Memory', 'Disk', 'Traffic', 'Monthly', 'Hourly'],
    ]);
    const row = page.getByRole('row').filter({ hasText: 'Standard VPS' });
    assert.deepEqual(await row.getByRole('cell').allTextContents(), ['2', '4 GiB', '80 GB', '2 TB', '$12.00', '$0.018']);
    assert.equal(
      await descriptionOf(plan(webview, 'Standard VPS')),
      '2 vCPU, 4 GiB memory, 80 GB disk, 2 TB traffic a month. $12.00 a month, $0.018 an hour',
    );
    await row.getByRole('cell').first().click();
    assert.equal(await plan(webview, 'Standard VPS').isChecked(), true);
  });

  it('says what will be made and what it costs, aloud only when a change is done', async () => {
    const webview = await open({ initial: { ...filledValues, planId: '' } });
    const { page } = webview;
    const status = page.getByRole('status');
    assert.equal(await page.getByText('Fill in the required fields').isVisible(), true);
    await plan(webview, 'Standard VPS').check();
    const words = 'web-server-02 in us-west, Standard VPS, Ubuntu 22.04 LTS. $12.00 a month, $0.018 an hour';
    assert.equal(await status.textContent(), words);
    await text(webview, 'Name').fill('w');
    await text(webview, 'Name').pressSequentially('eb');
    assert.equal(await status.textContent(), words);
    await text(webview, 'Name').blur();
    assert.match((await status.textContent()) ?? '', /^web in us-west/u);
    assert.equal(await page.getByText("VPS.org's FAQ says").isVisible(), true);
  });

  it('says what half of a price is known, and that a sample costs nothing', async () => {
    const [first] = plans;
    const webview = await open({
      ...{ initial: { ...filledValues, planId: '3' }, isSample: true },
      choices: { ...editing.choices, plans: [{ ...first!, priceHourly: undefined, bandwidthGB: undefined }] },
    });
    const { page } = webview;
    assert.equal(await page.getByText('$6.00 a month', { exact: true }).isVisible(), true);
    assert.equal(await page.getByRole('cell', { name: 'Not known' }).count(), 2);
    assert.equal(await page.getByText('nothing costs money').isVisible(), true);
  });
});
