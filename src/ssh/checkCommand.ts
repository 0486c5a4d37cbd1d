import * as vscode from 'vscode';
import type { CommandContext } from '../host/commandContext.ts';
import type { MessageButton } from '../host/messages.ts';
import { resolveTarget } from '../host/serverPicker.ts';
import type { Target } from '../state/targets.ts';
import { describeServer } from '../text/servers.ts';
import { formatTime } from '../text/times.ts';
import { reportText, stepName } from './checkText.ts';
import { conclusionText } from './conclusionText.ts';
import { checkConnection, mainProblem } from './connectionCheck.ts';
import type { CheckParts, CheckStep } from './connectionCheck.ts';
import { checkHostKey } from './hostKeys.ts';
import type { HostKeyParts } from './hostKeys.ts';
import { systemLookup } from './hostnameLookup.ts';
import { openTerminalButton } from './openTerminalButton.ts';
import { probePort } from './portProbe.ts';
import type { SshTarget } from './profile.ts';
import { removeOldKey } from './removeOldKey.ts';
import { runTool } from './sshTools.ts';

/** What a check needs besides the context. */
export type CheckTools = CheckParts & { readonly keys: HostKeyParts };

/** Check Connection...: runs the steps of an SSH connection and explains the first one that fails. */
export async function checkServerConnection(
  context: CommandContext,
  args: readonly unknown[],
): Promise<void> {
  const target = await resolveTarget(context, args, {
    placeholder: vscode.l10n.t('Check the connection to which server?'),
    none: vscode.l10n.t('There are no servers to check.'),
    accepts: () => true,
  });
  if (target) {
    await checkTarget(context, target, systemTools(context));
  }
}

function systemTools({ clock }: CommandContext): CheckTools {
  const keys: HostKeyParts = { run: runTool };
  return {
    clock,
    keys,
    lookUp: systemLookup,
    probe: (target, signal) => probePort(target, { clock, signal }),
    hostKey: (target, signal) => checkHostKey(target, keys, signal),
  };
}

/** Checks a server with progress, then shows a document with the steps and a message with the result. */
export async function checkTarget(
  context: CommandContext,
  { ref, session, server: listed }: Target,
  tools: CheckTools,
): Promise<void> {
  const { messages } = context;
  const result = await withCancellableProgress(
    vscode.l10n.t('Checking the connection to "{0}"', listed.name),
    async (signal, report) => {
      // Lists omit the IPv6 address, and the address may be newer than the list.
      const server = await session.loadServer(listed.id, signal).catch((error: unknown) => {
        if (signal.aborted) {
          throw error;
        }
        return listed;
      });
      if (!server) {
        return undefined;
      }
      const target = (await context.ssh()).targetOf({ ref, session, server });
      const steps = await checkConnection(
        {
          target,
          hostname: server.hostname,
          addresses: [server.ipAddress, server.ipv6Address].flatMap((address) => address ?? []),
        },
        tools,
        signal,
        (step) => report(stepName(step)),
      );
      return { server, target, steps };
    },
  );
  if (!result) {
    messages.info(vscode.l10n.t('"{0}" no longer exists.', listed.name));
    return;
  }
  const { server, target, steps } = result;
  const conclusion = conclusionText(steps, {
    name: server.name,
    port: typeof target === 'string' ? 0 : target.port,
    jumpHost: typeof target === 'string' ? undefined : target.jumpHost,
  });
  if (typeof target === 'string') {
    messages.info(conclusion);
    return;
  }
  const title = vscode.l10n.t('SSH connection to {0}', describeServer(session, server));
  const documents = await context.documents();
  await documents.showText(
    ref,
    vscode.l10n.t('{0} connection', server.name),
    reportText(title, formatTime(context.clock.now()), steps, conclusion),
  );
  const again = (): Promise<void> => checkTarget(context, { ref, session, server }, tools);
  const buttons = await buttonsFor(context, { ref, session, server }, target, steps, tools, again);
  if (mainProblem(steps)) {
    messages.warn(conclusion, ...buttons);
  } else {
    messages.info(conclusion, ...buttons);
  }
}

async function buttonsFor(
  context: CommandContext,
  subject: Target,
  target: SshTarget,
  steps: readonly CheckStep[],
  { keys }: CheckTools,
  again: () => Promise<void>,
): Promise<readonly MessageButton[]> {
  const failed = steps.find(({ outcome }) => outcome === 'failed');
  const checkAgain: MessageButton = { title: vscode.l10n.t('Check Again'), run: again };
  if (!failed) {
    return openTerminalButton(subject.ref);
  }
  if (failed.step === 'hostKey' && typeof failed.found === 'object') {
    const { found } = failed;
    const remove: MessageButton[] =
      found.kind === 'changed'
        ? [
            {
              title: vscode.l10n.t('Remove Old Key...'),
              run: () => removeOldKey(context, subject, target, found, keys, checkAgain),
            },
          ]
        : [];
    return [...remove, checkAgain];
  }
  return failed.step === 'port' || failed.step === 'banner'
    ? [
        checkAgain,
        {
          title: vscode.l10n.t('Wait for SSH'),
          run: () => context.waitForSsh(subject.ref),
        },
      ]
    : [checkAgain];
}

/** Shows progress with a Cancel button, which aborts `signal`. */
async function withCancellableProgress<T>(
  title: string,
  work: (signal: AbortSignal, report: (text: string) => void) => Promise<T>,
): Promise<T> {
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return vscode.window.withProgress(options, async (progress, token) => {
    const abort = new AbortController();
    const listener = token.onCancellationRequested(() => abort.abort());
    try {
      return await work(abort.signal, (message) => progress.report({ message }));
    } finally {
      listener.dispose();
    }
  });
}
