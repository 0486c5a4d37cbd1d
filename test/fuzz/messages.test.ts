import assert from 'node:assert/strict';
import fc from 'fast-check';
import { toAccountId, toServerRef, toServerRefs } from '../../src/core/refs.ts';
import { escapeIcons, escapeLinks, escapeMarkdown, toPlainLine } from '../../src/core/text.ts';
import { createMessageSchema, persistedCreateSchema } from '../../src/webviews/create/protocol.ts';
import {
  detailsMessageSchema,
  persistedDetailsSchema,
} from '../../src/webviews/details/protocol.ts';
import { describeMessage, parseWith } from '../../src/webviews/messages.ts';
import { anyJson, anyText, damaged } from './support/arbitraries.ts';
import { fuzz } from './support/fuzz.ts';

const values = {
  accountId: 'a',
  name: 'web',
  location: 'us-west',
  planId: '1',
  osId: '5',
  hostname: '',
  sshKeyId: '',
  backupsEnabled: false,
};
const settings = { name: 'web', hostname: '', backupsEnabled: true };
const detailsMessages = [
  { type: 'ready' },
  { type: 'power', action: 'stop' },
  { type: 'delete' },
  { type: 'copy', fact: 'id' },
  { type: 'save', values: settings, basis: settings },
];
const createMessages = [
  { type: 'ready' },
  { type: 'edited', values },
  { type: 'create', values, attempt: 1 },
  { type: 'copyCurl', values },
  { type: 'chooseAccount', accountId: 'a' },
  { type: 'showProbableMatch' },
  { type: 'cancel' },
];
const almost = (messages: readonly object[]): fc.Arbitrary<unknown> =>
  fc.oneof(...messages.map(damaged), anyJson, fc.anything());

/** Asserts that the object has no other keys. */
function assertOnlyKeys(value: object, keys: readonly string[]): void {
  assert.deepEqual(
    Object.keys(value).filter((key) => !keys.includes(key)),
    [],
  );
  assert.equal(Object.getPrototypeOf(value), Object.prototype);
}

describe('Webview messages', () => {
  fuzz('from the details page are valid or dropped', almost(detailsMessages), (message) => {
    const parsed = parseWith(detailsMessageSchema, message);
    if (parsed) {
      assert.ok(detailsMessages.some(({ type }) => type === parsed.type));
      assertOnlyKeys(parsed, ['type', 'action', 'fact', 'values', 'basis']);
      if (parsed.type === 'save') {
        assertOnlyKeys(parsed.values, Object.keys(settings));
        assert.equal(typeof parsed.values.backupsEnabled, 'boolean');
      }
    }
  });

  fuzz('from the create form are valid or dropped', almost(createMessages), (message) => {
    const parsed = parseWith(createMessageSchema, message);
    if (parsed) {
      assertOnlyKeys(parsed, ['type', 'values', 'attempt', 'accountId']);
      if (parsed.type === 'create') {
        assertOnlyKeys(parsed.values, Object.keys(values));
        assert.ok(Number.isSafeInteger(parsed.attempt));
      }
    }
  });

  fuzz(
    'restore a server, a form or nothing from persisted state',
    fc.oneof(
      damaged({ ref: { accountId: 'a', serverId: '1' }, draft: settings }),
      damaged({ formId: 'f', values }),
      anyJson,
      fc.anything(),
    ),
    (state) => {
      const ref = parseWith(persistedDetailsSchema, state)?.ref;
      assert.ok(
        ref === undefined ||
          (typeof ref.accountId === 'string' && typeof ref.serverId === 'string'),
      );
      const form = parseWith(persistedCreateSchema, state);
      assert.ok(form === undefined || typeof form.values.name === 'string');
    },
  );

  fuzz('have a short description for the log', almost(createMessages), (message) => {
    assert.ok(describeMessage(message).length <= 300);
  });
});

describe('Command arguments', () => {
  const row = { kind: 'server', accountId: 'a', serverId: '1' };
  fuzz(
    'contain server references or nothing',
    fc.oneof(
      damaged(row),
      damaged({ kind: 'group', children: [row, row] }),
      anyJson,
      fc.anything(),
    ),
    (argument) => {
      const ref = toServerRef(argument);
      for (const each of [...(ref ? [ref] : []), ...toServerRefs(argument)]) {
        assert.ok(
          typeof each.accountId === 'string' &&
            each.accountId !== '' &&
            typeof each.serverId === 'string' &&
            each.serverId !== '',
        );
      }
      const accountId = toAccountId(argument);
      assert.ok(accountId === undefined || (typeof accountId === 'string' && accountId !== ''));
    },
  );
});

describe('API texts', () => {
  fuzz(
    'become one line of limited length',
    fc.tuple(anyText, fc.integer({ min: 1, max: 300 })),
    ([text, length]) => {
      const line = toPlainLine(text, length);
      assert.ok(line.length <= length);
      assert.doesNotMatch(line, /[\p{Cc}\u2028\u2029\u202a-\u202e]/u);
    },
  );

  fuzz('contain no icons, links or formatting after escaping', anyText, (text) => {
    assert.doesNotMatch(escapeIcons(text).replace(/\\\$\(/gu, ''), /\$\(/u);
    assert.doesNotMatch(escapeLinks(text), /\]\(/u);
    assert.doesNotMatch(escapeMarkdown(text).replace(/\\[!-/:-@[-`{-~]/gu, ''), /[!-/:-@[-`{-~]/u);
  });
});
