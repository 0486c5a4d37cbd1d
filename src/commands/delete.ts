import * as vscode from 'vscode';
import { isAllowed } from '../core/server.ts';
import type { CommandContext } from '../host/commandContext.ts';
import { askText } from '../host/inputBox.ts';
import { withStatusBarProgress } from '../host/progress.ts';
import { checkBeforeDelete } from '../state/deletionCheck.ts';
import {
  checkAfterConfirmation,
  findMismatch,
  prepareQuestion,
} from '../state/deletionConfirmation.ts';
import type { Mismatch } from '../state/deletionConfirmation.ts';
import { loadTargetPrices } from '../state/targetPrices.ts';
import { splitTargets } from '../state/targets.ts';
import type { Target } from '../state/targets.ts';
import { plural } from '../text/l10n.ts';
import { bulkOutcomeText } from '../text/outcomes.ts';
import { deletionSavingText } from '../text/prices.ts';
import { accountLine, joinNames, listTargets, notesText, skippedText } from '../text/targets.ts';
import { formatTime } from '../text/times.ts';
import { filterNote } from './filterNote.ts';
import { reportProtected } from './reportProtected.ts';
import { reviewDeletion } from './reviewDeletion.ts';
import { runActions } from './runActions.ts';
import { resolveTargets } from '../host/serverPicker.ts';

/** Delete Server... */
export async function deleteServers(
  context: CommandContext,
  args: readonly unknown[],
): Promise<void> {
  const targets = await resolveTargets(context, args, {
    placeholder: vscode.l10n.t('Delete which server?'),
    none: vscode.l10n.t('There is no server to delete.'),
    accepts: (server) => isAllowed('delete', server),
  });
  await confirmAndDelete(context, targets, filterNote(context, args));
}

/**
 * Asks as the settings demand, then deletes. Every deletion by a command goes through here; arguments can name servers but
 * never skip a question.
 */
async function confirmAndDelete(
  context: CommandContext,
  chosen: readonly Target[],
  note?: string,
): Promise<void> {
  const { sessions, clock, messages, actions, settings, plans, marks } = context;
  const [only] = chosen;
  if (chosen.length === 1 && only && reportProtected(context, only)) {
    return;
  }
  const check = await whileChecking(() => checkBeforeDelete(sessions, clock, chosen));
  const { existing, gone, knownSince } = check;
  if (gone.length > 0) {
    recordGone(context, gone);
    messages.info(goneText(gone));
  }
  const { able, skipped } = splitTargets(actions, existing, 'delete');
  if (able.length === 0 && skipped.length > 0) {
    messages.info([vscode.l10n.t('There is no server to delete.'), skippedText(skipped)].join(' '));
    return;
  }
  const targets = await reviewDeletion(able);
  const [first] = targets;
  if (!first) {
    return;
  }
  // While VPS.org does not respond, prices would not arrive either.
  const maxPriceWaitMs = knownSince === undefined ? undefined : 0;
  const { total, isSample } = await loadTargetPrices(await plans(), targets, maxPriceWaitMs);
  const saving = deletionSavingText(total, isSample);
  const question = prepareQuestion(targets, check);
  const isConfirmed = await messages.confirm({
    message:
      targets.length === 1
        ? vscode.l10n.t('Delete "{0}"?', first.server.name)
        : plural(
            vscode.l10n.t('{0, plural, one {Delete # server?} other {Delete # servers?}}'),
            targets.length,
          ),
    detail: questionDetail(targets, knownSince, [
      note,
      notesText(marks, targets),
      skippedText(skipped),
      saving,
    ]),
    confirm: vscode.l10n.t('Delete'),
  });
  if (!isConfirmed) {
    return;
  }
  if (settings.deleteConfirmation === 'typeName' && !(await isConfirmedByTyping(targets))) {
    return;
  }
  const confirmed = await whileChecking(() => checkAfterConfirmation(sessions, clock, question));
  if (confirmed.mismatch) {
    const { target, reason } = confirmed.mismatch;
    messages.warn(mismatchText(reason, target.server.name));
    return;
  }
  if (confirmed.gone.length > 0) {
    recordGone(context, confirmed.gone);
    // What was to be deleted is deleted: no message that needs to be closed.
    messages.flash(goneText(confirmed.gone));
  }
  if (confirmed.remaining.length === 0) {
    return;
  }
  await runActions(context, confirmed.remaining, {
    action: 'delete',
    progressTitle: vscode.l10n.t('Deleting'),
    skipped,
    summary: (done, total) => bulkOutcomeText('delete', done, total),
    // A rate limit may delay the last of many by minutes.
    run: async (target) =>
      findMismatch(sessions, question, target) ? { kind: 'changed' } : actions.delete(target.ref),
    retry: (remaining) => confirmAndDelete(context, remaining),
  });
}

