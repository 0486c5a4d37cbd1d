import * as vscode from 'vscode';
import { toExportedServers } from '../core/export/exportedServer.ts';
import { exportFormats, hasComments, toExport } from '../core/export/formats.ts';
import type { ExportFormat } from '../core/export/formats.ts';
import type { CommandContext } from './context.ts';
import { chooseScope } from './exportScope.ts';
import { exportTexts, formatText, gapTexts, listedAtOf } from './exportTexts.ts';
import type { Target } from './targets.ts';

/** Languages of VS Code or of an extension that people may have, the best one first. */
const languages: Readonly<Record<ExportFormat, readonly string[]>> = {
  csv: ['csv'],
  json: ['json'],
  ansible: ['yaml'],
  openSsh: ['ssh_config'],
};

async function chooseFormat(targets: readonly Target[]): Promise<ExportFormat | undefined> {
  const [first] = targets;
  const picked = await vscode.window.showQuickPick(
    exportFormats.map((format) => ({ format, ...formatText(format) })),
    {
      placeHolder:
        first && targets.length === 1
          ? vscode.l10n.t('Export "{0}" as', first.server.name)
          : vscode.l10n.t('Export {0} servers as', targets.length),
    },
  );
  return picked?.format;
}

async function show(content: string, format: ExportFormat): Promise<void> {
  const known = await vscode.languages.getLanguages();
  const language = languages[format].find((id) => known.includes(id)) ?? 'plaintext';
  const document = await vscode.workspace.openTextDocument({ content, language });
  await vscode.window.showTextDocument(document, { preview: false });
}

/** Asks for servers and format as far as the arguments leave that open, and opens the result unsaved: no file is written. */
export async function exportServers(context: CommandContext, args: readonly unknown[]): Promise<void> {
  const { sessions, messages } = context;
  if (sessions.all.length === 0) {
    await vscode.commands.executeCommand('vpsOrg.signIn');
  }
  const scope = sessions.all.length > 0 ? await chooseScope(context, args) : undefined;
  if (!scope) {
    return;
  }
  const { targets, lists } = scope;
  // As of now: while the person chooses a format, accounts and lists may come and go.
  const namesAccounts = sessions.all.length > 1;
  const sources = sessions.all.filter((session) => targets.some((target) => target.session === session));
  const servers = toExportedServers(
    sources.map((session) => ({
      account: session.account,
      servers: targets.filter((target) => target.session === session).map(({ server }) => server),
      listedAt: listedAtOf(session),
    })),
    namesAccounts,
  );
  const gaps = gapTexts(sources, lists, namesAccounts);
  if (servers.length === 0) {
    messages.info([vscode.l10n.t('There is no server to export.'), ...gaps].join(' '));
    return;
  }
  const texts = exportTexts(sources, gaps, namesAccounts);

  const format = await chooseFormat(targets);
  if (!format) {
    return;
  }
  const { text, leftOut } = toExport(format, servers, texts);
  await show(text, format);
  const warnings = [...(hasComments(format) ? [] : gaps), ...leftOutTexts(leftOut)];
  if (warnings.length > 0) {
    messages.warn(warnings.join(' '));
  } else {
    messages.flash(vscode.l10n.t('Servers exported: {0}', servers.length));
  }
}

function leftOutTexts(leftOut: number): readonly string[] {
  if (leftOut === 0) {
    return [];
  }
  return [
    leftOut === 1
      ? vscode.l10n.t('1 server has no address yet: it stands in a comment only.')
      : vscode.l10n.t('{0} servers have no address yet: they stand in comments only.', leftOut),
  ];
}
