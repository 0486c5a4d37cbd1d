import * as vscode from 'vscode';
import type { CommandContext } from '../host/commandContext.ts';
import type { Messages } from '../host/messages.ts';
import { aliasesOf, allConnections } from '../state/sshConnections.ts';
import type { Target } from '../state/targets.ts';
import { plural } from '../text/l10n.ts';
import { toExportedServers } from './exportedServer.ts';
import { chooseScope } from './exportScope.ts';
import { exportFormats, formatText, hasComments, hasPrices, toExport } from './formats.ts';
import type { ExportFormat } from './formats.ts';
import { openUnsaved, saveToFile } from './exportFile.ts';
import { gapTexts, noteTexts } from './notes.ts';
import { countText, skippedTexts } from './resultText.ts';
import { toSources, withPrices } from './sources.ts';

/**
 * Export Server List...: exports the clicked rows, or the servers in the view. Opens the result in an unsaved editor, or
 * saves it to a file.
 */
export async function exportServers(
  context: CommandContext,
  args: readonly unknown[],
): Promise<void> {
  const { sessions, messages } = context;
  if (sessions.all.length === 0) {
    await vscode.commands.executeCommand('vpsOrg.signIn');
  }
  const scope = sessions.all.length > 0 ? await chooseScope(context, args) : undefined;
  if (!scope) {
    return;
  }
  const { targets, lists } = scope;
  // Accounts and lists may change while the format is chosen, so everything is read before that.
  const namesAccounts = sessions.all.length > 1;
  const owners = sessions.all.filter((session) =>
    targets.some((target) => target.session === session),
  );
  const profiles = await context.ssh();
  const aliases = aliasesOf(allConnections(sessions, profiles));
  const sources = toSources(owners, targets, profiles, aliases);
  const gaps = gapTexts(owners, lists, namesAccounts);
  if (targets.length === 0) {
    messages.info([vscode.l10n.t('There are no servers to export.'), ...gaps].join(' '));
    return;
  }
  const notes = noteTexts(owners, gaps, namesAccounts);

  const choice = await chooseFormat(targets);
  if (!choice) {
    return;
  }
  const { format, isFile } = choice;
  const priced = hasPrices(format) ? await withPrices(context, sources) : sources;
  const servers = toExportedServers(priced, namesAccounts);
  const { text, skipped } = toExport(format, servers, notes);
  if (!isFile) {
    await openUnsaved(text, format);
  } else if (!(await save(messages, text, format, countText(format, servers, skipped)))) {
    return;
  }
  const warnings = [...(hasComments(format) ? [] : gaps), ...skippedTexts(servers.length, skipped)];
  if (warnings.length > 0) {
    messages.warn(warnings.join(' '));
  } else if (!isFile) {
    messages.flash(vscode.l10n.t('Exported {0}', countText(format, servers, skipped)));
  }
}

/**
 * Export Server List... in the view's menu: exports the servers in the view. VS Code passes the focused row there too, so this is
 * a command of its own.
 */
export function exportFromView(context: CommandContext): Promise<void> {
  return exportServers(context, []);
}

interface Choice {
  readonly format: ExportFormat;
  /** Saved to a file, otherwise opened in an editor. */
  readonly isFile: boolean;
}

async function chooseFormat(targets: readonly Target[]): Promise<Choice | undefined> {
  const [first] = targets;
  const separator = (label: string) => ({
    label,
    kind: vscode.QuickPickItemKind.Separator,
    choice: undefined,
  });
  const items = exportFormats.map((format) => ({
    ...formatText(format),
    choice: { format, isFile: false },
  }));
  const fileItems = exportFormats.map((format) => ({
    label: vscode.l10n.t('Save {0} to File...', formatText(format).label),
    choice: { format, isFile: true },
  }));
  const picked = await vscode.window.showQuickPick(
    [
      separator(vscode.l10n.t('Open in an editor')),
      ...items,
      separator(vscode.l10n.t('Save to a file')),
      ...fileItems,
    ],
    {
      placeHolder:
        first && targets.length === 1
          ? vscode.l10n.t('Export "{0}" as', first.server.name)
          : plural(
              vscode.l10n.t('Export {0, plural, one {# server} other {# servers}} as'),
              targets.length,
            ),
    },
  );
  return picked?.choice;
}

/** Writes the file and says so. False if the dialog was closed or the file could not be written. */
async function save(
  messages: Messages,
  text: string,
  format: ExportFormat,
  exported: string,
): Promise<boolean> {
  try {
    const uri = await saveToFile(text, format);
    if (uri) {
      const name = uri.path.slice(uri.path.lastIndexOf('/') + 1);
      messages.info(vscode.l10n.t('Saved {0} to "{1}".', exported, name), {
        title: vscode.l10n.t('Open File'),
        run: () => vscode.window.showTextDocument(uri),
      });
    }
    return uri !== undefined;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    messages.error(vscode.l10n.t('The file was not saved: {0}', reason), {
      title: vscode.l10n.t('Retry'),
      run: () => save(messages, text, format, exported),
    });
    return false;
  }
}