async function whileChecking<T>(work: () => Promise<T>): Promise<T> {
  return withStatusBarProgress(vscode.l10n.t('Checking with VPS.org'), work);
}

function mismatchText(reason: Mismatch, name: string): string {
  switch (reason) {
    case 'name':
      return vscode.l10n.t('Nothing was deleted: "{0}" was renamed in the meantime.', name);
    case 'address':
      return vscode.l10n.t(
        'Nothing was deleted: the address of "{0}" changed in the meantime.',
        name,
      );
    case 'location':
      return vscode.l10n.t(
        'Nothing was deleted: the location of "{0}" changed in the meantime.',
        name,
      );
    case 'createdAt':
      return vscode.l10n.t(
        'Nothing was deleted: "{0}" now has another creation time, so it may be another server.',
        name,
      );
    case 'account':
      return vscode.l10n.t(
        'Nothing was deleted: the account of "{0}" or its token changed in the meantime.',
        name,
      );
    case 'unconfirmed':
      return vscode.l10n.t(
        'Nothing was deleted: couldn\'t reach VPS.org to check "{0}" again. Try again later.',
        name,
      );
  }
}

/** The person learns of the deletions here, so that they need no message about a change elsewhere. */
function recordGone({ recordAction }: CommandContext, gone: readonly Target[]): void {
  for (const { ref, server } of gone) {
    recordAction({ ...ref, action: 'delete', name: server.name })({ kind: 'gone' });
  }
}

function goneText(gone: readonly Target[]): string {
  return plural(
    vscode.l10n.t(
      '{0, plural, one {"{1}" no longer exists.} other {These servers no longer exist: {1}}}',
    ),
    gone.length,
    joinNames(gone.map(({ server }) => server.name)),
  );
}

function questionDetail(
  targets: readonly Target[],
  knownSince: number | undefined,
  notes: readonly (string | undefined)[],
): string {
  const age =
    knownSince === undefined
      ? undefined
      : vscode.l10n.t("Couldn't reach VPS.org. Last updated at {0}.", formatTime(knownSince));
  const warning = plural(
    vscode.l10n.t(
      '{0, plural, one {The server and everything on it will be permanently deleted. This cannot be undone.} other {These servers and everything on them will be permanently deleted. This cannot be undone.}}',
    ),
    targets.length,
  );
  const list = listTargets(targets, { withStatus: true });
  return [list, accountLine(targets), ...notes, age, warning].filter(Boolean).join('\n\n');
}

/** The second confirmation: typing the name, or for several servers their number. */
async function isConfirmedByTyping(targets: readonly Target[]): Promise<boolean> {
  const [first] = targets;
  if (!first) {
    return false;
  }
  const isOne = targets.length === 1;
  const expected = isOne ? first.server.name : String(targets.length);
  const prompt = isOne
    ? vscode.l10n.t('Type the name of the server, {0}, to delete it permanently.', expected)
    : vscode.l10n.t('Type the number of servers, {0}, to delete them permanently.', expected);
  const mismatch = isOne
    ? vscode.l10n.t("Name doesn't match.")
    : vscode.l10n.t("Number doesn't match.");
  let isConfirmed = false;
  await askText({
    title: isOne
      ? vscode.l10n.t('Delete "{0}"', expected)
      : vscode.l10n.t('Delete {0} servers', expected),
    prompt,
    // Not the answer: a screen reader reads it as the name of the field.
    placeholder: isOne
      ? vscode.l10n.t('Type the name to confirm')
      : vscode.l10n.t('Type the number to confirm'),
    submit: (text) => {
      isConfirmed = text.trim() === expected.trim();
      // VS Code shows a problem in place of the prompt.
      return Promise.resolve(isConfirmed ? undefined : [mismatch, prompt].join(' '));
    },
  });
  return isConfirmed;
}
