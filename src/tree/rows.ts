import * as vscode from 'vscode';
import { allowedActions, isInTransition } from '../core/server.ts';
import type { Server, ServerStatus } from '../core/server.ts';
import { errorText } from '../host/errorText.ts';
import type { Session } from '../state/session.ts';
import type { GroupNode, HintNode } from './nodes.ts';

/** How a row looks and sounds. Two equal ones need no redraw. */
export interface Row {
  readonly label: string;
  readonly description: string;
  /** A codicon and the theme colour that it is drawn in. */
  readonly icon: string | undefined;
  readonly color: string | undefined;
  /** Capability words for `when` clauses. */
  readonly context: string;
  readonly spoken: string;
  /** Of whom the tooltip says more: VS Code asks for a tooltip once, and again after a redraw. */
  readonly server?: Server;
}

/** What the tooltip says beyond the row, as far as it is known. */
function tooltipFacts({ hostname, ipv6Address, plan, os, backupsEnabled }: Partial<Server> = {}): readonly unknown[] {
  return [hostname, ipv6Address, plan?.name, os?.name, backupsEnabled];
}

export function isSameRow(a: Row | undefined, b: Row): boolean {
  const facts = tooltipFacts(b.server);
  return (
    a?.label === b.label &&
    a.description === b.description &&
    a.icon === b.icon &&
    a.color === b.color &&
    a.context === b.context &&
    a.spoken === b.spoken &&
    // What was only not known before is no change: a hover that fetches it would take itself away.
    !tooltipFacts(a.server).some((fact, index) => fact !== undefined && fact !== facts[index])
  );
}

/** Shape and colour both tell the status: neither is needed to understand the other. */
function statusIcon(status: ServerStatus): Pick<Row, 'icon' | 'color'> {
  if (isInTransition(status)) {
    return { icon: 'loading~spin', color: undefined };
  }
  switch (status) {
    case 'active':
      return { icon: 'vm-running', color: 'testing.iconPassed' };
    case 'stopped':
      return { icon: 'vm-outline', color: 'descriptionForeground' };
    case 'suspended':
      return { icon: 'circle-slash', color: 'list.warningForeground' };
    default:
      return { icon: 'question', color: 'descriptionForeground' };
  }
}

/** What is under way with a server, beyond what its status says. */
export interface Activity {
  readonly isBusy: boolean;
  readonly isFollowed: boolean;
}

const capabilities = {
  start: 'canStart',
  stop: 'canStop',
  reboot: 'canReboot',
  delete: 'canDelete',
  rename: 'canRename',
  setBackups: 'canSetBackups',
} as const;

/** What can be done with servers, in words for `when` clauses: what at least one of them offers. */
function capabilityWords(servers: readonly Server[]): readonly string[] {
  const actions = new Set([...new Set(servers.map(({ status }) => status))].flatMap(allowedActions));
  return [
    ...[...actions].map((action) => capabilities[action]).sort(),
    ...(servers.some(addressOf) ? ['hasAddress'] : []),
    ...(servers.some(({ hostname }) => hostname !== undefined) ? ['hasHostname'] : []),
  ];
}

function addressOf({ ipAddress, ipv6Address }: Server): string | undefined {
  return ipAddress ?? ipv6Address ?? undefined;
}

const actionWords: ReadonlySet<string> = new Set(Object.values(capabilities));

export function serverRow(server: Server, activity: Activity): Row {
  const address = addressOf(server);
  const words = capabilityWords([server]).filter((word) => !activity.isBusy || !actionWords.has(word));
  const context = ['server', ...words, ...(activity.isFollowed ? ['isFollowed'] : [])];
  return {
    label: server.name,
    description: [server.status, address].filter(Boolean).join(' · '),
    ...(activity.isBusy ? { icon: 'loading~spin', color: undefined } : statusIcon(server.status)),
    context: context.join(' '),
    spoken: [server.name, server.status, server.location, address].filter(Boolean).join(', '),
    server,
  };
}

function countText(servers: number, active: number): string {
  return servers === 1
    ? vscode.l10n.t('1 server, {0} active', active)
    : vscode.l10n.t('{0} servers, {1} active', servers, active);
}

function countActive(servers: readonly Server[]): number {
  return servers.filter(({ status }) => status === 'active').length;
}

export function groupRow(node: GroupNode, session: Session): Row {
  const servers = node.children.flatMap((child) => session.servers.get(child.serverId) ?? []);
  const description = countText(node.children.length, countActive(servers));
  const label = node.key === '' ? unknownGroup(node) : node.key;
  return {
    label,
    description,
    icon: undefined,
    color: undefined,
    context: ['group', node.grouping, ...capabilityWords(servers)].join(' '),
    spoken: `${label}, ${description}`,
  };
}

function unknownGroup(node: GroupNode): string {
  switch (node.grouping) {
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

export function accountRow(session: Session): Row {
  const { account, servers } = session;
  const parts: string[] = [];
  if (account.kind === 'sample') {
    parts.push(vscode.l10n.t('sample'));
  }
  if (session.isRejected) {
    parts.push(vscode.l10n.t('token rejected'));
  } else if ((servers.load.loadedAt ?? servers.load.keptFrom) !== undefined) {
    parts.push(countText(servers.servers.length, countActive(servers.servers)));
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
    spoken: [account.label, ...parts].join(', '),
  };
}

export function hintRow(node: HintNode): Row {
  const label = hintText(node.hint);
  return {
    label,
    description: '',
    icon: node.hint === 'loading' ? 'loading~spin' : node.hint === 'unreachable' ? 'debug-disconnect' : undefined,
    color: undefined,
    context: `hint ${node.hint}`,
    spoken: label,
  };
}

function hintText(hint: HintNode['hint']): string {
  switch (hint) {
    case 'loading':
      return vscode.l10n.t('Loading servers...');
    case 'empty':
      return vscode.l10n.t('No servers yet');
    case 'noMatch':
      return vscode.l10n.t('No server matches the filter');
    case 'rejected':
      return vscode.l10n.t('Token rejected. Sign in again...');
    case 'unreachable':
      return vscode.l10n.t('Could not be loaded. Try again...');
  }
}
