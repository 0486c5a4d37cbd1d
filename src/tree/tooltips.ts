import * as vscode from 'vscode';
import type { Price } from '../core/pricing.ts';
import { refKey } from '../core/refs.ts';
import type { ServerRef } from '../core/refs.ts';
import type { MarksReader, ServerMarks } from '../core/serverMarks.ts';
import type { Server } from '../core/server.ts';
import { escapeMarkdown } from '../core/text.ts';
import { colorText } from '../text/marks.ts';
import { listPriceText } from '../text/prices.ts';
import type { NoTargetReason, SshTarget } from '../ssh/profile.ts';
import { protectionLine } from '../text/protection.ts';
import { planText } from '../text/servers.ts';
import { sshText } from '../text/ssh.ts';
import { timeText } from '../text/timeText.ts';
import type { PlanCatalog } from '../state/planCatalog.ts';
import type { Protection, ProtectionReason } from '../state/protection.ts';
import type { Session } from '../state/session.ts';
import type { Sessions } from '../state/sessions.ts';
import type { SshProfiles } from '../state/sshProfiles.ts';

/** How long a tooltip waits for prices. */
const maxPriceWaitMs = 1_500;

export interface TooltipsOptions {
  readonly sessions: Pick<Sessions, 'find'>;
  readonly plans: Pick<PlanCatalog, 'waitForPrices'>;
  readonly profiles: Pick<SshProfiles, 'targetOf'>;
  readonly marks: MarksReader;
  readonly protection: Pick<Protection, 'reasonOf'>;
}

/** Server tooltips. The first hover loads the details, and later hovers only where the server changed since. */
export class Tooltips {
  readonly #options: TooltipsOptions;
  readonly #fetchedFor = new Map<string, string>();

  constructor(options: TooltipsOptions) {
    this.#options = options;
  }

  async forServer(
    ref: ServerRef,
    token: vscode.CancellationToken,
  ): Promise<vscode.MarkdownString | undefined> {
    const { sessions, plans, profiles, marks, protection } = this.#options;
    const found = sessions.find(ref);
    if (!found) {
      return undefined;
    }
    const { session } = found;
    // VS Code requests a tooltip once, so a price that arrives later would never show.
    const prices = plans.waitForPrices(session, maxPriceWaitMs);
    const server = await this.#load(ref, found, token);
    const { account } = session;
    return (
      server &&
      tooltip({
        server,
        isSample: account.kind === 'sample',
        price: (await prices)?.priceOf(server),
        ssh: profiles.targetOf({ ref, session, server }),
        marks: marks.get(ref),
        protection: protection.reasonOf(ref, server),
      })
    );
  }

  /** The details; undefined where the server is gone. */
  async #load(
    ref: ServerRef,
    found: { readonly session: Session; readonly server: Server },
    token: vscode.CancellationToken,
  ): Promise<Server | undefined> {
    const key = refKey(ref);
    const version = found.server.updatedAt ?? found.server.status;
    if (this.#fetchedFor.get(key) === version) {
      return found.server;
    }
    const abort = new AbortController();
    const subscription = token.onCancellationRequested(() => abort.abort());
    try {
      const server = await found.session.loadServer(ref.serverId, abort.signal);
      if (server) {
        this.#fetchedFor.set(key, server.updatedAt ?? server.status);
      }
      return server;
    } catch {
      // The listed data is better than nothing, and the failure shows elsewhere.
      return this.#options.sessions.find(ref)?.server ?? found.server;
    } finally {
      subscription.dispose();
    }
  }
}

/** The known ones of several values in one cell. */
function joinValues(...values: readonly (string | null | undefined)[]): string {
  return values.filter(Boolean).join(' · ');
}

function backupsText(isEnabled: boolean): string {
  return isEnabled ? vscode.l10n.t('backups on') : vscode.l10n.t('backups off');
}

interface TooltipFacts {
  readonly server: Server;
  readonly isSample: boolean;
  readonly price: Price | undefined;
  readonly ssh: SshTarget | NoTargetReason;
  readonly marks: ServerMarks;
  readonly protection: ProtectionReason | undefined;
}

/** A compact table, so that the tooltip covers few servers. Rows without a value are left out. */
function tooltip(facts: TooltipFacts): vscode.MarkdownString {
  const { server, isSample, price, ssh, marks, protection } = facts;
  const { name, status, location, plan, os, ipAddress, ipv6Address, hostname } = server;
  const rows: readonly (readonly [string, string | undefined])[] = [
    [vscode.l10n.t('Plan'), plan && planText(plan)],
    [vscode.l10n.t('Price'), price && listPriceText(price, isSample)],
    [vscode.l10n.t('System'), os?.name],
    [vscode.l10n.t('Addresses'), joinValues(ipAddress, ipv6Address)],
    [vscode.l10n.t('Hostname'), hostname],
    [vscode.l10n.t('SSH'), typeof ssh === 'string' ? undefined : sshText(ssh, name)],
    [vscode.l10n.t('Created'), createdText(server)],
    [vscode.l10n.t('Protected'), protection && protectionLine(protection)],
    [vscode.l10n.t('Color'), marks.color && colorText(marks.color)],
    [vscode.l10n.t('Note'), marks.note],
  ];
  const known = rows.flatMap(([label, value]) => (value ? [tableRow(label, value)] : []));
  return new vscode.MarkdownString(
    [
      // In the wide column, because VS Code breaks names at hyphens.
      `| ${escapeMarkdown(status)} | ${escapeMarkdown(joinValues(name, location))} |`,
      '| :--- | :--- |',
      ...known,
    ].join('\n'),
  );
}

function createdText({ createdAt, backupsEnabled }: Server): string {
  return joinValues(
    createdAt && timeText(createdAt),
    backupsEnabled === undefined ? undefined : backupsText(backupsEnabled),
  );
}

/** Values are escaped, so that they contain no Markdown, no links and no further cells. */
function tableRow(label: string, value: string): string {
  return `| ${escapeMarkdown(label)} | ${escapeMarkdown(value)} |`;
}
