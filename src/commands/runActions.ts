import * as vscode from 'vscode';
import { runLimited } from '../core/concurrency.ts';
import { AppError } from '../core/errors.ts';
import type { ServerAction } from '../core/server.ts';
import type { MessageButton } from '../host/messages.ts';
import type { ActionOutcome } from '../state/serverActions.ts';
import type { CommandContext } from './context.ts';
import { describeOutcome, doneOfMany } from './outcomes.ts';
import type { OutcomeText } from './outcomes.ts';
import type { Target } from './targets.ts';
import { toTarget } from './targets.ts';

/** At most so many requests of one bulk action at a time. */
export const requestsAtATime = 4;
/** When VPS.org asks to stay away for longer, what has not begun does not begin. */
const longestPauseMs = 2 * 60_000;
/** For how long all of them stay away after a 429 that names no time. */
const usualPauseMs = 5_000;

export interface ActionRun {
  readonly action: ServerAction;
  /** What goes on, e.g. `Stopping servers`. */
  readonly progressTitle: string;
  readonly run: (target: Target) => Promise<ActionOutcome>;
  /** How it is done again for those that failed, if not just so: the person may answer much later. */
  readonly retry?: (targets: readonly Target[]) => Promise<void>;
}

interface Result {
  readonly target: Target;
  readonly text: OutcomeText;
}

/** Runs an action on servers and tells what came of it: one message, however many servers there are. */
export async function runActions(
  context: CommandContext,
  targets: readonly Target[],
  action: ActionRun,
): Promise<void> {
  const [only] = targets;
  if (!only) {
    context.messages.info(vscode.l10n.t('None of these servers exists any more.'));
    return;
  }
  const { results, heldBack } =
    targets.length === 1
      ? { results: [await runOne(only, action)], heldBack: [] }
      : await runMany(context, targets, action);
  for (const { text } of results) {
    context.log.info(`${action.action}: ${text.text}`);
  }
  if (targets.length === 1) {
    tellOne(context, results);
  } else {
    tellMany(context, targets, { results, heldBack }, action);
  }
}

async function runOne(target: Target, { action, progressTitle, run }: ActionRun): Promise<Result> {
  const outcome = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: progressTitle },
    () => run(target),
  );
  return { target, text: describeOutcome(outcome, action, target.server.name) };
}

interface ManyResults {
  readonly results: readonly Result[];
  /** Not begun, because VPS.org asked for fewer requests. */
  readonly heldBack: readonly Target[];
}

function notAsked(): ActionOutcome {
  return { kind: 'failed', error: new AppError('unauthorized', 'The token was rejected before') };
}

async function runMany({ clock }: CommandContext, targets: readonly Target[], action: ActionRun): Promise<ManyResults> {
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: action.progressTitle, cancellable: true },
    async (progress, token) => {
      const abort = new AbortController();
      token.onCancellationRequested(() => abort.abort());
      let done = 0;
      const outcomes = await runLimited(
        targets,
        requestsAtATime,
        async (target) => {
          // A token that was rejected once is rejected for all of them.
          const outcome = target.session.isRejected ? notAsked() : await action.run(target);
          done += 1;
          progress.report({
            increment: 100 / targets.length,
            message: vscode.l10n.t('{0} of {1}', done, targets.length),
          });
          return outcome;
        },
        abort.signal,
        {
          clock,
          longestPauseMs,
          pauseAfter: (outcome) =>
            outcome.kind === 'failed' && outcome.error.kind === 'rateLimited' ? (outcome.error.retryAfterMs ?? usualPauseMs) : undefined,
          onPause: (pauseMs) =>
            progress.report({
              message: vscode.l10n.t('{0} of {1}, waiting {2} s because VPS.org asks for fewer requests', done, targets.length, Math.ceil(pauseMs / 1000)),
            }),
        },
      );
      return {
        results: targets.flatMap((target, index) => {
          const outcome = outcomes[index];
          return outcome ? [{ target, text: describeOutcome(outcome, action.action, target.server.name) }] : [];
        }),
        heldBack: abort.signal.aborted ? [] : targets.filter((_, index) => outcomes[index] === undefined),
      };
    },
  );
}

function tellOne({ messages, log }: CommandContext, results: readonly Result[]): void {
  const [result] = results;
  const showLog: MessageButton = { title: vscode.l10n.t('Show Log'), run: () => log.show() };
  if (result?.text.isTold) {
    return;
  }
  switch (result?.text.severity) {
    case 'done':
      messages.flash(result.text.text);
      break;
    case 'info':
      messages.info(result.text.text);
      break;
    case 'warning':
      messages.warn(result.text.text, showLog);
      break;
    case 'error':
      messages.error(result.text.text, showLog);
      break;
    case undefined:
      break;
  }
}

function tellMany(
  context: CommandContext,
  targets: readonly Target[],
  { results, heldBack }: ManyResults,
  action: ActionRun,
): void {
  const failed = results.filter(({ text }) => text.severity !== 'done');
  const notStarted = targets.length - results.length;
  const parts = [doneOfMany(action.action, results.length - failed.length, targets.length)];
  if (heldBack.length > 0) {
    parts.push(vscode.l10n.t('{0} not started, because VPS.org asks for fewer requests.', notStarted));
  } else if (notStarted > 0) {
    parts.push(vscode.l10n.t('{0} not started.', notStarted));
  }
  // That a token was rejected is told once, for all that is asked with it.
  const told = failed.filter(({ text }) => !text.isTold);
  parts.push(...told.slice(0, 3).map(({ text }) => text.text));
  if (told.length > 3) {
    parts.push(vscode.l10n.t('The log names {0} more.', told.length - 3));
  }
  const again = [...failed.filter(({ text }) => text.canRetry).map(({ target }) => target), ...heldBack];
  const showLog: MessageButton = { title: vscode.l10n.t('Show Log'), run: () => context.log.show() };
  const retry: MessageButton = {
    title: vscode.l10n.t('Retry Failed'),
    run: () => {
      const left = again.flatMap(({ ref }) => toTarget(context.sessions, ref) ?? []);
      return action.retry && left.length > 0 ? action.retry(left) : runActions(context, left, action);
    },
  };
  if (failed.length + heldBack.length === 0) {
    context.messages.info(parts.join(' '));
  } else {
    context.messages.warn(parts.join(' '), ...(again.length > 0 ? [retry] : []), showLog);
  }
}
