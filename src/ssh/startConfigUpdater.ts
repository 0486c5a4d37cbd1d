import { homedir } from 'node:os';
import * as vscode from 'vscode';
import type { Disposable } from '../core/event.ts';
import { DisposableStore } from '../core/event.ts';
import type { CommandContext } from '../host/commandContext.ts';
import { ConfigUpdater } from './configUpdater.ts';
import { FolderError } from './folderError.ts';
import { folderProblemText } from './folderText.ts';
import { SshFolder } from './sshFolder.ts';

/**
 * Keeps our SSH config file up to date while the setting is on. `isNew`: the person has just turned it on in the settings, so the line
 * in `~/.ssh/config` may be missing.
 */
export async function startConfigUpdater(
  context: CommandContext,
  isNew: boolean,
): Promise<Disposable> {
  const { sessions, settings, messages, log, clock } = context;
  const folder = new SshFolder(homedir());
  const started = new DisposableStore();
  const reportProblem = (error: unknown): void => {
    log.error('Could not write the SSH config', error);
    messages.warn(
      error instanceof FolderError
        ? folderProblemText(error.problem)
        : vscode.l10n.t('Could not write the SSH config in ~/.ssh.'),
      { title: vscode.l10n.t('Show Log'), run: () => log.show() },
    );
  };
  started.add(
    new ConfigUpdater({
      folder,
      sessions,
      profiles: await context.ssh(),
      clock,
      isOn: () => settings.sshConfigFile,
      reportProblem,
    }),
  );
  const offerInclude = async (): Promise<void> => {
    const { isIncluded } = await folder.inspect();
    if (!isIncluded) {
      messages.info(
        vscode.l10n.t('~/.ssh/config does not read the SSH config of your servers yet.'),
        {
          title: vscode.l10n.t('Add Line...'),
          run: () => vscode.commands.executeCommand('vpsOrg.ssh.manageConfig'),
        },
      );
    }
  };
  started.add(
    settings.onDidChange((key) => {
      if (key === 'ssh.configFile' && settings.sshConfigFile) {
        offerInclude().catch(reportProblem);
      }
    }),
  );
  if (isNew) {
    await offerInclude().catch(reportProblem);
  }
  return started;
}
