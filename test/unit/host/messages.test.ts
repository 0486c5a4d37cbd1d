import assert from 'node:assert/strict';
import { register } from 'node:module';
import { mock } from 'node:test';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { statusBarItems } from '../../support/vscodeStub.ts';

register('../../support/withoutVscode.mjs', import.meta.url);
const { Messages } = await import('../../../src/host/messages.ts');

describe('Messages.flash', () => {
  beforeEach(() => {
    // Texts of earlier tests stay for four seconds.
    statusBarItems.clear();
    mock.timers.enable({ apis: ['setTimeout'] });
  });
  afterEach(() => mock.timers.reset());

  const shown = () =>
    [...statusBarItems].map(({ text, accessibilityInformation }) => [
      text,
      accessibilityInformation,
    ]);

  it('announces a text in the status bar, and removes it after four seconds', () => {
    new Messages().flash('"$(trash)" was deleted.');
    const text = ['"\\$(trash)" was deleted.', { label: '"$(trash)" was deleted.', role: 'alert' }];
    assert.deepEqual(shown(), [text]);
    mock.timers.tick(3_999);
    assert.deepEqual(shown(), [text]);
    mock.timers.tick(1);
    assert.deepEqual(shown(), []);
  });

  it('shows the latest text only', () => {
    const messages = new Messages();
    messages.flash('first');
    mock.timers.tick(3_000);
    messages.flash('second');
    mock.timers.tick(3_000);
    assert.deepEqual(
      shown().map(([text]) => text),
      ['second'],
    );
    mock.timers.tick(1_000);
    assert.deepEqual(shown(), []);
  });
});
