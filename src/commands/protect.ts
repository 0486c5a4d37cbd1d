import * as vscode from 'vscode';
import type { CommandContext } from '../host/commandContext.ts';
import { resolveTargets } from '../host/serverPicker.ts';
import { toRefs, toTarget } from '../state/targets.ts';
import type { Target } from '../state/targets.ts';
import { plural } from '../text/l10n.ts';
import { protectionScopeText, protectionText } from '../text/protection.ts';
import { accountLine, joinNames, listTargets } from '../text/targets.ts';
import { openProtectSetting } from './reportProtected.ts';

/** Protect Server: needs no question, because nothing is lost. */
export async function protectServers(
  context: CommandContext,
  args: readonly unknown[],
): Promise<void> {
  const { marks, messages, actions } = context;
  const chosen = await resolveTargets(context, args, {
    placeholder: vscode.l10n.t('Protect which server?'),
    none: vscode.l10n.t('All servers are protected.'),
    accepts: (server, ref) => actions.protection.reasonOf(ref, server) === undefined,
  });
  const targets = chosen.filter(({ ref }) => !marks.get(ref).isProtected);
  await marks.setAll(toRefs(targets), { isProtected: true });
  if (chosen.length > 0) {
    messages.flash(protectedText(chosen));
  }
}

function protectedText(targets: readonly Target[]): string {
  return plural(
    vscode.l10n.t(
      '{0, plural, one {"{1}" is now protected, in this editor only.} other {# servers are now protected, in this editor only.}}',
    ),
    targets.length,
    targets[0]?.server.name ?? '',
  );
}

/** Unprotect Server...: asks first. A pattern in the settings keeps protecting a server. */
export async function unprotectServers(
  context: CommandContext,
  args: readonly unknown[],
): Promise<void> {
  const { marks, messages, actions, sessions } = context;
  const chosen = await resolveTargets(context, args, {
    placeholder: vscode.l10n.t('Unprotect which server?'),
    none: vscode.l10n.t('No server is protected.'),
    accepts: (server, ref) => actions.protection.reasonOf(ref, server) !== undefined,
  });
  const isByPattern = ({ ref, server }: Target): boolean =>
    actions.protection.reasonOf(ref, server)?.pattern !== undefined;
  const byPattern = chosen.filter(isByPattern);
  const targets = chosen.filter((each) => marks.get(each.ref).isProtected && !isByPattern(each));
  const [first] = targets;
  if (!first) {
    reportNothingToUnprotect(context, chosen, byPattern);
    return;
  }
  const isConfirmed = await messages.confirm({
    message:
      targets.length === 1
        ? vscode.l10n.t('Unprotect "{0}"?', first.server.name)
        : plural(
            vscode.l10n.t('{0, plural, one {Unprotect # server?} other {Unprotect # servers?}}'),
            targets.length,
          ),
    detail: [
      listTargets(targets),
      sessions.all.length > 1 ? accountLine(targets) : undefined,
      byPattern.length > 0 ? skippedByPatternText(byPattern) : undefined,
      plural(
        vscode.l10n.t(
          '{0, plural, one {Afterwards it can be started, stopped, rebooted, changed and deleted from this editor.} other {Afterwards they can be started, stopped, rebooted, changed and deleted from this editor.}}',
        ),
        targets.length,
      ),
      protectionScopeText(),
    ]
      .filter(Boolean)
      .join('\n\n'),
    confirm: vscode.l10n.t('Unprotect'),
  });
  if (!isConfirmed) {
    return;
  }
  await marks.setAll(toRefs(targets), { isProtected: false });
  // Its name may match a pattern now, because it was renamed or the setting changed.
  const still = targets.flatMap(({ ref }) => toTarget(sessions, ref) ?? []).filter(isByPattern);
  if (still.length > 0) {
    reportNothingToUnprotect(context, still, still);
  } else {
    messages.flash(
      plural(
        vscode.l10n.t(
          '{0, plural, one {"{1}" is no longer protected.} other {# servers are no longer protected.}}',
        ),
        targets.length,
        first.server.name,
      ),
    );
  }
}

function reportNothingToUnprotect(
  { messages, actions }: CommandContext,
  chosen: readonly Target[],
  byPattern: readonly Target[],
): void {
  const [first] = byPattern;
  const [any] = chosen;
  const reason = first && actions.protection.reasonOf(first.ref, first.server);
  if (first && reason) {
    messages.info(
      byPattern.length === 1
        ? vscode.l10n.t(
            '{0} Change the setting to unprotect it.',
            protectionText(reason, first.server.name),
          )
        : skippedByPatternText(byPattern),
      openProtectSetting(),
    );
  } else if (any) {
    messages.info(
      plural(
        vscode.l10n.t(
          '{0, plural, one {"{1}" is not protected.} other {These servers are not protected.}}',
        ),
        chosen.length,
        any.server.name,
      ),
    );
  }
}

function skippedByPatternText(targets: readonly Target[]): string {
  return vscode.l10n.t(
    'Protected by the setting vpsOrg.protect: {0}',
    joinNames(targets.map(({ server }) => server.name)),
  );
}
