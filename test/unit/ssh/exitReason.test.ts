import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { lastLine, readExitReason } from '../../../src/ssh/exitReason.ts';
import { toRemoteAuthority } from '../../../src/ssh/remoteAuthority.ts';
import { defaultProfile } from '../../../src/ssh/profile.ts';

describe('readExitReason', () => {
  const logs = [
    ['ssh: connect to host 192.34.56.78 port 22: Connection refused\r\n', 'refused'],
    ['ssh: connect to host 192.34.56.78 port 22: Connection timed out\r\n', 'timedOut'],
    ['ssh: connect to host 192.34.56.78 port 22: No route to host\r\n', 'unreachable'],
    ['ssh: Could not resolve hostname web: Name or service not known\r\n', 'unknownHost'],
    [
      '@@@\r\n@    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @\r\nHost key verification failed.\r\n',
      'hostKeyChanged',
    ],
    ['Host key verification failed.\r\n', 'hostKeyNotTrusted'],
    ['root@192.34.56.78: Permission denied (publickey,password).\r\n', 'permissionDenied'],
    [
      'Received disconnect from 192.34.56.78 port 22:2: Too many authentication failures\r\nDisconnected from 192.34.56.78 port 22\r\n',
      'tooManyKeys',
    ],
    ['Connection closed by 192.34.56.78 port 22\r\n', 'closed'],
    ['kex_exchange_identification: Connection closed by remote host\r\n', 'closed'],
    [
      'kex_exchange_identification: Connection closed by remote host\r\nConnection closed by UNKNOWN port 65535\r\n',
      'jumpHostFailed',
    ],
    ['Too many recursive configuration includes\r\n', 'badSettings'],
    ['client_loop: send disconnect: Broken pipe\r\n', 'closed'],
    ['/home/jo/.ssh/config: line 1: Bad configuration option: usr\r\n', 'badSettings'],
    ['', undefined],
    ['Something new.\r\n', undefined],
  ] as const;

  for (const [log, reason] of logs) {
    it(`reads ${String(reason)} from ${JSON.stringify(log.trim().slice(0, 60))}`, () =>
      assert.equal(readExitReason(log), reason));
  }

  it('shows the last line of any other log as plain text', () => {
    assert.equal(lastLine('first\r\n\u001b[31mlast\u202e line\r\n\r\n'), '[31mlast line');
    assert.equal(lastLine(''), '');
  });
});

describe('toRemoteAuthority', () => {
  it('has no capitals and no colons', () => {
    const host = '192.34.56.78';
    assert.equal(
      toRemoteAuthority({ ...defaultProfile, host }, undefined),
      'ssh-remote+root@192.34.56.78',
    );
    assert.equal(
      toRemoteAuthority({ ...defaultProfile, host }, 'web-1.vps'),
      'ssh-remote+web-1.vps',
    );
    for (const [user, address] of [
      ['Jo', host],
      ['root', '2001:db8::1'],
    ] as const) {
      const authority = toRemoteAuthority({ ...defaultProfile, user, host: address }, undefined);
      const [, hex = ''] = /^ssh-remote\+([0-9a-f]+)$/u.exec(authority) ?? [];
      assert.deepEqual(JSON.parse(Buffer.from(hex, 'hex').toString()), { hostName: address, user });
    }
  });
});
