import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { AppError } from '../../../src/core/errors.ts';
import type { ErrorKind } from '../../../src/core/errors.ts';
import type { Server, ServerAction } from '../../../src/core/server.ts';
import { errorText, staleListText } from '../../../src/text/errors.ts';
import { bulkOutcomeText, describeOutcome } from '../../../src/text/outcomes.ts';
import { aServer } from '../../support/builders.ts';

describe('bulkOutcomeText', () => {
  it('sums up what was done', () => {
    assert.equal(bulkOutcomeText('delete', 1, 2), 'Deleted 1 of 2 servers.');
    assert.equal(bulkOutcomeText('stop', 0, 1), 'Stopping 0 of 1 server.');
  });
});

describe('describeOutcome', () => {
  const error = new AppError('timeout', 'late');

  it('says what a look at the server shows about a request without an answer', () => {
    const seen = (action: ServerAction, facts: Partial<Server>): readonly [string, boolean] => {
      const outcome = {
        kind: 'unclear',
        error,
        seen: aServer({ name: 'web-1', ...facts }),
      } as const;
      const { text, severity, canRetry } = describeOutcome(outcome, action, 'web-1');
      assert.equal(severity, 'warning');
      assert.ok(text.startsWith('VPS.org did not answer in time. '), text);
      return [text.slice('VPS.org did not answer in time. '.length), canRetry];
    };
    const arrived = (status: string): readonly [string, boolean] => [
      `However, "web-1" is now "${status}", so the request probably arrived.`,
      false,
    ];
    assert.deepEqual(seen('start', { status: 'starting' }), arrived('starting'));
    assert.deepEqual(seen('start', { status: 'active' }), arrived('active'));
    assert.deepEqual(seen('stop', { status: 'stopping' }), arrived('stopping'));
    assert.deepEqual(seen('stop', { status: 'stopped' }), arrived('stopped'));
    assert.deepEqual(seen('reboot', { status: 'rebooting' }), arrived('rebooting'));
    assert.deepEqual(seen('start', { status: 'stopped' }), [
      '"web-1" was probably not started: it is now "stopped". The request was not retried.',
      true,
    ]);
    assert.deepEqual(seen('stop', { status: 'suspended' }), [
      '"web-1" was probably not stopped: it is now "suspended". The request was not retried.',
      true,
    ]);
    // It was active before, too.
    assert.deepEqual(seen('reboot', { status: 'active' }), [
      'Couldn\'t confirm the reboot of "web-1", which is now "active". It was not retried.',
      true,
    ]);
    assert.deepEqual(seen('delete', { status: 'active' }), [
      '"web-1" still exists (active). The deletion was not retried.',
      true,
    ]);
    assert.deepEqual(seen('rename', {}), [
      'Couldn\'t confirm the change to "web-1"; it was not retried.',
      true,
    ]);
    assert.deepEqual(seen('rename', { name: 'web-2' }), [
      'However, "web-1" is now called "web-2", so the request probably arrived.',
      false,
    ]);
  });

  it('names the action that could not be confirmed when the server could not be looked at', () => {
    const unknown = (action: ServerAction): string => {
      const outcome = { kind: 'unclear', error, seen: 'unknown' } as const;
      const { text, severity, canRetry } = describeOutcome(outcome, action, 'web-1');
      assert.deepEqual([severity, canRetry], ['warning', true]);
      return text;
    };
    const refresh = 'The request was not retried. Refresh to check.';
    const late = 'VPS.org did not answer in time.';
    assert.equal(unknown('start'), `${late} Couldn't confirm that "web-1" was started. ${refresh}`);
    assert.equal(unknown('stop'), `${late} Couldn't confirm that "web-1" was stopped. ${refresh}`);
    assert.equal(
      unknown('reboot'),
      `${late} Couldn't confirm that "web-1" was rebooted. ${refresh}`,
    );
    for (const action of ['rename', 'setBackups'] as const)
      assert.equal(
        unknown(action),
        `${late} Couldn't confirm the change to "web-1"; it was not retried. Refresh to check.`,
      );
    assert.equal(
      unknown('delete'),
      `${late} Couldn't confirm the deletion of "web-1"; it was not retried. The server may still exist. Refresh to check.`,
    );
  });

  it('offers no retry after a rejected token, which is reported elsewhere', () => {
    const outcome = describeOutcome(
      { kind: 'failed', error: new AppError('unauthorized', '401') },
      'stop',
      'web-1',
    );
    assert.equal(outcome.canRetry, false);
    assert.equal(outcome.isReported, true);
  });

  it('counts a server that was already deleted as deleted', () => {
    assert.deepEqual(describeOutcome({ kind: 'gone' }, 'delete', 'web-1'), {
      text: '"web-1" was already deleted.',
      severity: 'done',
      canRetry: false,
    });
  });
});

describe('errorText', () => {
  it('says how long a rate limit lasts', () => {
    const limited = (retryAfterMs?: number): string =>
      errorText(new AppError('rateLimited', '429', { retryAfterMs }));
    assert.equal(limited(2_000), 'VPS.org is rate limiting requests. Try again in 2 seconds.');
    assert.equal(limited(), 'VPS.org is rate limiting requests. Try again in 1 minute.');
  });

  it('quotes the reason of VPS.org for 401, 403 and 429', () => {
    const quoting = (kind: ErrorKind, reason?: 'intermediary'): string =>
      errorText(new AppError(kind, '', { serverMessage: 'Too many', retryAfterMs: 2_000, reason }));
    assert.equal(quoting('unauthorized'), 'VPS.org rejected the token: Too many.');
    assert.equal(quoting('forbidden'), 'VPS.org does not allow this: Too many.');
    assert.equal(
      quoting('rateLimited'),
      'VPS.org is rate limiting requests: Too many. Try again in 2 seconds.',
    );
    assert.equal(
      quoting('rateLimited', 'intermediary'),
      'VPS.org or a gateway is rate limiting requests: Too many. Try again in 2 seconds.',
    );
  });

  it('quotes errors of fields', () => {
    const error = new AppError('invalid', '400', { fields: { name: ['Too long.'] } });
    assert.equal(errorText(error), 'VPS.org answered: name: Too long.');
  });
});

describe('staleListText', () => {
  it('gives the reason and the time', () => {
    assert.equal(
      staleListText('rejected', '10:20'),
      'VPS.org rejected the token. Last updated at 10:20.',
    );
  });

  it('asks nobody to try again where the list loads by itself', () => {
    const details = { retryAfterMs: 10_000 };
    assert.equal(
      staleListText(new AppError('rateLimited', '429', details), '10:20'),
      'VPS.org is rate limiting requests. Last updated at 10:20.',
    );
    assert.equal(
      staleListText(
        new AppError('rateLimited', '429', { ...details, serverMessage: 'Slow down' }),
        '10:20',
      ),
      'VPS.org is rate limiting requests: Slow down. Last updated at 10:20.',
    );
  });
});
