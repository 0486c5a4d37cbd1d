import type { ServersApi } from '../../src/api/client.ts';
import type { Server } from '../../src/core/server.ts';
import { AppError } from '../../src/core/errors.ts';
import { openActivityMemory } from '../../src/host/activityFile.ts';
import { connectActivity } from '../../src/connectActivity.ts';
import type { Activity } from '../../src/connectActivity.ts';
import type { StoredAccount } from '../../src/state/accountStore.ts';
import { ActivityLog } from '../../src/state/activityLog.ts';
import type { ActivityFile } from '../../src/state/activityLog.ts';
import type { ChangeElsewhere } from '../../src/state/changeExplanation.ts';
import { ChangeTracker } from '../../src/state/changeTracker.ts';
import { EditTracker } from '../../src/state/editTracker.ts';
import type { PriceList } from '../../src/core/pricing.ts';
import { editText } from '../../src/text/serverEdits.ts';
import { ServerActions } from '../../src/state/serverActions.ts';
import { ServerCreation } from '../../src/state/serverCreation.ts';
import type { StatusWaiter } from '../../src/state/statusWaiter.ts';
import { aChangedServers, aList, aServer } from './builders.ts';
import { settle } from './fakeClock.ts';
import { signedIn } from './world.ts';

interface ActivityWorldOptions {
  /** Shared by several windows. */
  readonly file?: ActivityFile;
  readonly answers?: Partial<ServersApi>;
  readonly accounts?: readonly StoredAccount[];
  readonly redact?: (text: string) => string;
  /** Whether the window shows a message about what it finds. */
  readonly isAnnouncing?: boolean;
  /** The prices that are known already. */
  readonly prices?: PriceList;
}

let windows = 0;

/** A window with an activity log, connected as in `app.ts`. Its servers are those of `servers`, which a test changes. */
export async function activityWorld(options: ActivityWorldOptions = {}) {
  const {
    file = openActivityMemory(),
    redact = (text: string) => text,
    isAnnouncing = true,
  } = options;
  const servers = new Map<string, Server>([['12345', aServer()]]);
  const world = await signedIn(
    {
      listServers: () => Promise.resolve(aList(...servers.values())),
      getServer: (id) => {
        const server = servers.get(id);
        return server ? Promise.resolve(server) : Promise.reject(new AppError('notFound', '404'));
      },
      ...options.answers,
    },
    options.accounts,
  );
  const { sessions, clock } = world;
  const statusWaiter: StatusWaiter = world.statusWaiter;
  const changedServers = aChangedServers();
  const found: ChangeElsewhere[] = [];
  const warnings: string[] = [];
  const prefix = `window-${++windows}`;
  let ids = 0;
  const log = new ActivityLog({
    sessions,
    file,
    clock,
    makeId: () => `${prefix}-${++ids}`,
    redact,
    warn: (text) => warnings.push(text),
  });
  let tracker: ChangeTracker | undefined;
  const activity = connectActivity(
    sessions,
    clock,
    { error: (_text, error) => warnings.push(String(error)) },
    () => {
      tracker = new ChangeTracker({
        sessions,
        actions,
        statusWaiter,
        log,
        changedServers,
        clock,
        onDidFind: (change, entry) => {
          found.push(change);
          if (isAnnouncing) {
            log.announce(entry);
          }
        },
        warn: (text) => warnings.push(text),
      });
      const edits = new EditTracker({
        sessions,
        actions,
        log,
        changedServers,
        clock,
        loadPrices: () => Promise.resolve(options.prices),
        warn: (text) => warnings.push(text),
      });
      return Promise.resolve({ log, tracker, edits } as unknown as Activity);
    },
  );
  const actions: ServerActions = new ServerActions(
    sessions,
    statusWaiter,
    world.actions.protection,
    activity.record,
  );
  statusWaiter.onDidEnd(({ ref, end, target, server }) => {
    if (target !== undefined && end === 'settled') {
      log.endAction(ref, server.status);
    }
  });
  const set = (facts: Partial<Server>, id = '12345'): void =>
    void servers.set(id, aServer({ ...servers.get(id), id, ...facts }));
  return {
    ...world,
    log,
    file,
    record: activity.record,
    actions,
    creation: new ServerCreation(statusWaiter, clock, activity.record),
    changedServers,
    found,
    warnings,
    servers,
    /** Changes a server at VPS.org. */
    set,
    /** Refreshes the list, and waits until its changes are judged. */
    refresh: async (): Promise<void> => {
      await world.session.refresh();
      await clock.advance(3_100);
    },
    /** The entries as short texts, newest first. */
    lines: async (): Promise<readonly string[]> => {
      await settle();
      return (await log.read()).map((entry) => {
        switch (entry.kind) {
          case 'change':
            return `${entry.serverName}: ${entry.before} -> ${entry.after ?? 'deleted'}`;
          case 'edit':
            return `${entry.serverName}: ${editText(entry)}`;
          case 'action':
            return `${entry.serverName}: ${entry.action} ${entry.result}`;
        }
      });
    },
  };
}
