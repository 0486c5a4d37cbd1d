import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { AppError, isKind } from '../../../src/core/errors.ts';
import { reportText } from '../../../src/ssh/checkText.ts';
import { conclusionText } from '../../../src/ssh/conclusionText.ts';
import { checkConnection, mainProblem } from '../../../src/ssh/connectionCheck.ts';
import type { CheckParts, CheckSubject } from '../../../src/ssh/connectionCheck.ts';
import type { HostKeyResult } from '../../../src/ssh/hostKeys.ts';
import type { ProbeResult } from '../../../src/ssh/portProbe.ts';
import { defaultProfile, sshTarget } from '../../../src/ssh/profile.ts';
import type { SshTarget } from '../../../src/ssh/profile.ts';
import { anAccount, aSampleAccount } from '../../support/builders.ts';
import { FakeClock } from '../../support/fakeClock.ts';

const host = '45.76.0.1';
const target: SshTarget = { ...defaultProfile, host };
const key = { type: 'ssh-ed25519', data: 'A'.repeat(68) };
const oldKey = { type: 'ssh-ed25519', data: 'B'.repeat(68) };
const answer: ProbeResult = { kind: 'ssh', text: 'SSH-2.0-test', connectMs: 12, bannerMs: 34 };
const failedLookup = (code: string) => Promise.reject(Object.assign(new Error(code), { code }));

async function check(
  subject: Partial<CheckSubject> = {},
  parts: Partial<CheckParts> & { readonly probed?: ProbeResult; readonly key?: HostKeyResult } = {},
  signal = new AbortController().signal,
) {
  const steps = await checkConnection(
    { target, hostname: 'web.example.com', addresses: [host], ...subject },
    {
      clock: new FakeClock(),
      lookUp: () => Promise.resolve([host]),
      probe: () => Promise.resolve(parts.probed ?? answer),
      hostKey: () => Promise.resolve(parts.key ?? { kind: 'known', key }),
      ...parts,
    },
    signal,
  );
  const jumpHost = (subject.target as SshTarget | undefined)?.jumpHost;
  const conclusion = conclusionText(steps, { name: 'web-1', port: 22, jumpHost });
  return {
    steps,
    conclusion,
    outcomes: steps.map(({ step, outcome }) => `${step} ${outcome}`),
    problem: mainProblem(steps)?.step,
    report: reportText('title', 'time', steps, conclusion),
  };
}

