import assert from 'node:assert/strict';
import fc from 'fast-check';
import { AppError } from '../../../src/core/errors.ts';
import { checkName } from '../../../src/core/validation.ts';
import { emptyCreateValues } from '../../../src/core/createFields.ts';
import { buildChoices } from '../../../src/webviews/create/choices.ts';
import { viewAfter } from '../../../src/webviews/create/outcome.ts';
import {
  isHalfFilled,
  nextName,
  planLike,
  valuesLike,
} from '../../../src/webviews/create/defaults.ts';
import { errorText } from '../../../src/text/errors.ts';
import { aServer } from '../../support/builders.ts';
import { aPlan } from './plans.ts';

const none = { plans: undefined, servers: [], sshKeyIds: [], systems: [] };

describe('buildChoices', () => {
  it('offers available plans, cheapest first, unknown prices last', () => {
    const { plans } = buildChoices({
      ...none,
      plans: [
        aPlan({ id: '3', priceMonthly: undefined }),
        aPlan({ id: '1' }),
        aPlan({ id: '2', priceMonthly: 0 }),
        aPlan({ id: '4', available: false }),
        aPlan({ id: '1', name: 'Twice' }),
      ],
    });
    assert.deepEqual(
      plans.map(({ id }) => id),
      ['2', '1', '3'],
    );
  });

  it('offers the plans of existing servers without prices if the API has no list', () => {
    const { plans } = buildChoices({
      ...none,
      servers: [aServer(), aServer({ id: '2' }), aServer({ id: '3', plan: undefined })],
    });
    assert.deepEqual(plans, [
      { ...aServer().plan, priceMonthly: undefined, priceHourly: undefined, locations: [] },
    ]);
  });

  it('does not offer plans of servers if the API has a list, even an empty one', () => {
    assert.deepEqual(buildChoices({ ...none, plans: [], servers: [aServer()] }).plans, []);
  });

  it('collects distinct locations from plans and servers', () => {
    const { locations } = buildChoices({
      ...none,
      plans: [
        aPlan({ locations: ['us-west', 'eu-central'] }),
        aPlan({ id: '9', available: false, locations: ['mars'] }),
      ],
      servers: [aServer(), aServer({ location: 'ap-south' }), aServer({ location: undefined })],
    });
    assert.deepEqual(
      locations.map(({ value }) => value),
      ['ap-south', 'eu-central', 'us-west'],
    );
  });

  it('collects distinct operating systems from existing and earlier servers, sorted by name', () => {
    const os = (id: string | undefined, name: string | undefined) => aServer({ os: { id, name } });
    const { operatingSystems } = buildChoices({
      ...none,
      servers: [
        os('5', 'Ubuntu 22.04'),
        os('3', 'Debian 12'),
        os('5', 'Ubuntu'),
        os(undefined, 'y'),
        os('7', undefined),
      ],
      systems: [
        { id: '3', name: 'Debian' },
        { id: '9', name: 'Rocky Linux 9' },
      ],
    });
    assert.deepEqual(operatingSystems, [
      { value: '7', label: '7' },
      { value: '3', label: 'Debian 12' },
      { value: '9', label: 'Rocky Linux 9' },
      { value: '5', label: 'Ubuntu 22.04' },
    ]);
  });

  it('accepts typed texts as ids only after the API has shown one', () => {
    const uuid = '7f0c1c9e-0000-4000-8000-000000000001';
    assert.equal(buildChoices({ ...none, servers: [aServer()] }).acceptsTextIds, false);
    for (const sources of [
      { plans: [aPlan({ id: uuid })] },
      { servers: [aServer({ id: uuid })] },
      { servers: [aServer({ os: { id: uuid, name: 'Debian' } })] },
      { sshKeyIds: [uuid] },
      { systems: [{ id: uuid, name: 'Debian' }] },
    ]) {
      assert.equal(buildChoices({ ...none, ...sources }).acceptsTextIds, true);
    }
    assert.deepEqual(
      buildChoices({ ...none, plans: [aPlan({ id: uuid })] }).plans.map(({ id }) => id),
      [uuid],
    );
  });
});

