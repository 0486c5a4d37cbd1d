import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { allowedActions, isInTransition, isSameServer } from '../../../src/core/server.ts';
import { aServer } from '../../support/builders.ts';

describe('allowedActions', () => {
  const table: readonly (readonly [string, readonly string[]])[] = [
    ['active', ['delete', 'reboot', 'rename', 'setBackups', 'stop']],
    ['stopped', ['delete', 'rename', 'setBackups', 'start']],
    ['suspended', ['delete', 'rename', 'setBackups']],
    ['provisioning', ['delete']],
    ['starting', ['delete']],
    ['stopping', ['delete']],
    ['rebooting', ['delete']],
    ['migrating', ['delete', 'reboot', 'rename', 'setBackups', 'start', 'stop']],
    // Names of inherited properties are unknown statuses too.
    ['constructor', ['delete', 'reboot', 'rename', 'setBackups', 'start', 'stop']],
    ['__proto__', ['delete', 'reboot', 'rename', 'setBackups', 'start', 'stop']],
  ];
  for (const [status, actions] of table) {
    it(`returns for ${status}: ${actions.join(', ')}`, () =>
      assert.deepEqual([...allowedActions({ status })].sort(), actions));
  }
});

describe('isInTransition', () => {
  it('is true for statuses that change without another action', () => {
    assert.deepEqual(
      [
        'active',
        'stopped',
        'suspended',
        'provisioning',
        'starting',
        'stopping',
        'rebooting',
        'else',
      ].filter(isInTransition),
      ['provisioning', 'starting', 'stopping', 'rebooting'],
    );
  });
});

describe('isSameServer', () => {
  it('is true when all properties are equal', () => assert.ok(isSameServer(aServer(), aServer())));
  it('is false when a property differs, also a nested one', () => {
    const plan = aServer().plan!;
    assert.ok(!isSameServer(aServer(), aServer({ status: 'stopped' })));
    assert.ok(!isSameServer(aServer(), aServer({ plan: { ...plan, memoryMiB: 1 } })));
    assert.ok(!isSameServer(aServer(), aServer({ plan: undefined })));
    assert.ok(!isSameServer(aServer({ ipAddress: null }), aServer({ ipAddress: undefined })));
  });
});
