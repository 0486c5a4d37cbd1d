import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { allowedActions, isInTransition, isSameServer } from '../../../src/core/server.ts';
import { aServer } from '../../support/builders.ts';

describe('what a server can be asked to do', () => {
  const table: readonly (readonly [string, readonly string[]])[] = [
    ['active', ['delete', 'reboot', 'rename', 'setBackups', 'stop']],
    ['stopped', ['delete', 'rename', 'setBackups', 'start']],
    ['suspended', ['delete', 'rename', 'setBackups']],
    ['provisioning', ['delete']],
    ['starting', ['delete']],
    ['stopping', ['delete']],
    ['rebooting', ['delete']],
    ['migrating', ['delete', 'reboot', 'rename', 'setBackups', 'start', 'stop']],
    // Names that every object has must not be taken for statuses.
    ['constructor', ['delete', 'reboot', 'rename', 'setBackups', 'start', 'stop']],
    ['__proto__', ['delete', 'reboot', 'rename', 'setBackups', 'start', 'stop']],
  ];
  for (const [status, actions] of table) {
    it(`while ${status}: ${actions.join(', ')}`, () => assert.deepEqual([...allowedActions(status)].sort(), actions));
  }
  it('knows which statuses pass by themselves', () => {
    assert.deepEqual(
      ['active', 'stopped', 'suspended', 'provisioning', 'starting', 'stopping', 'rebooting', 'else'].filter(isInTransition),
      ['provisioning', 'starting', 'stopping', 'rebooting'],
    );
  });
});

describe('two pictures of a server', () => {
  it('are the same when all facts are', () => assert.ok(isSameServer(aServer(), aServer())));
  it('differ when a fact does, however deep it lies', () => {
    const plan = aServer().plan!;
    assert.ok(!isSameServer(aServer(), aServer({ status: 'stopped' })));
    assert.ok(!isSameServer(aServer(), aServer({ plan: { ...plan, memoryMiB: 1 } })));
    assert.ok(!isSameServer(aServer(), aServer({ plan: undefined })));
    assert.ok(!isSameServer(aServer({ ipAddress: null }), aServer({ ipAddress: undefined })));
  });
});
