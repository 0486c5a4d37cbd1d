import assert from 'node:assert/strict';
import fc from 'fast-check';
import { AppError } from '../../../src/core/errors.ts';
import { checkName } from '../../../src/core/validation.ts';
import { buildChoices } from '../../../src/panels/createChoices.ts';
import { CreateMemory } from '../../../src/panels/createMemory.ts';
import { viewAfter } from '../../../src/panels/createOutcome.ts';
import type { OutcomeTexts } from '../../../src/panels/createOutcome.ts';
import { emptyValues, isHalfFilled, nextName, planLike, valuesLike } from '../../../src/panels/createStart.ts';
import { aServer } from '../../support/builders.ts';
import { MemoryMemento } from './memoryMemento.ts';
import { aPlan } from './plans.ts';

const noWarning = (text: string): never => assert.fail(text);

const none = { plans: undefined, servers: [], sshKeyIds: [] };

describe('what the create form offers', () => {
  it('is what the API says can be ordered, the cheapest first, free of charge before unknown', () => {
    const { plans } = buildChoices({
      ...none,
      plans: [
        aPlan({ id: '3', priceMonthly: undefined }),
        aPlan({ id: '1' }),
        aPlan({ id: '2', priceMonthly: 0 }),
        aPlan({ id: '4', available: false }),
        aPlan({ id: 'uuid-5' }),
        aPlan({ id: '1', name: 'Twice' }),
      ],
    });
    assert.deepEqual(plans.map(({ id }) => id), ['2', '1', '3']);
  });

  it('is the plans of existing servers where the API has no list, without a price', () => {
    const { plans } = buildChoices({ ...none, servers: [aServer(), aServer({ id: '2' }), aServer({ id: '3', plan: undefined })] });
    assert.deepEqual(plans, [
      { ...aServer().plan, priceMonthly: undefined, priceHourly: undefined, locations: [] },
    ]);
  });

  it('offers nothing that only servers have where the API has a list, even an empty one', () => {
    assert.deepEqual(buildChoices({ ...none, plans: [], servers: [aServer()] }).plans, []);
  });

  it('knows locations from plans and servers, once each', () => {
    const { locations } = buildChoices({
      ...none,
      plans: [aPlan({ locations: ['us-west', 'eu-central'] }), aPlan({ id: '9', available: false, locations: ['mars'] })],
      servers: [aServer(), aServer({ location: 'ap-south' }), aServer({ location: undefined })],
    });
    assert.deepEqual(locations.map(({ value }) => value), ['ap-south', 'eu-central', 'us-west']);
  });

  it('knows operating systems from servers, by name and once each, with ids that can be sent', () => {
    const os = (id: string | undefined, name: string | undefined) => aServer({ os: { id, name } });
    const { operatingSystems } = buildChoices({
      ...none,
      servers: [os('5', 'Ubuntu 22.04'), os('3', 'Debian 12'), os('5', 'Ubuntu'), os('abc', 'x'), os(undefined, 'y'), os('7', undefined)],
    });
    assert.deepEqual(operatingSystems, [
      { value: '7', label: '7' },
      { value: '3', label: 'Debian 12' },
      { value: '5', label: 'Ubuntu 22.04' },
    ]);
  });
});