describe('checkConnection', () => {
  it('reports every step of a good connection with its time', async () => {
    const { problem, report } = await check();
    assert.equal(problem, undefined);
    assert.equal(
      report.replace(/SHA256:\S+/u, 'SHA256:...'),
      [
        'title',
        'time',
        '',
        `OK - Address: ${host}, port 22 (0 ms)`,
        `OK - Hostname: web.example.com resolves to ${host} (0 ms)`,
        'OK - Port: open (12 ms)',
        'OK - SSH banner: SSH-2.0-test (34 ms)',
        'OK - Host key: known, ED25519 SHA256:... (0 ms)',
        '',
        '"web-1" accepts SSH connections.',
        '',
      ].join('\n'),
    );
  });

  it('breaks long lines between words', async () => {
    const oldKey = { type: 'ssh-ed25519', data: 'B'.repeat(68) };
    const { report, conclusion } = await check({}, { key: { kind: 'changed', key, oldKey } });
    assert.ok(conclusion.length > 200);
    const lines = report.split('\n');
    assert.deepEqual(
      lines.filter((line) => line.length > 100),
      [],
    );
    assert.ok(
      lines.some((line) => /^ {2}ED25519 SHA256:\S+ \(0 ms\)$/u.test(line)),
      report,
    );
    assert.ok(report.replaceAll('\n', ' ').includes(conclusion), report);
  });

  it('stops at an address that leads nowhere, without contacting anybody', async () => {
    const never = () => Promise.reject(new Error('contacted'));
    const parts = { lookUp: never, probe: never, hostKey: never };
    for (const [address, text] of [
      [null, /has no address yet/u],
      ['0.0.0.0', /leads to no other computer/u],
      ['127.0.0.1', /leads to no other computer/u],
      ['169.254.1.1', /leads to no other computer/u],
      ['::1', /leads to no other computer/u],
      ['fe80::1', /leads to no other computer/u],
      ['192.0.2.7', /reserved for examples/u],
      ['198.51.100.7', /reserved for examples/u],
      ['203.0.113.7', /reserved for examples/u],
      ['2001:db8::7', /reserved for examples/u],
    ] as const) {
      const server = { ipAddress: address, ipv6Address: undefined, hostname: undefined };
      const found = sshTarget(server, defaultProfile, anAccount());
      const { outcomes, conclusion } = await check({ target: found }, parts);
      assert.deepEqual(outcomes, ['address failed'], String(address));
      assert.match(conclusion, text);
    }
  });

  it('accepts loopback where the API is on this computer', () => {
    const server = { ipAddress: '127.0.0.1', ipv6Address: undefined, hostname: undefined };
    for (const account of [aSampleAccount(), anAccount({ apiUrl: 'http://127.0.0.1:1/api/v1' })]) {
      const found = sshTarget(server, defaultProfile, account);
      assert.equal(typeof found === 'object' && found.host, '127.0.0.1');
    }
  });

  it('does not need a hostname', async () => {
    for (const hostname of [undefined, '', 'web-1', 'not a name']) {
      const { outcomes, problem } = await check({ hostname });
      assert.ok(outcomes.includes('hostname skipped'), hostname);
      assert.equal(problem, undefined);
    }
  });

  it('compares all answers of the hostname with all addresses', async () => {
    const v6 = '2606:4700::1111';
    const found = await check(
      { addresses: [host, '2606:4700:0:0::1111'] },
      { lookUp: () => Promise.resolve(['9.9.9.9', v6]) },
    );
    assert.equal(found.problem, undefined);

    const other = await check({}, { lookUp: () => Promise.resolve(['9.9.9.9']) });
    assert.equal(other.problem, 'hostname');
    assert.match(other.conclusion, /web\.example\.com leads to a different computer/u);
    assert.match(other.report, /Warning - Hostname: .* resolves to 9\.9\.9\.9, not to/u);
    assert.ok(other.outcomes.includes('hostKey ok'));
  });

  it('warns about a hostname without an entry, and fails where SSH needs it', async () => {
    const parts = { lookUp: () => failedLookup('ENOTFOUND') };
    assert.ok((await check({}, parts)).outcomes.includes('hostname warning'));
    const needed = await check({ target: { ...target, host: 'web.example.com' } }, parts);
    assert.ok(needed.outcomes.includes('hostname failed'));
    assert.match(needed.conclusion, /could not be found, so SSH cannot connect/u);
  });

  it('does not wait for a resolver that hangs', async () => {
    const clock = new FakeClock();
    const result = check({}, { clock, lookUp: () => new Promise(() => undefined) });
    await clock.advance(10_000);
    assert.match(
      (await result).report,
      /Warning - Hostname: .* could not be looked up \(10,000 ms/u,
    );
  });

  it('explains each way in which a port is closed', async () => {
    for (const [reason, text] of [
      ['refused', /Port 22 of "web-1" refused the connection: SSH is not running yet, or/u],
      ['timedOut', /does not answer: the server is still starting, or a firewall/u],
      ['noRoute', /no route to "web-1"/u],
      ['failed', /\(EACCES\)/u],
    ] as const) {
      const probed: ProbeResult = { kind: 'notOpen', reason, code: 'EACCES', connectMs: 1 };
      const { conclusion, outcomes } = await check({}, { probed });
      assert.match(conclusion, text);
      assert.deepEqual(outcomes.slice(2), ['port failed', 'banner skipped', 'hostKey skipped']);
    }
  });

  it('explains each way in which a banner is missing', async () => {
    for (const [kind, text] of [
      ['silent', /is open, but SSH does not answer/u],
      ['closed', /closed the connection at once/u],
      ['notSsh', /Something other than SSH/u],
    ] as const) {
      const probed: ProbeResult = { kind, text: 'HTTP/1.1', connectMs: 1, bannerMs: 1 };
      const { conclusion, outcomes } = await check({}, { probed });
      assert.match(conclusion, text);
      assert.deepEqual(outcomes.slice(2), ['port ok', 'banner failed', 'hostKey skipped']);
    }
  });

  it('explains the host key', async () => {
    const cases: readonly [HostKeyResult, string, RegExp][] = [
      [{ kind: 'new', key }, 'ok', /new here: SSH will ask you to confirm ED25519 SHA256:/u],
      [{ kind: 'changed', key, oldKey }, 'failed', /created again at the same address/u],
      [{ kind: 'revoked', key }, 'failed', /marks as revoked/u],
      [{ kind: 'noKey' }, 'warning', /could not be checked/u],
      [{ kind: 'toolFailed', tool: 'ssh-keyscan', text: 'x' }, 'warning', /could not be checked/u],
      [{ kind: 'toolMissing', tool: 'ssh-keyscan' }, 'skipped', /^"web-1" accepts/u],
    ];
    for (const [found, outcome, text] of cases) {
      const { outcomes, conclusion } = await check({}, { key: found });
      assert.equal(outcomes.at(-1), `hostKey ${outcome}`);
      assert.match(conclusion, text);
    }
  });

  it('checks nothing directly that only a jump host reaches', async () => {
    const never = () => Promise.reject(new Error('contacted'));
    const { outcomes, conclusion } = await check(
      { target: { ...target, jumpHost: 'bastion.example.com' } },
      { probe: never, hostKey: never },
    );
    assert.deepEqual(outcomes.slice(2), ['port skipped', 'banner skipped', 'hostKey skipped']);
    assert.match(conclusion, /through the jump host bastion\.example\.com/u);
  });

  it('can be cancelled in every step', async () => {
    const hang = (signal: AbortSignal) =>
      new Promise<never>((_, reject) => {
        signal.addEventListener('abort', () => reject(AppError.cancelled()));
      });
    for (const parts of [
      { lookUp: () => new Promise<never>(() => undefined) },
      { probe: (_: SshTarget, signal: AbortSignal) => hang(signal) },
      { hostKey: (_: SshTarget, signal: AbortSignal) => hang(signal) },
    ]) {
      const abort = new AbortController();
      const result = check({}, parts, abort.signal);
      setImmediate(() => abort.abort());
      await assert.rejects(result, (error) => isKind(error, 'cancelled'));
    }
  });
});
