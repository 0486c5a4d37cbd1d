import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { startFaultySandbox } from '../../sandbox/faultySandbox.ts';
import { request, requestUrl, closeAll, json, start, until } from './harness.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

describe('Sandbox lifecycle', () => {
  afterEach(closeAll);

  it('delays a response by its clock and handles the request on arrival', async () => {
    const { sandbox, clock } = await start();
    sandbox.faults.add({ fault: { kind: 'delay', ms: 5_000 } });
    let arrived = false;
    const response = request(sandbox, 'POST', '/servers/12345/stop/').finally(
      () => (arrived = true),
    );
    await until(() => clock.pendingCount === 1);
    assert.equal(sandbox.world.get(12345)?.status, 'stopping');
    await clock.advance(4_999);
    await request(sandbox, 'GET', '/servers/');
    assert.equal(arrived, false);
    await clock.advance(1);
    assert.equal((json(await response).server as { status: string }).status, 'stopping');
    assert.equal(clock.pendingCount, 0);
  });

  it('drops a delayed response when the client disconnects', async () => {
    const { sandbox, clock } = await start();
    sandbox.faults.add({ fault: { kind: 'delay', ms: 5_000 } });
    const controller = new AbortController();
    const response = request(sandbox, 'GET', '/servers/', { signal: controller.signal });
    await until(() => clock.pendingCount === 1);
    controller.abort();
    await assert.rejects(response, { name: 'AbortError' });
    await until(() => clock.pendingCount === 0);
  });

  it('hangs until it is closed, with or without an effect', async () => {
    const { sandbox } = await start();
    sandbox.faults.add({ fault: { kind: 'hang' }, match: { path: /stop/u } });
    sandbox.faults.add({ fault: { kind: 'hang', effect: true }, match: { path: /reboot/u } });
    const hanging = [
      assert.rejects(request(sandbox, 'POST', '/servers/12345/stop/'), { code: 'ECONNRESET' }),
      assert.rejects(request(sandbox, 'POST', '/servers/12346/reboot/'), { code: 'ECONNRESET' }),
    ];
    await until(() => sandbox.faults.pending.length === 0);
    assert.equal((await request(sandbox, 'GET', '/servers/')).status, 200);
    assert.equal(sandbox.world.get(12345)?.status, 'active');
    assert.equal(sandbox.world.get(12346)?.status, 'rebooting');
    await sandbox.close();
    await Promise.all(hanging);
  });

  it('closes at once with idle, silent and delayed connections open', async () => {
    const { sandbox, clock } = await start();
    const port = Number(new URL(sandbox.url).port);
    const silent = connect(port, '127.0.0.1');
    await once(silent, 'connect');
    const half = connect(port, '127.0.0.1');
    half.on('error', () => undefined);
    await once(half, 'connect');
    half.write(
      `POST /api/v1/servers/ HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Length: 10\r\n`,
    );
    half.write(`Authorization: Bearer ${sandbox.token}\r\n\r\n{`);
    sandbox.faults.add({ fault: { kind: 'delay', ms: 60_000 } });
    const delayed = assert.rejects(request(sandbox, 'GET', '/servers/'), { code: 'ECONNRESET' });
    await until(() => clock.pendingCount === 1);
    const ends = [once(silent, 'close'), once(half, 'close'), delayed];
    await Promise.all([sandbox.close(), sandbox.close()]);
    assert.equal(clock.pendingCount, 0);
    await Promise.all(ends);
    await assert.rejects(request(sandbox, 'GET', '/servers/'), { code: 'ECONNREFUSED' });
  });

  it('survives a client that disconnects in the middle of a body', async () => {
    const { sandbox } = await start();
    const port = Number(new URL(sandbox.url).port);
    const socket = connect(port, '127.0.0.1');
    socket.write(
      `PATCH /api/v1/servers/12345/ HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Length: 99\r\n`,
    );
    socket.write(`Authorization: Bearer ${sandbox.token}\r\n\r\n{"name": "x"`);
    await once(socket, 'connect');
    socket.destroy();
    await once(socket, 'close');
    assert.equal((await request(sandbox, 'GET', '/servers/')).status, 200);
    assert.equal(sandbox.world.get(12345)?.name, 'web-server-01');
  });

  it('responds with 500 when a listener throws, and continues', async () => {
    const { sandbox } = await start();
    const listener = sandbox.onDidChange(() => {
      throw new Error('disk full');
    });
    assert.equal((await request(sandbox, 'DELETE', '/servers/12345/')).status, 500);
    listener.dispose();
    assert.equal((await request(sandbox, 'DELETE', '/servers/12346/')).status, 204);
  });

  it('listens on loopback at the given port, and rejects when the port is in use', async () => {
    const { sandbox } = await start();
    assert.match(sandbox.url, /^http:\/\/127\.0\.0\.1:\d+\/api\/v1$/u);
    const port = Number(new URL(sandbox.url).port);
    await assert.rejects(startFaultySandbox({ port }), { code: 'EADDRINUSE' });
    await sandbox.close();
    const { sandbox: second } = await start({ port });
    assert.equal(second.url, sandbox.url);
  });

  it('leaves nothing behind that keeps a process alive', async () => {
    const program = `
      import { startFaultySandbox } from './test/sandbox/faultySandbox.ts';
      const sandbox = await startFaultySandbox();
      const headers = { Authorization: 'Bearer ' + sandbox.token };
      sandbox.faults.add({ fault: { kind: 'delay', ms: 600_000 } });
      sandbox.faults.add({ fault: { kind: 'hang' } });
      const requests = [1, 2].map(() => fetch(sandbox.url + '/servers/', { headers }).catch(() => 'cut'));
      while (sandbox.faults.pending.length > 0) await new Promise(setImmediate);
      await fetch(sandbox.url + '/servers/12345/stop/', { method: 'POST', headers });
      await sandbox.close();
      console.log(...(await Promise.all(requests)));`;
    const args = ['--import', 'tsx', '--input-type=module', '--eval', program];
    const { stdout } = await promisify(execFile)(process.execPath, args, {
      cwd: root,
      timeout: 20_000,
    });
    assert.equal(stdout, 'cut cut\n');
  });

  it('runs standalone from scripts/sandbox.mjs', async () => {
    const args = ['scripts/sandbox.mjs', '--count', '3', '--credit', '7', '--speed', '10'];
    const script = spawn(process.execPath, args, { cwd: root, stdio: ['pipe', 'pipe', 'inherit'] });
    const lines: string[] = [];
    createInterface({ input: script.stdout }).on('line', (line) => lines.push(line));
    const line = async (pattern: RegExp): Promise<RegExpExecArray> => {
      await until(() => lines.some((each) => pattern.test(each)));
      return (
        lines.map((each) => pattern.exec(each)).find((match) => match !== null) ?? assert.fail()
      );
    };
    try {
      const [, url = ''] = await line(/runs at (http\S+)/u);
      const [, headerFile = ''] = await line(/^Token: in the file (.+)/u);
      const [, token = ''] =
        /^Authorization: Bearer (\S+)\n$/u.exec(readFileSync(headerFile, 'utf8')) ?? [];
      assert.ok(!lines.some((each) => each.includes(token)), 'a log may be readable for others');
      if (process.platform !== 'win32') {
        assert.equal(statSync(headerFile).mode & 0o077, 0);
        assert.equal(statSync(dirname(headerFile)).mode & 0o077, 0);
      }
      script.stdin.write('servers\nfault 503 GET /servers/\nfault nonsense\n');
      await line(/3 servers, \$7\.00 credit left/u);
      await line(/status 503 GET \/servers\/ \(0 of 1\)/u);
      await line(/There is no fault "nonsense"/u);
      assert.equal((await requestUrl(`${url}/servers/`, 'GET', token)).status, 503);
      assert.equal((await requestUrl(`${url}/servers/`, 'GET', token)).status, 200);
      script.kill('SIGINT');
      assert.deepEqual(await once(script, 'exit'), [0, null]);
      assert.ok(!existsSync(headerFile));
    } finally {
      script.kill('SIGKILL');
    }
  });
});
