import * as vscode from 'vscode';
import { allowedActions, isAllowed, isInTransition } from '../core/server.ts';
import type { Server, ServerStatus } from '../core/server.ts';
import type { ServerMarks } from '../core/serverMarks.ts';
import { colorText } from '../text/marks.ts';
import { activeColor, markColorIds } from '../ids.ts';
import type { Session } from '../state/session.ts';

/** The appearance and spoken label of a row. */
export interface Row {
  readonly label: string;
  readonly description: string;
  /** A codicon and its theme color. */
  readonly icon: string | undefined;
  readonly color: string | undefined;
  /** Capability words for `when` clauses. */
  readonly context: string;
  readonly ariaLabel: string;
  /** The server of the tooltip. VS Code requests a tooltip once, and again after a redraw. */
  readonly server?: Server;
  /** Shown in the tooltip. */
  readonly note?: string | undefined;
}

/** The known values that only the tooltip shows. */
function tooltipFacts({
  hostname,
  ipv6Address,
  plan,
  os,
  backupsEnabled,
}: Partial<Server> = {}): readonly unknown[] {
  return [hostname, ipv6Address, plan?.name, os?.name, backupsEnabled];
}

/** Texts for the monthly prices of servers; undefined where no price is known. */
export interface PriceTotals {
  /** "$34.00/month + 2 unknown" */
  rowText(session: Session, servers: readonly Server[]): string | undefined;
  /** As `rowText`, for all servers of an account, also those that VPS.org did not list. */
  accountText(session: Session): string | undefined;
  /** A sentence about all servers of an account, also those that the filter hides. */
  messageText(session: Session, isFiltered: boolean): string | undefined;
}

/** Whether a row needs no redraw. */
export function isSameRow(a: Row | undefined, b: Row): boolean {
  const facts = tooltipFacts(b.server);
  return (
    a?.label === b.label &&
    a.description === b.description &&
    a.icon === b.icon &&
    a.color === b.color &&
    a.context === b.context &&
    a.ariaLabel === b.ariaLabel &&
    a.note === b.note &&
    // New values are no change: a redraw would close the tooltip whose hover loaded them.
    !tooltipFacts(a.server).some((fact, index) => fact !== undefined && fact !== facts[index])
  );
}

/** Shape and color each show the status on their own. */
function statusIcon(status: ServerStatus): Pick<Row, 'icon' | 'color'> {
  if (isInTransition(status)) {
    return { icon: 'loading~spin', color: undefined };
  }
  switch (status) {
    case 'active':
      return { icon: 'vm-running', color: activeColor };
    case 'stopped':
      return { icon: 'vm-outline', color: 'descriptionForeground' };
    case 'suspended':
      return { icon: 'circle-slash', color: 'list.warningForeground' };
    default:
      return { icon: 'question', color: 'descriptionForeground' };
  }
}

/** Requests, waiting and protection of a server, which its status does not show. */
export interface Activity {
  readonly isBusy: boolean;
  readonly isWaiting: boolean;
  readonly isProtected: boolean;
  /** It changed elsewhere, and the person has not looked at it since. */
  readonly isChanged?: boolean;
}

const capabilities = {
  start: 'canStart',
  stop: 'canStop',
  reboot: 'canReboot',
  delete: 'canDelete',
  rename: 'canRename',
  setBackups: 'canSetBackups',
} as const;

/** Words for `when` clauses: the actions that at least one of the servers allows. */
export function actionWordsOf(servers: readonly Pick<Server, 'status'>[]): readonly string[] {
  const statuses = new Set(servers.map(({ status }) => status));
  const actions = new Set([...statuses].flatMap((status) => allowedActions({ status })));
  return [...actions].map((action) => capabilities[action]).sort();
}

/** `actionWordsOf` for one server, by status: a long list has few statuses. */
const actionWordsByStatus = new Map<ServerStatus, readonly string[]>();

function actionWords({ status }: Server): readonly string[] {
  let words = actionWordsByStatus.get(status);
  if (words === undefined) {
    words = actionWordsOf([{ status }]);
    // The set of statuses is open, so the API could fill the memory.
    if (actionWordsByStatus.size >= 50) {
      actionWordsByStatus.clear();
    }
    actionWordsByStatus.set(status, words);
  }
  return words;
}

export function addressWords(servers: readonly Server[]): readonly string[] {
  return [
    ...(servers.some(addressOf) ? ['hasAddress'] : []),
    ...(servers.some(({ hostname }) => hostname !== undefined) ? ['hasHostname'] : []),
  ];
}

function addressOf({ ipAddress, ipv6Address }: Server): string | undefined {
  return ipAddress ?? ipv6Address ?? undefined;
}

/** The icon of the status, in the color that a person chose for the server: its shape still shows the status. */
function serverIcon(
  { status }: Server,
  { isBusy }: Activity,
  { color }: ServerMarks,
): Pick<Row, 'icon' | 'color'> {
  const icon = isBusy ? { icon: 'loading~spin', color: undefined } : statusIcon(status);
  return color === undefined ? icon : { ...icon, color: markColorIds[color] };
}

/** Where a server is shown. */
export interface RowPlace {
  /** In the group "Pinned". */
  readonly isPinned?: boolean;
  /** In the sample account. */
  readonly isSample?: boolean;
}

export function serverRow(
  server: Server,
  activity: Activity,
  marks: ServerMarks,
  { isPinned = false, isSample = false }: RowPlace = {},
): Row {
  const address = addressOf(server);
  const { isProtected } = activity;
  const changed = activity.isChanged ? vscode.l10n.t('changed') : undefined;
  // The address first: a narrow view and the buttons of the row cut off the end. Except where the status is the news.
  const parts = changed ? [server.status, changed, address] : [address, server.status];
  if (isPinned) {
    // The group "Pinned" does not say it.
    parts.push(server.location);
  }
  if (isSample) {
    parts.push(vscode.l10n.t('sample'));
  }
  const context = [
    'server',
    ...(activity.isBusy || isProtected ? [] : actionWords(server)),
    isProtected ? 'canUnprotect' : 'canProtect',
    // The inline button for a terminal is there for servers that run.
    ...(isProtected && isAllowed('stop', server) ? ['isUp'] : []),
    ...addressWords([server]),
    ...(activity.isWaiting ? ['isWaiting'] : []),
    marks.isPinned ? 'isPinned' : 'canPin',
  ];
  return {
    label: server.name,
    description: `${isProtected ? '🔒 ' : ''}${parts.filter(Boolean).join(' · ')}`,
    ...serverIcon(server, activity, marks),
    context: context.join(' '),
    ariaLabel: [
      server.name,
      server.status,
      changed,
      isPinned && vscode.l10n.t('pinned'),
      isProtected && vscode.l10n.t('protected'),
      server.location,
      address,
      isSample && vscode.l10n.t('sample'),
      marks.color && vscode.l10n.t('marked {0}', colorText(marks.color)),
      marks.note && vscode.l10n.t('has a note'),
    ]
      .filter(Boolean)
      .join(', '),
    server,
    note: marks.note,
  };
}
