import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { AppError } from '../../../src/core/errors.ts';
import { describeState } from '../../../src/state/diagnostics.ts';
import { ErrorHistory } from '../../../src/state/errorHistory.ts';
import { Sessions } from '../../../src/state/sessions.ts';
import { aList, anAccount, aServer } from '../../support/builders.ts';
import { FakeClock } from '../../support/fakeClock.ts';
import { signedIn } from '../../support/world.ts';

const token = anAccount().token;

describe('describeState', () => {
  async function text(
    withNames: boolean,
    settings: Record<string, string | number | boolean> = {},
  ): Promise<string> {
    const refusal = new AppError('conflict', `no ${token}`, {
      method: 'POST',
      path: '/servers/12345/stop/',
      status: 409,
      serverMessage: 'web-server-01 at 203.0.113.10 is locked',
    });
    const odd = aServer({ id: '9', name: 'line\nbreak', status: 'status of web-server-01' });
    const { accountStore, clock } = await signedIn({});
    const errors = new ErrorHistory(clock);
    const api = {
      listServers: () => Promise.resolve(aList(aServer(), odd)),
      power: () => Promise.reject(refusal),
    };
    const sessions = new Sessions(
      accountStore,
      () => Promise.resolve({ api: api as never, dispose: () => undefined }),
      clock,
      (error) => errors.add(error),
    );
    const [session] = sessions.all;
    await session?.refresh();
    await assert.rejects(session?.call((way) => way.power('12345', 'stop')) ?? Promise.resolve());
    return describeState(
      {
        program: ['VPS.org Servers 0.1.0'],
        settings,
        sessions: sessions.all,
        waiting: 1,
        errors: errors.errors,
        now: clock.now(),
      },
      withNames,
    );
  }

  it('contains versions, settings, counts and the kinds of the last errors', async () => {
    const report = await text(false, {
      apiUrl: 'https://admin.vps.org/api/v1',
      refreshInterval: 60,
    });
    assert.match(report, /^VPS\.org Servers 0\.1\.0$/mu);
    assert.match(report, /refreshInterval: 60/u);
    assert.match(report, /Accounts: 1/u);
    assert.match(report, /2 servers \(1 active, 1 other\)/u);
    assert.match(report, /conflict POST \/servers\/\{id\}\/stop\/ HTTP 409/u);
  });

  it('contains no server, address, id, host or account by default', async () => {
    const report = await text(false, { apiUrl: 'https://jo:secret@intern.example.com/api' });
    assert.doesNotMatch(report, /web-server|203\.0\.113|12345|jo@example|example\.com|secret/u);
    assert.match(report, /with a user name or password/u);
  });

  it('contains them with names, each on one line, and no password', async () => {
    const report = await text(true, { apiUrl: 'https://jo:secret@intern.example.com/api' });
    assert.match(report, /- 12345, web-server-01, active, us-west, 203\.0\.113\.10/u);
    assert.match(report, /- 9, line break, /u);
    assert.match(report, /web-server-01 at 203\.0\.113\.10 is locked/u);
    assert.match(report, /intern\.example\.com/u);
    assert.doesNotMatch(report, /secret/u);
  });

  it('never contains a token', async () => {
    assert.doesNotMatch(await text(false), new RegExp(token, 'u'));
    assert.doesNotMatch(await text(true), new RegExp(token, 'u'));
  });

  it('keeps the last twenty errors', () => {
    const clock = new FakeClock();
    const errors = new ErrorHistory(clock);
    for (let number = 1; number <= 25; number++) {
      errors.add(new AppError('network', String(number)));
    }
    assert.deepEqual([errors.errors.length, errors.errors[0]?.error.message], [20, '6']);
  });
});
