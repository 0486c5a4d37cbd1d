import * as vscode from 'vscode';
import type { Disposable } from '../core/event.ts';
import { DisposableStore } from '../core/event.ts';
import type { CommandContext } from '../host/commandContext.ts';
import type { WaitResult } from '../state/statusWaiter.ts';
import { plural } from '../text/l10n.ts';
import { joinNames } from '../text/targets.ts';
import { WaitingProgress } from './waitingProgress.ts';

/** Results that arrive within this time share one message. */
const batchMs = 30_000;
/** Names in one message. */
const maxNames = 10;

/**
 * Announces the results of waiting. Results of the same kind share one message, shown when the last wait ends or 30 s after the
 * first result. `reportElsewhere` returns true for results that another message announces.
 */
export function registerWaitResults(
  context: CommandContext,
  reportElsewhere: (result: WaitResult) => boolean,
): Disposable {
  const { statusWaiter, clock, settings } = context;
  const disposables = new DisposableStore();
  const progress = disposables.add(new WaitingProgress(context));
  const batches = new Map<string, WaitResult[]>();
  let timer: Disposable | undefined;
  const reportAll = (): void => {
    timer?.dispose();
    timer = undefined;
    const groups = [...batches.values()];
    batches.clear();
    groups.forEach((results) => report(context, results));
  };
  progress.update();
  disposables.add(statusWaiter.onDidChange(() => progress.update()));
  disposables.add(
    statusWaiter.onDidEnd((result) => {
      if (!reportElsewhere(result) && isNews(result)) {
        const { ref, end, target, server } = result;
        const isStarted = end === 'settled' && target === 'active' && server.status === 'active';
        if (isStarted && settings.waitUntilReachable === 'always') {
          void context.waitForSsh(ref);
        }
        const kind = [end, server.status, target].join(' ');
        batches.set(kind, [...(batches.get(kind) ?? []), result]);
        timer ??= clock.setTimeout(reportAll, batchMs);
      }
      if (statusWaiter.count === 0) {
        reportAll();
      }
    }),
  );
  disposables.add({ dispose: () => timer?.dispose() });
  return disposables;
}

/** Whether a result needs a message. For a change that was not requested here, the row is enough. */
function isNews({ end, target }: WaitResult): boolean {
  return end === 'gaveUp' || (target !== undefined && (end === 'gone' || end === 'settled'));
}

/** Shows one message for results of the same kind. */
function report(context: CommandContext, results: readonly WaitResult[]): void {
  const { messages, view } = context;
  const [{ server, end, target }] = results as readonly [WaitResult];
  if (end === 'gaveUp') {
    reportGivenUp(context, results);
  } else if (end === 'gone') {
    messages.info(
      results.length === 1
        ? vscode.l10n.t('"{0}" was deleted elsewhere.', server.name)
        : plural(
            vscode.l10n.t(
              '{0, plural, one {# server was} other {# servers were}} deleted elsewhere: {1}',
            ),
            results.length,
            namesOf(results),
          ),
    );
  } else if (server.status !== target) {
    messages.warn(
      results.length === 1
        ? vscode.l10n.t(
            '"{0}" is now "{1}" instead of "{2}".',
            server.name,
            server.status,
            target ?? '',
          )
        : plural(
            vscode.l10n.t(
              '{0, plural, one {# server is} other {# servers are}} now "{1}" instead of "{2}": {3}',
            ),
            results.length,
            server.status,
            target ?? '',
            namesOf(results),
          ),
    );
  } else {
    const text =
      results.length === 1
        ? vscode.l10n.t('"{0}" is now {1}.', server.name, server.status)
        : plural(
            vscode.l10n.t('{0, plural, one {# server is} other {# servers are}} now {1}.'),
            results.length,
            server.status,
          );
    if (view.isVisible) {
      messages.flash(text);
    } else {
      messages.info(text);
    }
  }
}

function reportGivenUp(context: CommandContext, results: readonly WaitResult[]): void {
  const { messages, statusWaiter, log } = context;
  const [{ server }] = results as readonly [WaitResult];
  messages.warn(
    results.length === 1
      ? vscode.l10n.t('"{0}" is still "{1}" after 10 minutes.', server.name, server.status)
      : plural(
          vscode.l10n.t(
            '{0, plural, one {# server is} other {# servers are}} still "{1}" after 10 minutes: {2}',
          ),
          results.length,
          server.status,
          namesOf(results),
        ),
    {
      title: vscode.l10n.t('Keep Waiting'),
      run: () =>
        results.forEach((result) => statusWaiter.waitFor(result.ref, result.server, result.target)),
    },
    { title: vscode.l10n.t('Show Log'), run: () => log.show() },
  );
}

function namesOf(results: readonly WaitResult[]): string {
  return joinNames(
    results.map(({ server }) => server.name),
    maxNames,
  );
}
