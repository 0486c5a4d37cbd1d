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

describe('the diagnostics', () => {
  async function text(withNames: boolean, settings: Record<string, string | number | boolean> = {}): Promise<string> {
    const refusal = new AppError('conflict', `no ${token}`, {
      ...{ method: 'POST', path: '/servers/12345/stop/', status: 409 },
      serverMessage: 'web-server-01 at 203.0.113.10 is locked',
    });
    const odd = aServer({ id: '9', name: 'line\nbreak', status: 'status of web-server-01' });
    const { accountStore, clock } = await signedIn({});
    const errors = new ErrorHistory(clock);
    const api = { listServers: () => Promise.resolve(aList(aServer(), odd)), power: () => Promise.reject(refusal) };
    const sessions = new Sessions(
      accountStore,
      () => Promise.resolve({ api: api as never, dispose: () => undefined }),
      clock,
      (error) => errors.note(error),
    );
    const [session] = sessions.all;
    await session?.refresh();
    await assert.rejects(session?.call((way) => way.power('12345', 'stop')) ?? Promise.resolve());
    return describeState(
      { program: ['VPS.org Servers 0.1.0'], settings, sessions: sessions.all, followed: 1, errors: errors.errors, now: clock.now() },
      withNames,
    );
  }

  it('give versions, settings, counts and the kinds of the last errors', async () => {
    const said = await text(false, { apiUrl: 'https://admin.vps.org/api/v1', refreshInterval: 60 });
    assert.match(said, /^VPS\.org Servers 0\.1\.0$/mu);
    assert.match(said, /refreshInterval: 60/u);
    assert.match(said, /Accounts: 1/u);
    assert.match(said, /2 servers \(1 active, 1 other\)/u);
    assert.match(said, /conflict POST \/servers\/\{id\}\/stop\/ HTTP 409/u);
  });

  it('name no server, address, id, host or account unless asked for', async () => {
    const said = await text(false, { apiUrl: 'https://jo:secret@intern.example.com/api' });
    assert.doesNotMatch(said, /web-server|203\.0\.113|12345|jo@example|example\.com|secret/u);
    assert.match(said, /with a user name or password/u);
  });

  it('name them when asked for, each on one line, and no password', async () => {
    const said = await text(true, { apiUrl: 'https://jo:secret@intern.example.com/api' });
    assert.match(said, /- 12345, web-server-01, active, us-west, 203\.0\.113\.10/u);
    assert.match(said, /- 9, line break, /u);
    assert.match(said, /web-server-01 at 203\.0\.113\.10 is locked/u);
    assert.match(said, /intern\.example\.com/u);
    assert.doesNotMatch(said, /secret/u);
  });

  it('hold no token in either way', async () => {
    assert.doesNotMatch(await text(false), new RegExp(token, 'u'));
    assert.doesNotMatch(await text(true), new RegExp(token, 'u'));
  });

  it('remember the last twenty errors', () => {
    const clock = new FakeClock();
    const errors = new ErrorHistory(clock);
    for (let number = 1; number <= 25; number++) {
      errors.note(new AppError('network', String(number)));
    }
    assert.deepEqual([errors.errors.length, errors.errors[0]?.error.message], [20, '6']);
  });
});
