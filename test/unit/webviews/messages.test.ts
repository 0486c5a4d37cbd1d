import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createValuesSchema, emptyCreateValues } from '../../../src/core/createFields.ts';
import {
  createMessageSchema,
  persistedCreateSchema,
} from '../../../src/webviews/create/protocol.ts';
import {
  detailsMessageSchema,
  persistedDetailsSchema,
} from '../../../src/webviews/details/protocol.ts';
import { describeMessage, parseWith } from '../../../src/webviews/messages.ts';

const values = {
  ...emptyCreateValues('account-1', 'us-west'),
  name: 'web-9',
  planId: '1',
  osId: '5',
};
const settings = { name: 'web', hostname: '', backupsEnabled: true };

describe('detailsMessageSchema', () => {
  it('accepts every message', () => {
    for (const message of [
      { type: 'ready' },
      { type: 'power', action: 'reboot' },
      { type: 'delete' },
      { type: 'copy', fact: 'ipv6Address' },
      { type: 'save', values: settings, basis: settings },
    ]) {
      assert.deepEqual(parseWith(detailsMessageSchema, message), message);
    }
  });

  it('restores properties that are lost because they are undefined', () => {
    const message = parseWith(detailsMessageSchema, {
      type: 'save',
      values: settings,
      basis: { name: 'web', hostname: '' },
    });
    assert.ok(message?.type === 'save');
    assert.deepEqual(message.basis, { name: 'web', hostname: '', backupsEnabled: undefined });
  });

  it('rejects invalid messages', () => {
    for (const message of [
      undefined,
      'ready',
      {},
      { type: 'toString' },
      { type: '__proto__' },
      { type: ['ready'] },
      { type: 'power', action: 'delete' },
      { type: 'copy', fact: 'token' },
      { type: 'copy', fact: '__proto__' },
      { type: 'save', values: { ...settings, name: 1 }, basis: settings },
      { type: 'save', values: { ...settings, backupsEnabled: undefined }, basis: settings },
      { type: 'save', values: { ...settings, name: 'x'.repeat(10_001) }, basis: settings },
    ]) {
      assert.equal(parseWith(detailsMessageSchema, message), undefined);
    }
  });

  it('drops any reference to a server', () => {
    const message = parseWith(detailsMessageSchema, {
      type: 'delete',
      serverId: '666',
      accountId: 'account-2',
    });
    assert.deepEqual(message, { type: 'delete' });
  });
});

describe('createMessageSchema', () => {
  it('accepts every message', () => {
    for (const message of [
      { type: 'ready' },
      { type: 'chooseAccount', accountId: 'account-2' },
      { type: 'edited', values },
      { type: 'create', values, attempt: 1 },
      { type: 'copyCurl', values },
      { type: 'openPanel' },
      { type: 'showProbableMatch' },
      { type: 'dismissProbableMatch' },
      { type: 'cancel' },
    ]) {
      assert.deepEqual(parseWith(createMessageSchema, message), message);
    }
  });

  it('rejects invalid messages', () => {
    for (const message of [
      null,
      [],
      { type: 'create', values },
      { type: 'create', values, attempt: 1.5 },
      { type: 'create', values: { ...values, planId: 1 }, attempt: 1 },
      { type: 'edited', values: { ...values, name: undefined } },
      { type: 'openPanel2' },
    ]) {
      assert.equal(parseWith(createMessageSchema, message), undefined);
    }
  });
});

describe('persisted state of a page', () => {
  it('contains the server; an invalid draft is dropped', () => {
    const ref = { accountId: 'account-1', serverId: '12345' };
    assert.deepEqual(
      parseWith(persistedDetailsSchema, { ref: { ...ref, x: 1 }, draft: 'anything' })?.ref,
      ref,
    );
    for (const state of [
      undefined,
      {},
      { ref: { accountId: 'a' } },
      { ref: { accountId: 'a', serverId: 12345 } },
      ref,
    ]) {
      assert.equal(parseWith(persistedDetailsSchema, state), undefined);
    }
  });

  it('contains a form with id and values', () => {
    assert.deepEqual(parseWith(persistedCreateSchema, { formId: 'f', values, typed: 3 }), {
      formId: 'f',
      values,
      typed: [],
      touched: [],
    });
    for (const state of [
      null,
      { formId: '', values },
      { formId: 'f' },
      { formId: 'f', values: { ...values, osId: 5 } },
    ]) {
      assert.equal(parseWith(persistedCreateSchema, state), undefined);
    }
  });
});

describe('parseWith', () => {
  const anything = fc.oneof(
    fc.anything({ withNullPrototype: true, withBigInt: true, withMap: true }),
    fc.record(
      {
        type: fc.oneof(
          fc.constantFrom(
            'ready',
            'power',
            'copy',
            'save',
            'create',
            'edited',
            'chooseAccount',
            'constructor',
          ),
          fc.string(),
        ),
        action: fc.anything(),
        fact: fc.anything(),
        values: fc.oneof(fc.anything(), fc.record({ name: fc.anything(), hostname: fc.string() })),
        basis: fc.anything(),
        attempt: fc.anything(),
      },
      { requiredKeys: ['type'] },
    ),
  );

  it('never throws', () => {
    fc.assert(
      fc.property(anything, (message) => {
        for (const schema of [detailsMessageSchema, createMessageSchema]) {
          const parsed = parseWith<{ type: string }>(schema, message);
          assert.ok(parsed === undefined || parsed.type === (message as { type: string }).type);
        }
        parseWith(persistedDetailsSchema, message);
        parseWith(persistedCreateSchema, message);
        parseWith(createValuesSchema, message);
        assert.ok(describeMessage(message).length <= 100 * 6);
      }),
      { numRuns: 500 },
    );
  });
});
