import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { CommandContext } from '../../../src/host/commandContext.ts';
import type { MessageButton } from '../../../src/host/messages.ts';
import { openActivityMemory } from '../../../src/host/activityFile.ts';
import { ActivityLog } from '../../../src/state/activityLog.ts';
import type { ActivityFile } from '../../../src/state/activityLog.ts';
import type { ChangeElsewhere } from '../../../src/state/changeExplanation.ts';
import { aList, anAccount, anotherAccount, aServer } from '../../support/builders.ts';
import { commandWorld } from '../commands/commandWorld.ts';

const { Messages } = await import('../../../src/host/messages.ts');
const { ChangeMessages } = await import('../../../src/notifications/changeMessages.ts');
const { formatTime } = await import('../../../src/text/times.ts');

const minuteMs = 60_000;

/** Records warnings with their buttons. */
class Heard extends Messages {
  readonly warnings: string[] = [];

  override warn(text: string, ...buttons: readonly MessageButton[]): void {
    this.warnings.push([text, ...buttons.map(({ title }) => `[${title}]`)].join(' '));
  }
}

interface AnnouncingOptions {
  readonly isViewed?: boolean;
  readonly notifyChanges?: boolean;
  /** Shared by several windows. */
  readonly file?: ActivityFile;
}

let windows = 0;

async function announcing(options: AnnouncingOptions = {}) {
  const names = ['web-1', 'web-2', 'db-1'];
  const servers = new Map(names.map((name) => [name, aServer({ id: name, name })]));
  const world = await commandWorld(
    { listServers: () => Promise.resolve(aList(...servers.values())) },
    [anAccount()],
  );
  const messages = new Heard();
  let { isViewed = true } = options;
  const context = {
    ...world.context,
    messages,
    settings: {
      notifyChanges: options.notifyChanges ?? true,
    } as unknown as CommandContext['settings'],
  };
  const prefix = `window-${++windows}`;
  let ids = 0;
  const log = new ActivityLog({
    ...context,
    file: options.file ?? openActivityMemory(),
    makeId: () => `${prefix}-${++ids}`,
    redact: (text) => text,
    warn: (text) => assert.fail(text),
  });
  const announcer = new ChangeMessages(context, log, () => isViewed);
  const change = async (id: string, after: string | undefined, facts = {}): Promise<void> => {
    const before = servers.get(id);
    assert.ok(before);
    if (after === undefined) {
      servers.delete(id);
    } else {
      servers.set(id, { ...before, status: after });
    }
    await world.session.refresh();
    const found: ChangeElsewhere = {
      ref: { accountId: 'account-1', serverId: id },
      name: before.name,
      before: before.status,
      after,
      comparedAt: world.clock.now(),
      ...facts,
    };
    announcer.add(
      found,
      log.addChange({ ...found.ref, serverName: before.name, before: before.status, after }),
    );
  };
  return {
    ...world,
    change,
    warnings: messages.warnings,
    setViewed: (next: boolean): void => {
      isViewed = next;
      announcer.update();
    },
  };
}

describe('ChangeMessages', () => {
  it('announces a server that was suspended, stopped or deleted', async () => {
    const world = await announcing();
    await world.change('web-1', 'suspended');
    await world.clock.advance(2 * minuteMs);
    await world.change('web-2', 'stopped');
    await world.clock.advance(2 * minuteMs);
    await world.change('db-1', undefined);
    await world.clock.advance(2 * minuteMs);
    assert.deepEqual(world.warnings, [
      '"web-1" was suspended. [Show Server] [Show Activity]',
      '"web-2" stopped. Nobody stopped it from this editor. [Show Server] [Show Activity]',
      '"db-1" was deleted elsewhere. [Show Activity]',
    ]);
  });

  it('announces many in one message', async () => {
    const world = await announcing();
    await world.change('web-1', 'suspended');
    await world.change('db-1', undefined);
    await world.change('web-2', 'suspended');
    await world.clock.advance(minuteMs);
    assert.deepEqual(world.warnings, [
      '2 servers were suspended: "web-1", "web-2". 1 server was deleted elsewhere: "db-1". [Show Activity]',
    ]);
  });

  it('is silent about other changes, and where the setting is off', async () => {
    const world = await announcing();
    await world.change('web-1', 'rescue');
    await world.change('web-2', 'provisioning');
    const off = await announcing({ notifyChanges: false });
    await off.change('web-1', 'suspended');
    await world.clock.advance(minuteMs);
    await off.clock.advance(minuteMs);
    assert.deepEqual([...world.warnings, ...off.warnings], []);
  });

  it('shows at most one message a minute, and none about what has passed', async () => {
    const world = await announcing();
    await world.clock.advance(minuteMs);
    for (let round = 0; round < 10; round++) {
      await world.change('web-1', 'stopped');
      await world.clock.advance(5_000);
      await world.change('web-1', 'active');
      await world.clock.advance(5_000);
    }
    assert.equal(world.warnings.length, 2);
  });

  it('waits while the window is hidden, and then shows one summary', async () => {
    const world = await announcing({ isViewed: false });
    await world.change('web-1', 'suspended');
    await world.clock.advance(60 * minuteMs);
    assert.deepEqual(world.warnings, []);
    const since = world.clock.now() - 60 * minuteMs;
    world.setViewed(true);
    await world.clock.advance(4_000);
    await world.change('web-2', 'suspended', { comparedAt: since });
    await world.clock.advance(minuteMs);
    assert.deepEqual(world.warnings, [
      `Since ${formatTime(since, world.clock.now())}: 2 servers were suspended: "web-1", "web-2". [Show Activity]`,
    ]);
  });

  it('is silent about what another window announced meanwhile, and announces the rest', async () => {
    const file = openActivityMemory();
    const hidden = await announcing({ file, isViewed: false });
    const viewed = await announcing({ file });
    await hidden.change('web-1', 'suspended');
    await hidden.change('web-2', 'suspended');
    await viewed.change('web-1', 'suspended');
    await viewed.clock.advance(minuteMs);
    hidden.setViewed(true);
    await hidden.clock.advance(minuteMs);
    assert.deepEqual(
      [viewed.warnings, hidden.warnings],
      [
        ['"web-1" was suspended. [Show Server] [Show Activity]'],
        ['"web-2" was suspended. [Show Server] [Show Activity]'],
      ],
    );
  });

  it('leaves a message to another window where it is hidden before it shows one', async () => {
    const file = openActivityMemory();
    const first = await announcing({ file });
    const second = await announcing({ file, isViewed: false });
    await first.change('web-1', 'suspended');
    await second.change('web-1', 'suspended');
    first.setViewed(false);
    await first.clock.advance(minuteMs);
    second.setViewed(true);
    await second.clock.advance(minuteMs);
    first.setViewed(true);
    await first.clock.advance(minuteMs);
    assert.deepEqual([first.warnings.length, second.warnings.length], [0, 1]);
  });

  it('names the account where there are several', async () => {
    const world = await announcing();
    await world.accountStore.save(anotherAccount());
    await world.change('web-1', 'suspended');
    await world.clock.advance(minuteMs);
    assert.match(world.warnings[0] ?? '', /^"web-1" \(jo@example\.com\) was suspended\./u);
  });
});
