import type { Clock } from './core/clock.ts';
import { lazy } from './core/lazy.ts';
import type { Disposable } from './core/event.ts';
import type { ActivityDocument } from './host/activityDocument.ts';
import type { Log } from './host/log.ts';
import type { RecordAction } from './state/actionRecord.ts';
import type { ActivityLog } from './state/activityLog.ts';
import type { ChangeTracker } from './state/changeTracker.ts';
import type { EditTracker } from './state/editTracker.ts';
import type { Sessions } from './state/sessions.ts';
import { hasServerChanges } from './state/storeChange.ts';

export interface Activity {
  readonly log: ActivityLog;
  readonly tracker: ChangeTracker;
  readonly edits: EditTracker;
  readonly document: ActivityDocument;
}

export interface ConnectedActivity extends Disposable {
  readonly record: RecordAction;
  /** Loads the rest. */
  readonly load: () => Promise<Activity>;
}

/**
 * Loads the activity with the first action or change, and passes on everything in the order in which it happened. The rest of a
 * start does without its code.
 */
export function connectActivity(
  sessions: Sessions,
  clock: Clock,
  log: Pick<Log, 'error'>,
  start: () => Promise<Activity>,
): ConnectedActivity {
  const load = lazy(start);
  const pass = (work: (activity: Activity) => void): void =>
    void load()
      .then(work)
      .catch((error: unknown) => log.error('The activity failed', error));
  let known = sessions.all;
  const subscriptions = [
    sessions.onDidChange(({ session, store }) => {
      // What the first list adds is no news.
      if (store && hasServerChanges(store) && store.comparedAt !== undefined) {
        pass(({ tracker, edits }) => {
          tracker.note(session, store);
          edits.note(session, store);
        });
      }
    }),
    sessions.onDidChangeAccounts(() => {
      const before = known;
      known = sessions.all;
      if (!before.every((session) => known.includes(session))) {
        pass((activity) => activity.log.removeSignedOut());
      }
    }),
  ];
  return {
    load,
    record: (action) => {
      const at = clock.now();
      let end: ReturnType<RecordAction> | undefined;
      pass((activity) => (end = activity.log.startAction(action, at)));
      return (outcome) => pass(() => end?.(outcome));
    },
    dispose: () => subscriptions.forEach((each) => each.dispose()),
  };
}
