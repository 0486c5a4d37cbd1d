import * as vscode from 'vscode';
import type { ServerAction } from '../core/server.ts';
import type { CommandContext } from '../host/commandContext.ts';
import type { MessageButton } from '../host/messages.ts';
import { runBulkAction } from '../state/bulkActions.ts';
import type { BulkProgress, BulkResult } from '../state/bulkActions.ts';
import type { ActionOutcome } from '../state/serverActions.ts';
import { toTarget } from '../state/targets.ts';
import type { SkippedTarget, Target } from '../state/targets.ts';
import { plural } from '../text/l10n.ts';
import { describeOutcome } from '../text/outcomes.ts';
import type { OutcomeText } from '../text/outcomes.ts';
import { skippedText } from '../text/targets.ts';
import { withReply } from '../text/sentences.ts';
import { durationText } from '../text/times.ts';
import { showUntilSettled } from './settlingNotice.ts';

/** Failures that a message lists; the log has the rest. */
const maxListed = 3;

export interface ActionRun {
  readonly action: ServerAction;
  /** For example "Stopping". */
  readonly progressTitle: string;
  readonly run: (target: Target) => Promise<ActionOutcome>;
  /** Servers of the selection to which the action does not apply. The summary names them. */
  readonly skipped?: readonly SkippedTarget[];
  /** The first sentence about the results of several servers, such as "Stopping 2 of 3 servers." */
  readonly summary: (done: number, total: number) => string;
  /** Replaces the plain repetition behind the button "Retry 2 Servers", for actions that must ask again. */
  readonly retry?: (targets: readonly Target[]) => Promise<void>;
}

interface DescribedResult {
  readonly target: Target;
  readonly text: OutcomeText;
}

/** Runs an action on servers with progress, and reports the results in one message. */
export async function runActions(
  context: CommandContext,
  targets: readonly Target[],
  action: ActionRun,
): Promise<void> {
  const [first] = targets;
  if (!first) {
    context.messages.info(vscode.l10n.t('These servers no longer exist.'));
  } else if (targets.length === 1) {
    await runOne(context, first, action);
  } else {
    await runMany(context, targets, action);
  }
}

async function runOne(context: CommandContext, target: Target, action: ActionRun): Promise<void> {
  const { messages, log } = context;
  const outcome = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: action.progressTitle },
    () => action.run(target),
  );
  const {
    text: result,
    severity,
    isReported,
  } = describeOutcome(outcome, action.action, target.server.name);
  const text = [result, skippedText(action.skipped ?? [])].filter(Boolean).join(' ');
  log.info(`${action.action}: ${text}`);
  if (isReported) {
    return;
  }
  switch (severity) {
    case 'done':
      messages.flash(text);
      break;
    case 'info':
      messages.info(text);
      break;
    case 'warning':
      messages.warn(text, showLogButton(context));
      break;
    case 'error':
      messages.error(text, showLogButton(context));
      break;
  }
}

async function runMany(
  context: CommandContext,
  targets: readonly Target[],
  action: ActionRun,
): Promise<void> {
  const result = await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: action.progressTitle,
      cancellable: true,
    },
    (progress, token) => {
      const abort = new AbortController();
      token.onCancellationRequested(() => abort.abort());
      let reported = 0;
      return runBulkAction(targets, action.run, {
        clock: context.clock,
        signal: abort.signal,
        onProgress: (state) => {
          const increment = ((state.done - reported) / state.total) * 100;
          reported = state.done;
          progress.report({ increment, message: progressText(state) });
        },
      });
    },
  );
  reportMany(context, result, targets.length, action);
}

function progressText({ done, total, pauseMs }: BulkProgress): string {
  return pauseMs === undefined
    ? vscode.l10n.t('{0} of {1}', done, total)
    : vscode.l10n.t(
        '{0} of {1}, waiting {2} because VPS.org is rate limiting requests',
        done,
        total,
        durationText(pauseMs),
      );
}

function reportMany(
  context: CommandContext,
  { results, heldBack, cancelled }: BulkResult,
  total: number,
  action: ActionRun,
): void {
  const described: readonly DescribedResult[] = results.map(({ target, outcome }) => ({
    target,
    text: describeOutcome(outcome, action.action, target.server.name),
  }));
  for (const { text } of described) {
    context.log.info(`${action.action}: ${text.text}`);
  }
  const failed = described.filter(({ text }) => text.severity !== 'done');
  const summary = action.summary(described.length - failed.length, total);
  const parts = [withReply(summary, commonMessage(results))];
  if (heldBack.length > 0) {
    parts.push(
      vscode.l10n.t('{0} not started because VPS.org is rate limiting requests.', heldBack.length),
    );
  } else if (cancelled.length > 0) {
    parts.push(vscode.l10n.t('{0} not started.', cancelled.length));
  }
  const listed = failed.filter(({ text }) => !text.isReported);
  parts.push(...listed.slice(0, maxListed).map(({ text }) => text.text));
  if (listed.length > maxListed) {
    parts.push(vscode.l10n.t('See the log for {0} more.', listed.length - maxListed));
  }
  const skipped = skippedText(action.skipped ?? []);
  if (skipped !== undefined) {
    parts.push(skipped);
  }
  if (failed.length + heldBack.length === 0) {
    const waiting = results
      .map(({ target }) => target)
      .filter(({ ref }) => context.statusWaiter.isWaiting(ref));
    if (waiting.length > 0 && cancelled.length === 0) {
      showUntilSettled(context, waiting, parts.join(' '));
    } else {
      context.messages.info(parts.join(' '));
    }
    return;
  }
  const retryable = [
    ...failed.filter(({ text }) => text.canRetry).map(({ target }) => target),
    ...heldBack,
  ];
  const buttons = [
    ...(retryable.length > 0 ? [retryButton(context, retryable, action)] : []),
    showLogButton(context),
  ];
  context.messages.warn(parts.join(' '), ...buttons);
}

/** The API's message, where it sent the same one for every server. */
function commonMessage(results: BulkResult['results']): string | undefined {
  const messages = new Set(
    results.map(({ outcome }) => (outcome.kind === 'done' ? outcome.message : undefined)),
  );
  const [first] = messages;
  return messages.size === 1 ? first : undefined;
}

function retryButton(
  context: CommandContext,
  targets: readonly Target[],
  action: ActionRun,
): MessageButton {
  return {
    title: plural(
      vscode.l10n.t('Retry {0, plural, one {# Server} other {# Servers}}'),
      targets.length,
    ),
    run: () => {
      // The message may have been open for long.
      const remaining = targets.flatMap(({ ref }) => toTarget(context.sessions, ref) ?? []);
      return action.retry && remaining.length > 0
        ? action.retry(remaining)
        : runActions(context, remaining, { ...action, skipped: [] });
    },
  };
}

function showLogButton({ log }: CommandContext): MessageButton {
  return { title: vscode.l10n.t('Show Log'), run: () => log.show() };
}
