import assert from 'node:assert/strict';
import {
  button,
  plan,
  planGroup,
  select,
  sent,
  text,
  useCreateForm,
} from './support/createPage.ts';
import { descriptionOf, isFocused } from './support/focus.ts';
import { createMessage, editing, filledValues, plans } from './support/states.ts';

describe('create page: choices', () => {
  const open = useCreateForm();

  it("outlines the focused control in the theme's colour, also after a click", async () => {
    const webview = await open();
    const focusColour = await webview.page.evaluate(() => {
      const probe = document.body.appendChild(document.createElement('i'));
      probe.style.color = 'var(--vscode-focusBorder)';
      return getComputedStyle(probe).color;
    });
    for (const control of [
      plan(webview, 'Standard VPS'),
      select(webview, 'Location'),
      text(webview, 'Name'),
    ]) {
      await control.click();
      assert.equal(
        await control.evaluate((element) => getComputedStyle(element).outlineColor),
        focusColour,
      );
    }
  });

  it('shows the plans that are offered at the location, and an error if the selected one is not', async () => {
    const webview = await open({ initial: { ...filledValues, location: 'us-east', planId: '4' } });
    const names = (): Promise<string[]> =>
      planGroup(webview).getByRole('rowheader').locator('label').allTextContents();
    assert.deepEqual(await names(), [
      'Starter VPS',
      'Standard VPS',
      'Performance VPS',
      'Business VPS',
    ]);
    await select(webview, 'Location').selectOption('us-west');
    assert.deepEqual(await names(), ['Starter VPS', 'Standard VPS', 'Performance VPS']);
    const note = planGroup(webview).getByText('1 plan is not offered at this location.');
    assert.equal(await note.isVisible(), true);
    const missing = planGroup(webview).getByText('This plan is not offered at this location.');
    assert.equal(await missing.isVisible(), true);
    await select(webview, 'Location').selectOption('us-east');
    assert.equal(await plan(webview, 'Business VPS').isChecked(), true);
    assert.equal(await missing.isVisible(), false);
    assert.equal(await note.isVisible(), false);
  });

  it('says that backups are ordered, and not in the price', async () => {
    const webview = await open({ initial: { ...filledValues, backupsEnabled: false } });
    const words = webview.page.getByText('The price does not include automatic backups');
    const ordered = webview.page.getByText(/, with automatic backups\.$/u);
    assert.deepEqual([await words.count(), await ordered.count()], [0, 0]);
    await webview.page.getByRole('checkbox', { name: 'Automatic backups' }).check();
    assert.deepEqual([await words.isVisible(), await ordered.first().isVisible()], [true, true]);
  });

  it('selects a plan that arrives later, unless one was selected or typed', async () => {
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

  it('selects a plan that arrived while the tab was hidden', async () => {
    const webview = await open({ initial: { ...filledValues, planId: '' } });
    await text(webview, 'Name').fill('billing-01');
    await webview.reload();
    await webview.send(createMessage({ initial: filledValues }));
    assert.equal(await plan(webview, 'Standard VPS').isChecked(), true);
    assert.equal(await text(webview, 'Name').inputValue(), 'billing-01');
  });

  it('shows that no plan is offered at the location', async () => {
    const webview = await open();
    await select(webview, 'Location').selectOption('Other...');
    await text(webview, 'Location code').fill('mars-1');
    assert.equal(
      await planGroup(webview).getByText('No plans are offered at this location.').isVisible(),
      true,
    );
    await planGroup(webview).getByRole('radio', { name: 'Other...' }).check();
    await text(webview, 'Plan ID').fill('99');
    await text(webview, 'Name').fill('web-3');
    await select(webview, 'Operating system').selectOption('Other...');
    await text(webview, 'Operating system ID').fill('12');
    assert.equal(
      await webview.page.getByText('web-3 in mars-1, Plan 99, Operating system 12.').isVisible(),
      true,
    );
    assert.equal(
      await webview.page
        .getByText('Price unavailable. You will still be charged.', { exact: true })
        .isVisible(),
      true,
    );
    await button(webview, 'Create Server').click();
    assert.equal((await sent(webview, 'create')).length, 1);
  });

  it('has text fields if there are no choices', async () => {
    const webview = await open({
      choices: {
        plans: [],
        locations: [],
        operatingSystems: [],
        sshKeyIds: [],
        acceptsTextIds: false,
      },
    });
    await text(webview, 'Location code').fill('us-west');
    await text(webview, 'Plan ID').fill('1');
    await text(webview, 'Operating system ID').fill('5');
    await text(webview, 'Name').fill('web-3');
    await button(webview, 'Create Server').click();
    assert.equal((await sent(webview, 'create')).length, 1);
  });

  it('says where ids come from, and links to the panel of the account', async () => {
    const choices = { ...editing.choices, operatingSystems: [] };
    const webview = await open({ choices });
    assert.match(
      await descriptionOf(text(webview, 'Operating system ID')),
      /API doesn't list operating systems\./u,
    );
    assert.match(await descriptionOf(webview.page.getByLabel('SSH key ID')), /in your account\./u);
    await button(webview, 'Find Operating Systems on VPS.org').click();
    await button(webview, 'Find SSH Keys on VPS.org').click();
    assert.equal((await sent(webview, 'openPanel')).length, 2);
    await webview.send(createMessage({ choices, hasPanel: false }));
    assert.equal(await webview.page.getByRole('button', { name: /on VPS\.org/u }).count(), 0);
  });

  it('shows the plans as a table, and describes each radio button with its plan', async () => {
    const webview = await open();
    const { page } = webview;
    assert.deepEqual(await page.getByRole('columnheader').allTextContents(), [
      'Plan',
      'vCPU',
      'Memory',
      'Disk',
      'Traffic a month',
      'Monthly',
      'Hourly',
    ]);
    const row = page.getByRole('row').filter({ hasText: 'Standard VPS' });
    assert.deepEqual(await row.getByRole('cell').allTextContents(), [
      '2',
      '4 GiB',
      '80 GB',
      '2 TB',
      '$12.00',
      '$0.018',
    ]);
    assert.equal(
      await descriptionOf(plan(webview, 'Standard VPS')),
      '2 vCPU, 4 GiB memory, 80 GB disk, 2 TB traffic a month. $12.00 a month, $0.018 an hour',
    );
    await row.getByRole('cell').first().click();
    assert.equal(await plan(webview, 'Standard VPS').isChecked(), true);
  });

  it('counts a plan that the location lacks as missing, without its price', async () => {
    const webview = await open({ initial: { ...filledValues, planId: '4', osId: '' } });
    const { page } = webview;
    assert.equal(await page.getByText('Still missing: Plan, Operating system').isVisible(), true);
    const summary = page.getByRole('region', { name: 'Summary' });
    assert.doesNotMatch((await summary.textContent()) ?? '', /a month/u);
  });

  it('summarizes server and price, and announces them after a change only', async () => {
    const webview = await open({ initial: { ...filledValues, planId: '' } });
    const { page } = webview;
    const status = page.getByRole('status').last();
    assert.equal(await page.getByText('Still missing: Plan').isVisible(), true);
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('');
    assert.equal(await page.getByText('Still missing: Name, Plan').isVisible(), true);
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('web-server-02');
    await plan(webview, 'Standard VPS').check();
    const words =
      'web-server-02 in us-west, Standard VPS, Ubuntu 22.04 LTS. $12.00 a month, $0.018 an hour';
    assert.equal(await status.textContent(), words);
    await text(webview, 'Name').fill('w');
    await text(webview, 'Name').pressSequentially('eb');
    assert.equal(await status.textContent(), words);
    await text(webview, 'Name').blur();
    assert.match((await status.textContent()) ?? '', /^web in us-west/u);
    assert.equal(await page.getByText('VPS.org FAQ').isVisible(), true);
  });

  it('shows the known part of a price, and that a sample server costs nothing', async () => {
    const [first] = plans;
    const webview = await open({
      initial: { ...filledValues, planId: '3' },
      isSample: true,
      choices: {
        ...editing.choices,
        plans: [{ ...first!, priceHourly: undefined, bandwidthGB: undefined }],
      },
    });
    const { page } = webview;
    assert.equal(await page.getByText('$6.00 a month', { exact: true }).isVisible(), true);
    assert.equal(await page.getByRole('cell', { name: 'Unavailable' }).count(), 2);
    assert.equal(await page.getByText('costs nothing').isVisible(), true);
  });

  it('says why the plans are missing, and requests them again with Retry', async () => {
    const failed = {
      kind: 'failed',
      reason: 'VPS.org did not answer in time.',
      isRetrying: false,
    } as const;
    const choices = { ...editing.choices, plans: [] };
    const initial = { ...filledValues, planId: '' };
    const webview = await open({ initial, choices, planList: failed });
    const status = planGroup(webview).getByRole('status');
    const words = "Plans and prices couldn't be loaded. VPS.org did not answer in time.";
    assert.equal(await status.getByText(words).isVisible(), true);
    assert.equal(
      await webview.page.getByText('Price unavailable. You will still be charged.').isVisible(),
      true,
    );
    await button(webview, 'Retry').click();
    await webview.send(
      createMessage({ initial, choices, planList: { ...failed, isRetrying: true } }),
    );
    const retrying = button(webview, 'Loading...');
    assert.equal(await isFocused(retrying), true);
    await retrying.click({ force: true });
    assert.equal((await sent(webview, 'retryPlans')).length, 1);

    await webview.send(createMessage({ initial }));
    assert.equal(await status.getByText(words).isVisible(), false);
    assert.equal(await isFocused(plan(webview, 'Starter VPS')), true);
    assert.equal(await webview.page.getByText('Price unavailable').count(), 0);
  });

  it('does not look free while prices are loading, or if there are none', async () => {
    const choices = { ...editing.choices, plans: [] };
    const webview = await open({ choices, planList: { kind: 'loading' } });
    assert.equal(await webview.page.getByText('Loading prices...').isVisible(), true);
    await webview.send(createMessage({ choices, planList: { kind: 'unlisted' } }));
    assert.equal(
      await planGroup(webview)
        .getByText('VPS.org lists no plans and prices for this account.')
        .isVisible(),
      true,
    );
    assert.equal(
      await webview.page.getByText('Price unavailable. You will still be charged.').isVisible(),
      true,
    );
    await webview.send(createMessage({ choices, planList: { kind: 'unlisted' }, isSample: true }));
    assert.equal(await webview.page.getByText('You will still be charged.').count(), 0);
  });
});
