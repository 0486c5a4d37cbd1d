import * as vscode from 'vscode';
import type { ServerRef } from '../core/refs.ts';
import type { CommandContext } from '../host/commandContext.ts';
import type { MessageButton } from '../host/messages.ts';
import { toTarget } from '../state/targets.ts';
import type { Target } from '../state/targets.ts';
import { plural } from '../text/l10n.ts';
import { describeServer } from '../text/servers.ts';
import { joinNames } from '../text/targets.ts';
import { openTerminalButton } from './openTerminalButton.ts';

export interface EndedWait {
  readonly ref: ServerRef;
  readonly port: number;
  readonly isAnswering: boolean;
}

/** Names in one message. */
const maxNames = 10;

/** Shows one message for the servers on which SSH answers, and one for those on which it does not. */
export async function reportSshWaits(
  context: CommandContext,
  ended: readonly EndedWait[],
  waitAgain: (ref: ServerRef) => unknown,
): Promise<void> {
  const found = ended.flatMap((wait) => {
    const target = toTarget(context.sessions, wait.ref);
    return target ? [{ ...wait, target }] : [];
  });
  const answering = found.filter(({ isAnswering }) => isAnswering).map(({ target }) => target);
  const silent = found.filter(({ isAnswering }) => !isAnswering);
  const [first] = answering;
  if (first && answering.length === 1) {
    await reportReady(context, first);
  } else if (first) {
    context.messages.info(
      plural(
        vscode.l10n.t(
          '{0, plural, one {# server accepts} other {# servers accept}} SSH connections: {1}',
        ),
        answering.length,
        namesOf(answering),
      ),
    );
  }
  reportSilent(context, silent, waitAgain);
}

async function reportReady(
  { messages }: CommandContext,
  { ref, session, server }: Target,
): Promise<void> {
  messages.info(
    vscode.l10n.t('{0} is active and accepts SSH connections.', describeServer(session, server)),
    ...(await openTerminalButton(ref)),
    {
      title: vscode.l10n.t('Show Details'),
      run: () => vscode.commands.executeCommand('vpsOrg.server.open', ref),
    },
    {
      title: vscode.l10n.t('Copy IP Address'),
      run: () => vscode.commands.executeCommand('vpsOrg.server.copyIp', ref),
    },
  );
}

function reportSilent(
  { messages }: CommandContext,
  silent: readonly (EndedWait & { readonly target: Target })[],
  waitAgain: (ref: ServerRef) => unknown,
): void {
  const [first] = silent;
  if (!first) {
    return;
  }
  const keepWaiting: MessageButton = {
    title: vscode.l10n.t('Keep Waiting'),
    run: () => silent.forEach(({ ref }) => waitAgain(ref)),
  };
  if (silent.length > 1) {
    messages.warn(
      plural(
        vscode.l10n.t(
          'SSH did not answer within 5 minutes on {0, plural, one {# server} other {# servers}}: {1}',
        ),
        silent.length,
        namesOf(silent.map(({ target }) => target)),
      ),
      keepWaiting,
    );
    return;
  }
  messages.warn(
    vscode.l10n.t(
      '"{0}" is {1}, but SSH did not answer on port {2} within 5 minutes.',
      first.target.server.name,
      first.target.server.status,
      first.port,
    ),
    {
      title: vscode.l10n.t('Check Connection'),
      run: () => vscode.commands.executeCommand('vpsOrg.server.checkConnection', first.ref),
    },
    keepWaiting,
  );
}

function namesOf(targets: readonly Target[]): string {
  return joinNames(
    targets.map(({ server }) => server.name),
    maxNames,
  );
}