describe('a server like another one', () => {
  it('has the next name that is free', () => {
    assert.equal(nextName('web-server-01', new Set(['web-server-01'])), 'web-server-02');
    assert.equal(nextName('web-9', new Set(['web-10'])), 'web-11');
    assert.equal(nextName('web', new Set(['web-2'])), 'web-3');
    assert.equal(nextName('99', new Set()), '100');
  });

  it('has a name that can be used, where the model has one', () => {
    const name = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/u);
    fc.assert(fc.property(name, (text) => assert.ok(checkName(nextName(text, new Set([text]))).ok)));
  });

  it('has everything else but the host name, and the plan once that is known', () => {
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

  it('has no plan where the one of that id is another plan by now', () => {
    assert.equal(planLike(aServer(), [aPlan()]), '1');
    assert.equal(planLike(aServer(), [aPlan({ memoryMiB: 8192 })]), '');
    assert.equal(planLike(aServer(), [aPlan({ id: '2' })]), '');
    assert.equal(planLike(aServer(), undefined), '1');
  });

  it('is half-filled only when a person changed something; another account is no change', () => {
    const initial = emptyValues('account-1', 'us-west');
    assert.ok(!isHalfFilled(initial, initial));
    assert.ok(!isHalfFilled({ ...initial, accountId: 'account-2' }, initial));
    assert.ok(isHalfFilled({ ...initial, name: 'w' }, initial));
  });
});

describe('what the form says after a creation', () => {
  const texts: OutcomeTexts = {
    error: ({ kind }) => `[${kind}]`,
    nameExists: 'exists',
    busy: 'busy',
    notSent: (why) => `${why} not sent`,
    notEnoughCredit: (said) => `no credit: ${said ?? ''}`,
    likely: (why, name) => `${why} likely ${name}`,
    notFound: (why) => `${why} not found`,
    notKnown: (why) => `${why} not known`,
  };
  const failed = (...args: ConstructorParameters<typeof AppError>) =>
    viewAfter({ kind: 'failed', error: new AppError(...args) }, false, texts);
  const editing = { phase: 'editing', message: undefined, offersPanelLink: false, errors: {}, likely: undefined };

  it('is nothing when it went well', () => {
    const view = viewAfter({ kind: 'done', ref: { accountId: 'a', serverId: '1' }, server: aServer(), message: undefined }, false, texts);
    assert.deepEqual(view, { ...editing, phase: 'done' });
  });

  it('puts a name that is taken next to the name', () => {
    assert.deepEqual(viewAfter({ kind: 'nameExists', server: aServer() }, false, texts), { ...editing, errors: { name: 'exists' } });
  });

  it('offers the panel where credit is missing, but not for sample credit', () => {
    const error = new AppError('paymentRequired', '402', { serverMessage: 'Need $5 more.' });
    const view = viewAfter({ kind: 'failed', error }, false, texts);
    assert.deepEqual(view, { ...editing, message: 'no credit: Need $5 more.', offersPanelLink: true });
    assert.equal(viewAfter({ kind: 'failed', error }, true, texts).offersPanelLink, false);
  });

  it('puts refusals next to their fields, and says the rest about the whole', () => {
    assert.deepEqual(failed('invalid', '400', { fields: { os_id: ['Unknown.'] } }), { ...editing, errors: { osId: 'Unknown.' } });
    assert.deepEqual(failed('invalid', '400', { fields: { os_id: ['Unknown.'], quota: ['Used up.'] } }), {
      ...editing,
      message: '[invalid]',
      errors: { osId: 'Unknown.' },
    });
    assert.deepEqual(failed('unauthorized', '401'), { ...editing, message: '[unauthorized]' });
  });

  it('says whether anything was sent', () => {
    const view = viewAfter({ kind: 'notSent', error: new AppError('network', 'Offline') }, false, texts);
    assert.deepEqual(view, { ...editing, message: '[network] not sent' });
    assert.equal(viewAfter({ kind: 'busy' }, false, texts).message, 'busy');
  });

  it('stays dead after a lost answer, and says what is known', () => {
    const error = new AppError('timeout', 'No answer');
    const after = (likely: boolean, looked: boolean) => {
      const view = viewAfter({ kind: 'unclear', error, likely: likely ? aServer() : undefined, looked }, false, texts);
      assert.equal(view.phase, 'unclear');
      return view.message;
    };
    assert.equal(after(true, true), '[timeout] likely web-server-01');
    assert.equal(after(false, true), '[timeout] not found');
    assert.equal(after(false, false), '[timeout] not known');
  });
});

describe('what the create form remembers', () => {
  const draft = { formId: 'f', initial: emptyValues('account-1'), values: { ...emptyValues('account-1'), name: 'web' } };

  it('goes on when nothing can be written, and says so', async () => {
    const warnings: string[] = [];
    const broken = { get: () => undefined, update: () => Promise.reject(new Error('disk full')) };
    const memory = new CreateMemory(broken, broken, (text) => warnings.push(text));
    await memory.setDraft(undefined);
    await memory.rememberSshKeyId('account', 7);
    assert.equal(warnings.length, 2);
    assert.match(warnings.join(), /disk full/u);
  });

  it('is a form that was left, until it is forgotten', async () => {
    const workspace = new MemoryMemento();
    const memory = new CreateMemory(workspace, new MemoryMemento(), noWarning);
    assert.equal(memory.draft, undefined);
    await memory.setDraft(draft);
    assert.deepEqual(new CreateMemory(workspace, new MemoryMemento(), noWarning).draft, draft);
    await memory.setDraft(undefined);
    assert.equal(memory.draft, undefined);
  });

  it('is nothing where it cannot be read', () => {
    for (const stored of [3, {}, { ...draft, values: { name: 'web' } }, { ...draft, formId: '' }]) {
      assert.equal(new CreateMemory(new MemoryMemento({ 'vpsOrg.createDraft': stored }), new MemoryMemento(), noWarning).draft, undefined);
    }
  });

  it('is the last ten key ids of each account, the newest first and once each', async () => {
    const memory = new CreateMemory(new MemoryMemento(), new MemoryMemento(), noWarning);
    for (let id = 1; id <= 12; id++) {
      await memory.rememberSshKeyId('account-1', id);
    }
    await memory.rememberSshKeyId('account-1', 5);
    assert.deepEqual(memory.sshKeyIds('account-1'), ['5', '12', '11', '10', '9', '8', '7', '6', '4', '3']);
    assert.deepEqual(memory.sshKeyIds('account-2'), []);
  });

  it('goes with its account', async () => {
    const memory = new CreateMemory(new MemoryMemento(), new MemoryMemento(), noWarning);
    await memory.setDraft(draft);
    await memory.rememberSshKeyId('account-1', 1);
    await memory.rememberSshKeyId('account-2', 2);
    await memory.keepOnly(['account-2']);
    assert.equal(memory.draft, undefined);
    assert.deepEqual([memory.sshKeyIds('account-1'), memory.sshKeyIds('account-2')], [[], ['2']]);
  });
});
