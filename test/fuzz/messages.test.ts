import assert from 'node:assert/strict';
import fc from 'fast-check';
import { toAccountId, toServerRef, toServerRefs } from '../../src/core/refs.ts';
import { escapeIcons, escapeLinks, escapeMarkdown, toPlainLine } from '../../src/core/text.ts';
import { describeMessage, parseCreateMessage, parseDetailsMessage, parseKeptCreate, parseKeptDetails } from '../../src/panels/messages.ts';
import { anyJson, anyText, damaged } from './support/arbitraries.ts';
import { fuzz } from './support/fuzz.ts';

const values = { accountId: 'a', name: 'web', location: 'us-west', planId: '1', osId: '5', hostname: '', sshKeyId: '', backupsEnabled: false };
const settings = { name: 'web', hostname: '', backupsEnabled: true };
const detailsMessages = [{ type: 'ready' }, { type: 'power', action: 'stop' }, { type: 'delete' }, { type: 'copy', fact: 'id' }, { type: 'save', values: settings, basis: settings }];
const createMessages = [
  ...[{ type: 'ready' }, { type: 'edited', values }, { type: 'create', values, attempt: 1 }, { type: 'copyCurl', values }],
  ...[{ type: 'chooseAccount', accountId: 'a' }, { type: 'showLikely' }, { type: 'cancel' }],
];
const nearly = (messages: readonly object[]): fc.Arbitrary<unknown> => fc.oneof(...messages.map(damaged), anyJson, fc.anything());

/** Nothing that a message brings along beyond what was agreed gets through. */
function assertOnlyKeys(value: object, keys: readonly string[]): void {
  assert.deepEqual(Object.keys(value).filter((key) => !keys.includes(key)), []);
  assert.equal(Object.getPrototypeOf(value), Object.prototype);
}

describe('messages from webviews', () => {
  fuzz('of the details page are as agreed or dropped', nearly(detailsMessages), (message) => {
    const parsed = parseDetailsMessage(message);
    if (parsed) {
      assert.ok(detailsMessages.some(({ type }) => type === parsed.type));
      assertOnlyKeys(parsed, ['type', 'action', 'fact', 'values', 'basis']);
      if (parsed.type === 'save') {
        assertOnlyKeys(parsed.values, Object.keys(settings));
        assert.equal(typeof parsed.values.backupsEnabled, 'boolean');
      }
    }
  });

  fuzz('of the create form are as agreed or dropped', nearly(createMessages), (message) => {
    const parsed = parseCreateMessage(message);
    if (parsed) {
      assertOnlyKeys(parsed, ['type', 'values', 'attempt', 'accountId']);
      if (parsed.type === 'create') {
        assertOnlyKeys(parsed.values, Object.keys(values));
        assert.ok(Number.isSafeInteger(parsed.attempt));
      }
    }
  });

  fuzz('that were kept lead to a server, a form or nothing', fc.oneof(damaged({ ref: { accountId: 'a', serverId: '1' }, draft: settings }), damaged({ formId: 'f', values }), anyJson, fc.anything()), (state) => {
    const ref = parseKeptDetails(state);
    assert.ok(ref === undefined || (typeof ref.accountId === 'string' && typeof ref.serverId === 'string'));
    const form = parseKeptCreate(state);
    assert.ok(form === undefined || typeof form.values.name === 'string');
  });

  fuzz('are called by a short name in the log', nearly(createMessages), (message) => {
    assert.ok(describeMessage(message).length <= 300);
  });
});

describe('arguments of commands', () => {
  const row = { kind: 'server', accountId: 'a', serverId: '1' };
  fuzz('name servers by text or not at all', fc.oneof(damaged(row), damaged({ kind: 'group', children: [row, row] }), anyJson, fc.anything()), (argument) => {
    const ref = toServerRef(argument);
    for (const each of [...(ref ? [ref] : []), ...toServerRefs(argument)]) {
      assert.ok(typeof each.accountId === 'string' && each.accountId !== '' && typeof each.serverId === 'string' && each.serverId !== '');
    }
    const accountId = toAccountId(argument);
    assert.ok(accountId === undefined || (typeof accountId === 'string' && accountId !== ''));
  });
});

describe('texts from the API', () => {
  fuzz('are one line of bounded length', fc.tuple(anyText, fc.integer({ min: 1, max: 300 })), ([text, length]) => {
    const line = toPlainLine(text, length);
    assert.ok(line.length <= length);
    assert.doesNotMatch(line, /[\p{Cc}\u2028\u2029\u202a-\u202e]/u);
  });

  fuzz('make no icon, no link and no format', anyText, (text) => {
    assert.doesNotMatch(escapeIcons(text).replace(/\\\$\(/gu, ''), /\$\(/u);
    assert.doesNotMatch(escapeLinks(text), /\]\(/u);
    assert.doesNotMatch(escapeMarkdown(text).replace(/\\[!-/:-@[-`{-~]/gu, ''), /[!-/:-@[-`{-~]/u);
  });
});
