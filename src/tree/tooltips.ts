import * as vscode from 'vscode';
import { refKey } from '../core/refs.ts';
import type { ServerRef } from '../core/refs.ts';
import type { Server } from '../core/server.ts';
import { escapeMarkdown } from '../core/text.ts';
import { planText, timeText } from '../host/serverText.ts';
import type { Sessions } from '../state/sessions.ts';

/** Facts about a server on hover. Details are fetched for the first hover and again only after the server changed. */
export class Tooltips {
  readonly #sessions: Sessions;
  readonly #fetchedFor = new Map<string, string>();

  constructor(sessions: Sessions) {
    this.#sessions = sessions;
  }

  async forServer(ref: ServerRef, token: vscode.CancellationToken): Promise<vscode.MarkdownString | undefined> {
    const found = this.#sessions.find(ref);
    if (!found) {
      return undefined;
    }
    const key = refKey(ref);
    const version = found.server.updatedAt ?? found.server.status;
    if (this.#fetchedFor.get(key) === version) {
      return tooltip(found.server);
    }
    const abort = new AbortController();
    const subscription = token.onCancellationRequested(() => abort.abort());
    try {
      const server = await found.session.loadServer(ref.serverId, abort.signal);
      if (server) {
        this.#fetchedFor.set(key, server.updatedAt ?? server.status);
      }
      return server && tooltip(server);
    } catch {
      // What the list told is better than nothing; the failure shows elsewhere.
      return tooltip(this.#sessions.find(ref)?.server ?? found.server);
    } finally {
      subscription.dispose();
    }
  }
}

function backupsText(enabled: boolean): string {
  return enabled ? vscode.l10n.t('on') : vscode.l10n.t('off');
}

/** Values are escaped: nothing of them is markdown, and no address in them becomes a link. */
function tooltip(server: Server): vscode.MarkdownString {
  const text = new vscode.MarkdownString();
  text.appendMarkdown(`**${escapeMarkdown(server.name)}**\n\n`);
  const facts: readonly (readonly [string, string | null | undefined])[] = [
    [vscode.l10n.t('Status'), server.status],
    [vscode.l10n.t('Plan'), server.plan && planText(server.plan)],
    [vscode.l10n.t('Operating system'), server.os?.name],
    [vscode.l10n.t('Hostname'), server.hostname],
    [vscode.l10n.t('IPv4'), server.ipAddress],
    [vscode.l10n.t('IPv6'), server.ipv6Address],
    [vscode.l10n.t('Location'), server.location],
    [
      vscode.l10n.t('Automatic backups'),
      server.backupsEnabled === undefined ? undefined : backupsText(server.backupsEnabled),
    ],
    [vscode.l10n.t('Created'), server.createdAt && timeText(server.createdAt)],
    [vscode.l10n.t('ID'), server.id],
  ];
  for (const [label, value] of facts) {
    if (value) {
      text.appendMarkdown(`- ${escapeMarkdown(`${label}: ${value}`)}\n`);
    }
  }
  return text;
}
