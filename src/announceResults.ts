import type { DisposableStore } from './core/event.ts';
import type { CommandContext } from './host/commandContext.ts';
import type { LateServices } from './lateServices.ts';

/** Announces the results of waits and rejected tokens. Loads the code with the first wait and the first rejection. */
export function announceResults(
  app: DisposableStore,
  context: CommandContext,
  creationResults: LateServices['creationResults'],
): void {
  const firstWait = app.add(
    context.statusWaiter.onDidChange(() => {
      firstWait.dispose();
      void Promise.all([import('./notifications/waitResults.ts'), creationResults()]).then(
        ([{ registerWaitResults }, results]) =>
          app.add(registerWaitResults(context, (result) => results.reportEnd(result))),
      );
    }),
  );
  const firstRejection = app.add(
    context.sessions.onDidChange(({ session }) => {
      if (session.isRejected) {
        firstRejection.dispose();
        void import('./notifications/tokenRejected.ts').then(({ registerTokenRejected }) =>
          app.add(registerTokenRejected(context)),
        );
      }
    }),
  );
}
