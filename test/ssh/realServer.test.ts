import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../../scripts/processes.mjs';
import { systemClock } from '../../src/core/clock.ts';
import { isKind } from '../../src/core/errors.ts';
import { conclusionText } from '../../src/ssh/conclusionText.ts';
import { checkConnection } from '../../src/ssh/connectionCheck.ts';
import { checkHostKey, removeHostKeys } from '../../src/ssh/hostKeys.ts';
import { systemLookup } from '../../src/ssh/hostnameLookup.ts';
import { fingerprint } from '../../src/ssh/knownHosts.ts';
import { probePort } from '../../src/ssh/portProbe.ts';
import { defaultProfile } from '../../src/ssh/profile.ts';
import { runTool } from '../../src/ssh/sshTools.ts';
import { waitForSsh } from '../../src/ssh/waitForSsh.ts';
import { startSshServer, type SshServer } from '../support/sshServer.ts';

const host = '127.0.0.1';
const { signal } = new AbortController();

describe('A real OpenSSH server', function () {
  let started: SshServer | string = '';
  let server: SshServer;
  let knownHostsFile = '';

  before('start sshd', async function () {
    this.timeout(120_000);
    if (process.platform === 'win32') {
      this.skip();
    }
    started = await startSshServer();
    if (typeof started === 'string') {
      throw new Error(started);
    }
    server = started;
    knownHostsFile = join(server.dir, 'known_hosts');
  });

  beforeEach('forget all keys and answer', async () => {
    await writeFile(knownHostsFile, '');
    await server.stop();
    await server.recreate();
  });

  after('stop sshd', async () => {
    if (typeof started !== 'string') {
      await started.close();
    }
  });

  /** Runs a command with `ssh`. Accepts new keys, but no changed ones. */
  async function ssh(...command: readonly string[]) {
    return run('ssh', [
      ...['-F', 'none', '-p', String(server.port), '-l', server.user, '-i', server.identityFile],
      ...['-o', 'StrictHostKeyChecking=accept-new', '-o', `UserKnownHostsFile=${knownHostsFile}`],
      ...['-o', 'GlobalKnownHostsFile=none', '-o', 'BatchMode=yes', '-o', 'IdentitiesOnly=yes'],
      ...['--', host, ...command],
    ]);
  }

  const parts = () => ({ run: runTool, knownHostsFile });
  const place = () => ({ host, port: server.port });
  const hostKey = () => checkHostKey(place(), parts(), signal);

  async function check(): Promise<{ outcomes: string; conclusion: string }> {
    const target = { ...defaultProfile, ...place() };
    const steps = await checkConnection(
      { target, hostname: undefined, addresses: [host] },
      {
        clock: systemClock,
        lookUp: systemLookup,
        probe: (to, stop) => probePort(to, { clock: systemClock, signal: stop }),
        hostKey,
      },
      signal,
    );
    return {
      outcomes: steps.map(({ outcome }) => outcome).join(' '),
      conclusion: conclusionText(steps, { name: 'web-1', port: server.port, jumpHost: undefined }),
    };
  }

  it('is new, then known after ssh connected', async () => {
    const before = await hostKey();
    assert.equal(before.kind === 'new' && fingerprint(before.key), await server.fingerprint());
    const { code, output } = await ssh('echo', 'connected');
    assert.equal(code, 0, output);
    assert.match(output, /^connected$/mu);
    assert.equal((await hostKey()).kind, 'known');
    assert.deepEqual(await check(), {
      outcomes: 'ok skipped ok ok ok',
      conclusion: '"web-1" accepts SSH connections.',
    });
  });

  it('is recognized after it was created again, and ssh connects once the old key is removed', async () => {
    await ssh('true');
    const oldFingerprint = await server.fingerprint();
    await server.recreate();

    const refused = await ssh('true');
    assert.equal(refused.code, 255);
    assert.match(refused.output, /REMOTE HOST IDENTIFICATION HAS CHANGED/u);
    const found = await hostKey();
    assert.ok(found.kind === 'changed');
    assert.equal(fingerprint(found.oldKey), oldFingerprint);
    assert.equal(fingerprint(found.key), await server.fingerprint());
    const { outcomes, conclusion } = await check();
    assert.equal(outcomes, 'ok skipped ok ok failed');
    assert.match(conclusion, /created again at the same address/u);

    assert.equal(await removeHostKeys(place(), parts(), signal), undefined);
    assert.equal((await hostKey()).kind, 'new');
    assert.equal((await ssh('true')).code, 0);
    assert.equal((await hostKey()).kind, 'known');
  });

  it('is found under a hashed name in known_hosts', async () => {
    await ssh('true');
    await run('ssh-keygen', ['-H', '-f', knownHostsFile]);
    assert.equal((await hostKey()).kind, 'known');
  });

  it('can be revoked', async () => {
    const { stdout } = await scan();
    await writeFile(knownHostsFile, `@revoked ${stdout}`);
    assert.equal((await hostKey()).kind, 'revoked');
  });

  it('refuses connections while it does not run', async () => {
    await server.stop();
    const { outcomes, conclusion } = await check();
    assert.equal(outcomes, 'ok skipped failed skipped skipped');
    assert.match(conclusion, /refused the connection: SSH is not running yet/u);
  });

  it('is waited for until it answers', async () => {
    await server.stop();
    let probes = 0;
    const result = await waitForSsh(
      async (stop) => {
        const found = await probePort(place(), { clock: systemClock, signal: stop });
        probes += 1;
        if (probes === 1) {
          await server.recreate();
        }
        return found;
      },
      systemClock,
      signal,
    );
    assert.equal(probes, 2);
    assert.ok(result.isAnswering);
  });

  it('is left alone after a check was cancelled', async () => {
    const abort = new AbortController();
    const result = checkHostKey(place(), parts(), abort.signal);
    abort.abort();
    await assert.rejects(result, (error) => isKind(error, 'cancelled'));
  });

  it('is not judged where known_hosts cannot be read', async () => {
    const found = await checkHostKey(place(), { run: runTool, knownHostsFile: server.dir }, signal);
    assert.ok(found.kind === 'toolFailed' || found.kind === 'new', found.kind);
  });

  async function scan(): Promise<{ stdout: string }> {
    const found = await runTool('ssh-keyscan', ['-p', String(server.port), host], signal);
    assert.ok(found.kind === 'ended');
    return { stdout: found.stdout.split('\n').find((line) => line.startsWith('[')) ?? '' };
  }
});
