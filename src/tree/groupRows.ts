import * as vscode from 'vscode';
import type { Server } from '../core/server.ts';
import { errorText } from '../text/errors.ts';
import { plural } from '../text/l10n.ts';
import { numberText } from '../text/numbers.ts';
import type { Session } from '../state/session.ts';
import type { GroupNode, HintNode } from './nodes.ts';
import { actionWordsOf, addressWords } from './rows.ts';
import type { PriceTotals, Row } from './rows.ts';

function serverCountText(servers: number): string {
  return plural(vscode.l10n.t('{0, plural, one {# server} other {# servers}}'), servers);
}

function countText(servers: number, active: number): string {
  return plural(
    vscode.l10n.t('{0, plural, one {# server} other {# servers}}, {1} active'),
    servers,
    active,
  );
}

function countActive(servers: readonly Server[]): number {
  return servers.filter(({ status }) => status === 'active').length;
}

export function groupRow(
  node: GroupNode,
  session: Session,
  isProtected: (server: Server) => boolean,
  totals?: PriceTotals,
): Row {
  const servers = node.children.flatMap((child) => session.servers.get(child.serverId) ?? []);
  // Where the status is the group, the number of active servers is no news.
  const count =
    node.grouping === 'status'
      ? serverCountText(node.children.length)
      : countText(node.children.length, countActive(servers));
  const parts = [count, totals?.rowText(session, servers)].filter(Boolean);
  const label = groupLabel(node);
  const changeable = servers.filter((server) => !isProtected(server));
  return {
    label,
    description: parts.join(' · '),
    icon: undefined,
    color: undefined,
    context: [
      'group',
      node.grouping,
      ...actionWordsOf(changeable),
      ...(changeable.length > 0 ? ['canProtect'] : []),
      ...(changeable.length < servers.length ? ['canUnprotect'] : []),
      ...addressWords(servers),
    ].join(' '),
    ariaLabel: [label, ...parts].join(', '),
  };
}

function groupLabel(node: GroupNode): string {
  const { range } = node;
  const positions = range && `${numberText(range.first)}–${numberText(range.last)}`;
  if (node.grouping === 'none') {
    return vscode.l10n.t('Servers {0}', positions ?? '');
  }
  const name = node.key === '' ? groupName(node) : node.key;
  return positions === undefined ? name : vscode.l10n.t('{0}, {1}', name, positions);
}

/** The name of a group without a value. */
function groupName(node: GroupNode): string {
  switch (node.grouping) {
    case 'pinned':
      return vscode.l10n.t('Pinned');
    case 'location':
      return vscode.l10n.t('Unknown location');
    case 'plan':
      return vscode.l10n.t('Unknown plan');
    case 'os':
      return vscode.l10n.t('Unknown operating system');
    default:
      return vscode.l10n.t('Unknown');
  }
}

export function accountRow(session: Session, totals?: PriceTotals): Row {
  const { account, servers } = session;
  const parts: string[] = [];
  if (account.kind === 'sample') {
    parts.push(vscode.l10n.t('sample'));
  }
  if (session.isRejected) {
    parts.push(vscode.l10n.t('token rejected'));
  } else if (servers.load.knownAt !== undefined) {
    parts.push(countText(servers.servers.length, countActive(servers.servers)));
    const total = totals?.accountText(session);
    parts.push(...(total === undefined ? [] : [total]));
  }
  if (!session.isRejected && servers.load.error && !servers.load.isLoading) {
    parts.push(errorText(servers.load.error));
  }
  const description = parts.join(' · ');
  return {
    label: account.label,
    description,
    icon: session.isRejected ? 'warning' : account.kind === 'sample' ? 'beaker' : 'account',
    color: session.isRejected ? 'list.warningForeground' : undefined,
    context: `account ${account.kind}${session.isRejected ? ' isRejected' : ''}`,
    ariaLabel: [account.label, ...parts].join(', '),
  };
}

export function hintRow(node: HintNode): Row {
  const label = hintText(node.hint);
  return {
    label,
    description: '',
    icon:
      node.hint === 'loading'
        ? 'loading~spin'
        : node.hint === 'unreachable'
          ? 'debug-disconnect'
          : undefined,
    color: undefined,
    context: `hint ${node.hint}`,
    ariaLabel: label,
  };
}

function hintText(hint: HintNode['hint']): string {
  switch (hint) {
    case 'loading':
      return vscode.l10n.t('Loading servers...');
    case 'empty':
      return vscode.l10n.t('No servers yet');
    case 'noMatch':
      return vscode.l10n.t('No servers match the filter');
    case 'rejected':
      return vscode.l10n.t('Token rejected. Sign in again...');
    case 'unreachable':
      return vscode.l10n.t("Couldn't load servers. Try again...");
  }
}
