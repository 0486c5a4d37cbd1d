import assert from 'node:assert/strict';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import type { Server } from '../../../src/core/server.ts';
import { aList, aServer } from '../../support/builders.ts';
import { commandWorld, usePerson } from '../commands/commandWorld.ts';

const { manageConfig } = await import('../../../src/ssh/manageConfig.ts');

const own = 'Host web-1.vps\n  User me\n';

describe('Keep SSH Config Up to Date', () => {
  const front = usePerson();
  const before = { HOME: process.env.HOME, USERPROFILE: process.env.USERPROFILE };
  let folder = '';
  let config = '';
  let isOn = false;

  beforeEach(() => {
    const home = mkdtempSync(join(tmpdir(), 'vps-org-home-'));
    Object.assign(process.env, { HOME: home, USERPROFILE: home });
    folder = join(home, '.ssh');
    config = join(folder, 'config');
    isOn = false;
    mkdirSync(folder);
    writeFileSync(config, own);
  });

  afterEach(() => {
    rmSync(join(folder, '..'), { recursive: true });
    for (const [name, value] of Object.entries(before)) {
      if (value === undefined) {
        Reflect.deleteProperty(process.env, name);
      } else {
        process.env[name] = value;
      }
    }
  });

  let servers: readonly Server[] = [];
  beforeEach(() => {
    servers = [aServer({ id: '7', name: 'web-1', ipAddress: '192.34.56.1' })];
  });

  async function run(...answers: readonly string[]): Promise<void> {
    const { context } = await commandWorld({
      listServers: () => Promise.resolve(aList(...servers)),
    });
    const settings = {
      get sshConfigFile() {
        return isOn;
      },
      setSshConfigFile: (value: boolean) => {
        isOn = value;
        return Promise.resolve();
      },
    } as unknown as typeof context.settings;
    front.person.answers.push(...answers);
    await manageConfig({ ...context, settings });
  }

  it('does not take the alias of a host of the person, and leaves no trace', async () => {
    await run('Add Line');
    assert.ok(isOn);
    assert.match(front.person.heard.at(-1) ?? '', /connect with: ssh web-1-7\.vps$/u);
    assert.equal(readFileSync(config, 'utf8'), `Include vps-org.config\n${own}`);
    await run('Stop and Remove');
    assert.ok(!isOn);
    assert.equal(readFileSync(config, 'utf8'), own);
    assert.deepEqual(readdirSync(folder), ['config']);
  });

  it('says how many servers it leaves out, and why', async () => {
    servers = [
      ...servers,
      aServer({ id: '8', name: 'sim-1', ipAddress: '203.0.113.1' }),
      aServer({ id: '9', name: 'sim-2', ipAddress: '198.51.100.1' }),
      aServer({ id: '10', name: 'new', ipAddress: null }),
      aServer({ id: '11', name: 'local', ipAddress: '127.0.0.1' }),
    ];
    const text =
      'The SSH config has 1 of 5 servers and follows your list. Skipped: 2 simulated (addresses reserved for examples), 1 without an IP address yet, 1 without a usable address.';
    await run('Add Line');
    assert.match(front.person.heard[0] ?? '', /an alias for each server that SSH can connect to/u);
    assert.equal(
      front.person.heard.at(-1),
      `${text} In any terminal, connect with: ssh web-1-7.vps`,
    );
    front.person.heard.length = 0;
    await run();
    assert.ok(front.person.heard.join().includes(text));
  });

  it('gives the reason where it has no server at all', async () => {
    servers = [aServer({ id: '8', name: 'sim-1', ipAddress: '203.0.113.1' })];
    await run('Add Line');
    assert.equal(
      front.person.heard.at(-1),
      'The SSH config has 0 of 1 server and follows your list. Skipped: 1 simulated (address reserved for examples).',
    );
  });

  it('changes nothing without an answer', async () => {
    await run();
    assert.deepEqual(readdirSync(folder), ['config']);
    assert.equal(readFileSync(config, 'utf8'), own);
  });

  it('explains a config that is read-only, and leaves nothing behind', async () => {
    chmodSync(config, 0o444);
    await run('Add Line');
    assert.match(front.person.heard.at(-1) ?? '', /^~\/\.ssh\/config is read-only\./u);
    assert.ok(!isOn);
    assert.deepEqual(readdirSync(folder), ['config']);
    assert.equal(readFileSync(config, 'utf8'), own);
  });

  it('explains a config that is a folder, before it asks', async () => {
    rmSync(config);
    mkdirSync(config);
    await run('Add Line');
    assert.deepEqual(front.person.heard, ['~/.ssh/config is not a file. Nothing was changed.']);
    assert.deepEqual(readdirSync(folder), ['config']);
  });
});
