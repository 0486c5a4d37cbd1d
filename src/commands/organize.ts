import * as vscode from 'vscode';
import { markColors, maxNoteLength, toNote } from '../core/serverMarks.ts';
import type { MarkColor } from '../core/serverMarks.ts';
import type { CommandContext } from '../host/commandContext.ts';
import { askText } from '../host/inputBox.ts';
import { resolveTarget, resolveTargets } from '../host/serverPicker.ts';
import { toRefs } from '../state/targets.ts';
import type { Target } from '../state/targets.ts';
import { plural } from '../text/l10n.ts';
import { colorText } from '../text/marks.ts';
import { quotedServer } from '../text/targets.ts';

/** Pin Server to Top. */
export function pinServers(context: CommandContext, args: readonly unknown[]): Promise<void> {
  return setPinned(context, args, true);
}

/** Unpin Server. */
export function unpinServers(context: CommandContext, args: readonly unknown[]): Promise<void> {
  return setPinned(context, args, false);
}

async function setPinned(
  context: CommandContext,
  args: readonly unknown[],
  isPinned: boolean,
): Promise<void> {
  const { marks } = context;
  const targets = await resolveTargets(context, args, {
    placeholder: isPinned
      ? vscode.l10n.t('Pin which server to the top?')
      : vscode.l10n.t('Unpin which server?'),
    none: isPinned
      ? vscode.l10n.t('All servers are pinned.')
      : vscode.l10n.t('No server is pinned.'),
    accepts: (_server, ref) => marks.get(ref).isPinned !== isPinned,
  });
  await marks.setAll(toRefs(targets), { isPinned });
  const [first] = targets;
  if (first) {
    context.messages.flash(
      plural(
        isPinned
          ? vscode.l10n.t('{0, plural, one {"{1}" is pinned.} other {# servers are pinned.}}')
          : vscode.l10n.t(
              '{0, plural, one {"{1}" is no longer pinned.} other {# servers are no longer pinned.}}',
            ),
        targets.length,
        first.server.name,
      ),
    );
  }
}

/** Edit Server Note... An empty note removes it. */
export async function editNote(context: CommandContext, args: readonly unknown[]): Promise<void> {
  const { marks, messages, sessions } = context;
  const target = await resolveTarget(context, args, {
    placeholder: vscode.l10n.t('Edit the note of which server?'),
    none: vscode.l10n.t('There is no server.'),
    accepts: () => true,
  });
  if (target) {
    await askText({
      title: vscode.l10n.t('Note on {0}', quotedServer(sessions, target)),
      prompt: vscode.l10n.t('Only you see it, in this editor. Leave it empty to remove it.'),
      value: marks.get(target.ref).note ?? '',
      validate: (text) =>
        text.trim().length > maxNoteLength
          ? vscode.l10n.t('A note can have at most {0} characters.', maxNoteLength)
          : undefined,
      submit: async (text) => {
        const note = toNote(text);
        await marks.set(target.ref, { note });
        messages.flash(
          note === undefined
            ? vscode.l10n.t('"{0}" has no note.', target.server.name)
            : vscode.l10n.t('Saved the note on "{0}".', target.server.name),
        );
        return undefined;
      },
    });
  }
}

/** Set Server Color... */
export async function setColor(context: CommandContext, args: readonly unknown[]): Promise<void> {
  const { marks, messages } = context;
  const targets = await resolveTargets(context, args, {
    placeholder: vscode.l10n.t('Set the color of which server?'),
    none: vscode.l10n.t('There is no server.'),
    accepts: () => true,
  });
  const [first] = targets;
  if (!first) {
    return;
  }
  const current = new Set(targets.map(({ ref }) => marks.get(ref).color));
  const picked = await vscode.window.showQuickPick(
    [undefined, ...markColors].map((color) =>
      colorItem(color, current.size === 1 && current.has(color)),
    ),
    { placeHolder: colorQuestion(context, targets, first) },
  );
  if (picked) {
    await marks.setAll(toRefs(targets), { color: picked.color });
    messages.flash(
      plural(
        picked.color === undefined
          ? vscode.l10n.t('{0, plural, one {"{1}" has no color.} other {# servers have no color.}}')
          : vscode.l10n.t(
              '{0, plural, one {"{1}" is marked {2}.} other {# servers are marked {2}.}}',
            ),
        targets.length,
        first.server.name,
        ...(picked.color === undefined ? [] : [colorText(picked.color)]),
      ),
    );
  }
}

function colorItem(color: MarkColor | undefined, isCurrent: boolean) {
  return {
    color,
    label: color === undefined ? vscode.l10n.t('No Color') : colorLabel(color),
    ...(isCurrent ? { description: vscode.l10n.t('current') } : {}),
  };
}

function colorQuestion(
  { sessions }: CommandContext,
  targets: readonly Target[],
  first: Target,
): string {
  return targets.length === 1
    ? vscode.l10n.t('Color of {0}', quotedServer(sessions, first))
    : plural(
        vscode.l10n.t('Color of {0, plural, one {# server} other {# servers}}'),
        targets.length,
      );
}

function colorLabel(color: MarkColor): string {
  switch (color) {
    case 'red':
      return vscode.l10n.t('Red');
    case 'orange':
      return vscode.l10n.t('Orange');
    case 'yellow':
      return vscode.l10n.t('Yellow');
    case 'green':
      return vscode.l10n.t('Green');
    case 'blue':
      return vscode.l10n.t('Blue');
    case 'purple':
      return vscode.l10n.t('Purple');
  }
}