describe('defaults', () => {
  it('finds the next free name', () => {
    assert.equal(nextName('web-server-01', new Set(['web-server-01'])), 'web-server-02');
    assert.equal(nextName('web-9', new Set(['web-10'])), 'web-11');
    assert.equal(nextName('web', new Set(['web-2'])), 'web-3');
    assert.equal(nextName('99', new Set()), '100');
  });

  it('makes a valid name from a valid name', () => {
    const name = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/u);
    fc.assert(
      fc.property(name, (text) => assert.ok(checkName(nextName(text, new Set([text]))).ok)),
    );
  });

  it('copies everything but hostname and plan', () => {
    const server = aServer({ backupsEnabled: true });
    assert.deepEqual(valuesLike(server, 'account-1', new Set()), {
      accountId: 'account-1',
      name: 'web-server-02',
      location: 'us-west',
      planId: '',
      osId: '5',
      hostname: '',
      sshKeyId: '',
      backupsEnabled: true,
    });
  });

  it('copies the plan only if it is still the same one', () => {
    assert.equal(planLike(aServer(), [aPlan()]), '1');
    assert.equal(planLike(aServer(), [aPlan({ memoryMiB: 8192 })]), '');
    assert.equal(planLike(aServer(), [aPlan({ id: '2' })]), '');
    assert.equal(planLike(aServer(), undefined), '1');
  });

  it('is half-filled after any change except of the account', () => {
    const initial = emptyCreateValues('account-1', 'us-west');
    assert.ok(!isHalfFilled(initial, initial));
    assert.ok(!isHalfFilled({ ...initial, accountId: 'account-2' }, initial));
    assert.ok(isHalfFilled({ ...initial, name: 'w' }, initial));
  });
});

describe('viewAfter', () => {
  const failed = (...args: ConstructorParameters<typeof AppError>) =>
    viewAfter({ kind: 'failed', error: new AppError(...args) }, false);
  const editing = {
    phase: 'editing',
    message: undefined,
    offersPanelLink: false,
    errors: {},
    probableMatch: undefined,
  };

  it('shows nothing after success', () => {
    const view = viewAfter(
      {
        kind: 'done',
        ref: { accountId: 'a', serverId: '1' },
        server: aServer(),
      },
      false,
    );
    assert.deepEqual(view, { ...editing, phase: 'done' });
  });

  it('shows an existing name at its field', () => {
    assert.deepEqual(viewAfter({ kind: 'nameExists' }, false), {
      ...editing,
      errors: { name: 'A server with this name already exists.' },
    });
  });

  it('links to the panel without enough credit, but not in the sample account', () => {
    const error = new AppError('paymentRequired', '402', { serverMessage: 'Need $5 more.' });
    const view = viewAfter({ kind: 'failed', error }, false);
    assert.deepEqual(view, {
      ...editing,
      message:
        'There is not enough credit for this server. Nothing was created. VPS.org answered: Need $5 more.',
      offersPanelLink: true,
    });
    assert.equal(viewAfter({ kind: 'failed', error }, true).offersPanelLink, false);
  });

  it("shows the API's messages at their fields, and others above the button", () => {
    assert.deepEqual(failed('invalid', '400', { fields: { os_id: ['Unknown.'] } }), {
      ...editing,
      errors: { osId: 'Unknown.' },
    });
    const fields = { os_id: ['Unknown.'], quota: ['Used up.'] };
    assert.deepEqual(failed('invalid', '400', { fields }), {
      ...editing,
      message: errorText(new AppError('invalid', '400', { fields })),
      errors: { osId: 'Unknown.' },
    });
    assert.deepEqual(failed('unauthorized', '401'), {
      ...editing,
      message: errorText(new AppError('unauthorized', '401')),
    });
  });

  it('says whether the request was sent', () => {
    const error = new AppError('network', 'Offline');
    assert.deepEqual(viewAfter({ kind: 'notSent', error }, false), {
      ...editing,
      message: `${errorText(error)} The create request was not sent.`,
    });
    assert.equal(
      viewAfter({ kind: 'busy' }, false).message,
      'Another server is being created in this account. Wait until it is done.',
    );
  });

  it('stays disabled after a lost reply, and says what is known', () => {
    const error = new AppError('timeout', 'No answer');
    const after = (likely: boolean, looked: boolean) => {
      const view = viewAfter(
        { kind: 'unclear', error, probableMatch: likely ? aServer() : undefined, looked },
        false,
      );
      assert.equal(view.phase, 'unclear');
      // The text asks to look there.
      assert.equal(view.offersPanelLink, !likely);
      return view.message?.replace(`${errorText(error)} `, '');
    };
    assert.equal(
      after(true, true),
      'However, "web-server-01" is new in the list, so it was probably created. The request was not retried.',
    );
    assert.equal(
      after(false, true),
      'There is no new server with this name in the list, but it may still appear. The request was not retried. Check VPS.org before you try again.',
    );
    assert.equal(
      after(false, false),
      "Couldn't confirm whether the server was created, because the list couldn't be loaded. The request was not retried. Check VPS.org before you try again.",
    );
  });
});
