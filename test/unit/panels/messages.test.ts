import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  describeMessage,
  parseCreateMessage,
  parseCreateValues,
  parseDetailsMessage,
  parseKeptCreate,
  parseKeptDetails,
} from '../../../src/panels/messages.ts';

const values = {
  accountId: 'account-1',
  name: 'web-9',
  location: 'us-west',
  planId: '1',
  osId: '5',
  hostname: '',
  sshKeyId: '',
  backupsEnabled: false,
};
const settings = { name: 'web', hostname: '', backupsEnabled: true };

describe('messages of the details page', () => {
  it('are let through as they are', () => {
    for (const message of [
      { type: 'ready' },
      { type: 'power', action: 'reboot' },
      { type: 'delete' },
      { type: 'copy', fact: 'ipv6Address' },
      { type: 'save', values: settings, basis: settings },
    ]) {
      assert.deepEqual(parseDetailsMessage(message), message);
    }
  });

  it('may leave out what was not known, which does not survive the way', () => {
    const message = parseDetailsMessage({ type: 'save', values: settings, basis: { name: 'web', hostname: '' } });
    assert.ok(message?.type === 'save');
    assert.deepEqual(message.basis, { name: 'web', hostname: '', backupsEnabled: undefined });
  });

  it('are dropped where anything in them is not as agreed', () => {
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
      assert.equal(parseDetailsMessage(message), undefined);
    }
  });

  it('never bring a server along', () => {
    const message = parseDetailsMessage({ type: 'delete', serverId: '666', accountId: 'account-2' });
    assert.deepEqual(message, { type: 'delete' });
  });
});

describe('messages of the create form', () => {
  it('are let through as they are', () => {
    for (const message of [
      { type: 'ready' },
      { type: 'chooseAccount', accountId: 'account-2' },
      { type: 'edited', values },
      { type: 'create', values, attempt: 1 },
      { type: 'copyCurl', values },
      { type: 'openPanel' },
      { type: 'showLikely' },
      { type: 'dismissLikely' },
      { type: 'cancel' },
    ]) {
      assert.deepEqual(parseCreateMessage(message), message);
    }
  });

  it('are dropped where anything in them is not as agreed', () => {
    for (const message of [
      null,
      [],
      { type: 'create', values },
      { type: 'create', values, attempt: 1.5 },
      { type: 'create', values: { ...values, planId: 1 }, attempt: 1 },
      { type: 'edited', values: { ...values, name: undefined } },
      { type: 'openPanel2' },
    ]) {
      assert.equal(parseCreateMessage(message), undefined);
    }
  });
});

describe('what a page kept over a reload', () => {
  it('names the server, and nothing else counts', () => {
    const ref = { accountId: 'account-1', serverId: '12345' };
    assert.deepEqual(parseKeptDetails({ ref: { ...ref, x: 1 }, draft: 'anything' }), ref);
    for (const state of [undefined, {}, { ref: { accountId: 'a' } }, { ref: { accountId: 'a', serverId: 12345 } }, ref]) {
      assert.equal(parseKeptDetails(state), undefined);
    }
  });

  it('is a form with its id and values', () => {
    assert.deepEqual(parseKeptCreate({ formId: 'f', values, typed: 3 }), { formId: 'f', values });
    for (const state of [null, { formId: '', values }, { formId: 'f' }, { formId: 'f', values: { ...values, osId: 5 } }]) {
      assert.equal(parseKeptCreate(state), undefined);
    }
  });
});

describe('anything at all from a webview', () => {
  const anything = fc.oneof(
    fc.anything({ withNullPrototype: true, withBigInt: true, withMap: true }),
    fc.record(
      {
        type: fc.oneof(fc.constantFrom('ready', 'power', 'copy', 'save', 'create', 'edited', 'chooseAccount', 'constructor'), fc.string()),
        action: fc.anything(),
        fact: fc.anything(),
        values: fc.oneof(fc.anything(), fc.record({ name: fc.anything(), hostname: fc.string() })),
        basis: fc.anything(),
        attempt: fc.anything(),
      },
      { requiredKeys: ['type'] },
    ),
  );

  it('is a message of the agreed types or dropped, and never throws', () => {
    fc.assert(
      fc.property(anything, (message) => {
        for (const parse of [parseDetailsMessage, parseCreateMessage]) {
          const parsed = parse(message);
          assert.ok(parsed === undefined || parsed.type === (message as { type: string }).type);
        }
        parseKeptDetails(message);
        parseKeptCreate(message);
        parseCreateValues(message);
        assert.ok(describeMessage(message).length <= 100 * 6);
      }),
      { numRuns: 500 },
    );
  });
});
