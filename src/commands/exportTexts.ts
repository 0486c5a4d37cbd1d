import * as vscode from 'vscode';
import type { ExportFormat } from '../core/export/formats.ts';
import type { ExportTexts } from '../core/export/texts.ts';
import { staleListText } from '../host/errorText.ts';
import type { Session } from '../state/session.ts';

/** A format as it is offered. */
export interface FormatText {
  readonly label: string;
  /** What it is good for. */
  readonly detail: string;
}

export function formatText(format: ExportFormat): FormatText {
  switch (format) {
    case 'csv':
      return { label: vscode.l10n.t('CSV'), detail: vscode.l10n.t('A table for Excel, LibreOffice and other spreadsheets.') };
    case 'json':
      return { label: vscode.l10n.t('JSON'), detail: vscode.l10n.t('All facts that are known, for scripts and programs.') };
    case 'ansible':
      return {
        label: vscode.l10n.t('Ansible Inventory'),
        detail: vscode.l10n.t('YAML: hosts in groups by location, to run playbooks on.'),
      };
    case 'openSsh':
      return {
        label: vscode.l10n.t('OpenSSH Config'),
        detail: vscode.l10n.t('A fragment for ~/.ssh/config: connect by the name of a server.'),
      };
  }
}

/** Minutes in UTC: a file may be read far away and much later. */
function momentText(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

function ofAccount(session: Session, text: string, namesAccounts: boolean): string {
  return namesAccounts ? vscode.l10n.t('{0}: {1}', session.account.label, text) : text;
}

/** When VPS.org last listed the servers of an account, in this run or an earlier one. */
export function listedAtOf({ servers: { load } }: Session): number | undefined {
  return load.loadedAt ?? load.keptFrom;
}

/** Why an account's list is not what VPS.org would say now; `isWhole`: also what is missing in it. */
function gapsOf(session: Session, isWhole: boolean): readonly string[] {
  const { isRejected, servers: { load, servers } } = session;
  const listedAt = listedAtOf(session);
  if (listedAt === undefined) {
    return isWhole ? [vscode.l10n.t('The list of servers could not be loaded. They are missing here.')] : [];
  }
  const gaps: string[] = [];
  const trouble = isRejected ? 'rejected' : load.error;
  if (trouble) {
    gaps.push(staleListText(trouble, momentText(listedAt)));
  } else if (load.loadedAt === undefined) {
    gaps.push(vscode.l10n.t('VPS.org has not answered yet. This list is from {0}.', momentText(listedAt)));
  }
  if (isWhole && load.total > servers.length) {
    gaps.push(vscode.l10n.t('VPS.org shows {0} of {1} servers.', servers.length, load.total));
  }
  return gaps;
}

/** What must be said about the lists that the servers come from: old ones, and those of `lists` that are not whole. */
export function gapTexts(
  sources: readonly Session[],
  lists: readonly Session[],
  namesAccounts: boolean,
): readonly string[] {
  return [...new Set([...lists, ...sources])].flatMap((session) =>
    gapsOf(session, lists.includes(session)).map((text) => ofAccount(session, text, namesAccounts)),
  );
}

/** What the files say besides the servers. */
export function exportTexts(sources: readonly Session[], gaps: readonly string[], namesAccounts: boolean): ExportTexts {
  const moments = sources.flatMap((session) => {
    const listedAt = listedAtOf(session);
    return listedAt === undefined
      ? []
      : [ofAccount(session, vscode.l10n.t('Servers of VPS.org as of {0}.', momentText(listedAt)), namesAccounts)];
  });
  const sample = sources.some(({ account }) => account.kind === 'sample')
    ? [vscode.l10n.t('Sample servers are simulated: nothing answers at their addresses.')]
    : [];
  return {
    notes: [...moments, ...gaps, ...sample],
    ansible: [vscode.l10n.t('Save this as a .yml file. Where needed, set ansible_user: VPS.org does not tell whom to log in as.')],
    openSsh: [
      vscode.l10n.t('Save this as ~/.ssh/vps-org.conf and write "Include vps-org.conf" at the top of ~/.ssh/config.'),
      vscode.l10n.t('Where needed, add a "User" line: VPS.org does not tell whom to log in as.'),
    ],
    sample: vscode.l10n.t('sample'),
    noAddress: vscode.l10n.t('Left out, because they have no address yet:'),
  };
}
