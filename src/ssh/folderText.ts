import * as l10n from '@vscode/l10n';
import { configName } from './configText.ts';
import type { FolderProblem } from './folderError.ts';

/** What is wrong with the files in `~/.ssh`, and what to do. */
export function folderProblemText(problem: FolderProblem): string {
  switch (problem) {
    case 'noFolder':
      return l10n.t('~/.ssh is not a folder. Nothing was changed.');
    case 'noAccess':
      return l10n.t(
        'The files in ~/.ssh cannot be read or written. Check who owns the folder and its permissions. Nothing was changed.',
      );
    case 'configIsDirectory':
      return l10n.t('~/.ssh/config is not a file. Nothing was changed.');
    case 'configIsReadOnly':
      return l10n.t(
        '~/.ssh/config is read-only. Make it writable, or change the line yourself: Include {0}',
        configName,
      );
    case 'brokenLink':
      return l10n.t('~/.ssh/config is a link to a file that does not exist. Nothing was changed.');
    case 'configTooLarge':
      return l10n.t('~/.ssh/config is larger than 8 MB. Nothing was changed.');
    case 'foreignFile':
      return l10n.t(
        '~/.ssh/{0} exists and was not written by this extension. Rename or delete it, then try again.',
        configName,
      );
  }
}
