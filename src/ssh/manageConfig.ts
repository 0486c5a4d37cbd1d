import { homedir } from 'node:os';
import * as vscode from 'vscode';
import { refKey } from '../core/refs.ts';
import type { CommandContext } from '../host/commandContext.ts';
import { allConnections } from '../state/sshConnections.ts';
import { plural } from '../text/l10n.ts';
import { skippedReasonsText } from '../text/ssh.ts';
import type { Connectable } from './connectable.ts';
import { configName, includeLine } from './configText.ts';
import { FolderError } from './folderError.ts';
import { folderProblemText } from './folderText.ts';
import { countSkipped, writeManagedConfig } from './managedConfig.ts';
import type { ManagedConfig } from './managedConfig.ts';
import { needsAlias } from './remoteAuthority.ts';
import { SshFolder } from './sshFolder.ts';
import type { ConfigInfo } from './sshFolder.ts';

/** Keep SSH Config Up to Date...: turns it on after a question, or off again. */
export async function manageConfig(context: CommandContext): Promise<void> {
  const folder = new SshFolder(homedir());
  await orReport(context, async () => {
    const info = await folder.inspect();
    const isManaged = context.settings.sshConfigFile && info.isIncluded;
    if (isManaged || (info.isIncluded && !context.settings.sshConfigFile)) {
      await offerRemoval(context, folder, isManaged);
    } else {
      await turnOn(context, folder, info);
    }
  });
}

/**
 * The alias under which our config file has a server. Where a profile needs one, offers to keep the file; undefined where there is
 * none.
 */
export async function aliasFor(
  context: CommandContext,
  { target, ssh }: Connectable,
): Promise<string | undefined> {
  const folder = new SshFolder(homedir());
  const find = (written: ManagedConfig | undefined): string | undefined =>
    written?.aliases.get(refKey(target.ref));
  return orReport(context, async () => {
    const info = await folder.inspect();
    if (context.settings.sshConfigFile && info.isIncluded) {
      return find(await writeManagedConfig(folder, context.sessions, await context.ssh()));
    }
    if (!needsAlias(ssh)) {
      return undefined;
    }
    return find(await turnOn(context, folder, info));
  });
}

async function turnOn(
  context: CommandContext,
  folder: SshFolder,
  { linkTo, isIncluded, isWritten }: ConfigInfo,
): Promise<ManagedConfig | undefined> {
  const { sessions, settings, messages } = context;
  if (!isIncluded && !(await confirmInclude(context, linkTo))) {
    return undefined;
  }
  await Promise.allSettled(
    sessions.all
      .filter(({ servers }) => servers.load.knownAt === undefined)
      .map((session) => session.refresh()),
  );
  const written = await writeManagedConfig(folder, sessions, await context.ssh());
  if (!written) {
    messages.warn(
      vscode.l10n.t(
        'The SSH config was not changed, because the servers of an account could not be loaded. Sign in or try again later.',
      ),
    );
    return undefined;
  }
  const isCreated = await folder.addInclude().catch(async (error: unknown) => {
    if (!isWritten) {
      await folder.removeOurs();
    }
    throw error;
  });
  await (await context.ssh()).setConfigCreated(isCreated);
  await settings.setSshConfigFile(true);
  const [first] = written.aliases.values();
  messages.info(
    [
      contentText(written.aliases.size, written),
      ...(first === undefined
        ? []
        : [vscode.l10n.t('In any terminal, connect with: ssh {0}', first)]),
    ].join(' '),
  );
  return written;
}

/** How many servers the config has, and why it leaves out the others. */
function contentText(count: number, { total, skipped }: Omit<ManagedConfig, 'aliases'>): string {
  if (count === total) {
    return plural(
      vscode.l10n.t(
        'The SSH config has {0, plural, one {# server} other {# servers}} and follows your list.',
      ),
      count,
    );
  }
  const text = plural(
    vscode.l10n.t(
      'The SSH config has {0} of {1, plural, one {# server} other {# servers}} and follows your list.',
    ),
    count,
    total,
  );
  return [text, skippedReasonsText(skipped)].filter(Boolean).join(' ');
}

function confirmInclude(
  { messages }: CommandContext,
  linkTo: string | undefined,
): Promise<boolean> {
  return messages.confirm({
    message: vscode.l10n.t('Add one line to ~/.ssh/config?'),
    detail: [
      vscode.l10n.t('This line goes to the top of the file:'),
      includeLine,
      vscode.l10n.t(
        'It reads ~/.ssh/{0}, which the extension keeps up to date with an alias for each server that SSH can connect to. Your own lines stay as they are. The same command removes both again.',
        configName,
      ),
      ...(linkTo === undefined
        ? []
        : [vscode.l10n.t('~/.ssh/config is a link. The line is added to {0}.', linkTo)]),
    ].join('\n\n'),
    confirm: vscode.l10n.t('Add Line'),
  });
}

async function offerRemoval(
  context: CommandContext,
  folder: SshFolder,
  isManaged: boolean,
): Promise<void> {
  const remove = vscode.l10n.t('Stop and Remove');
  const keep = vscode.l10n.t('Keep Up to Date');
  const { total, skipped } = countSkipped(allConnections(context.sessions, await context.ssh()));
  const count = total - skipped.length;
  const removal = vscode.l10n.t(
    'Removing deletes ~/.ssh/{0} and takes this line out of ~/.ssh/config. Everything else in it stays as it is.\n\n{1}',
    configName,
    includeLine,
  );
  const answer = await context.messages.decide(
    isManaged
      ? vscode.l10n.t('Your SSH config is kept up to date.')
      : vscode.l10n.t('Your SSH config is no longer kept up to date.'),
    // Before the lists are loaded the number is not known.
    isManaged && total > 0
      ? [contentText(count, { total, skipped }), removal].join('\n\n')
      : removal,
    isManaged ? [remove] : [keep, remove],
  );
  if (answer === keep) {
    await turnOn(context, folder, await folder.inspect());
  } else if (answer === remove) {
    // First the setting, so that no window writes the file again.
    await context.settings.setSshConfigFile(false);
    await folder.remove((await context.ssh()).isConfigCreated);
    context.messages.flash(vscode.l10n.t('Removed the servers from the SSH config'));
  }
}

/** Reports what is wrong with the files in `~/.ssh`. */
async function orReport<T>(
  { messages }: CommandContext,
  work: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof FolderError) {
      messages.error(folderProblemText(error.problem));
      return undefined;
    }
    throw error;
  }
}
