import type { Server } from '../core/server.ts';
import { knownStatuses } from '../core/server.ts';
import { toPlainLine } from '../core/text.ts';
import type { PastError } from './errorHistory.ts';
import type { Session } from './session.ts';

export interface DiagnosticsParts {
  /** Lines with versions and the platform. */
  readonly program: readonly string[];
  /** Effective settings by name. */
  readonly settings: Readonly<Record<string, string | number | boolean>>;
  readonly sessions: readonly Session[];
  readonly waiting: number;
  readonly errors: readonly PastError[];
  /** Milliseconds since 1970. */
  readonly now: number;
}

const maxLineLength = 300;

/**
 * Describes the state of the extension for a bug report, in English like the log. Never contains a token; contains names,
 * addresses, account labels and API messages only with `withNames`.
 */
export function describeState(parts: DiagnosticsParts, withNames: boolean): string {
  const { program, settings, sessions, waiting, errors, now } = parts;
  const lines = [
    ...program,
    `Time: ${isoTime(now)}`,
    '',
    'Settings',
    ...Object.entries(settings).map(
      ([key, value]) => `  ${key}: ${settingText(key, value, withNames)}`,
    ),
    '',
    `Accounts: ${sessions.length}`,
    ...sessions.flatMap((session, index) => sessionLines(session, index, withNames)),
    `Waiting for servers: ${waiting}`,
    '',
    `Last errors: ${errors.length}`,
    ...errors.map((past) => `  ${errorLine(past, withNames)}`),
  ];
  return `${lines.map((line) => line.slice(0, maxLineLength)).join('\n')}\n`;
}

function settingText(key: string, value: string | number | boolean, withNames: boolean): string {
  if (key !== 'apiUrl') {
    return String(value);
  }
  if (value === '' || !URL.canParse(String(value))) {
    return 'unusable';
  }
  const url = new URL(String(value));
  const credentials = url.username || url.password ? ', with a user name or password' : '';
  return withNames
    ? `${url.origin}${url.pathname}${credentials}`
    : `${url.protocol}//...${credentials}`;
}

function sessionLines(session: Session, index: number, withNames: boolean): readonly string[] {
  const { account, servers, isRejected } = session;
  const { load } = servers;
  const details = [
    account.kind,
    ...(withNames ? [toPlainLine(account.label, 80), account.apiUrl] : []),
    ...(isRejected ? ['token rejected'] : []),
  ];
  const list = [
    `${servers.servers.length} servers (${statusCounts(servers.servers)})`,
    `total ${load.total}`,
    load.loadedAt === undefined ? 'not loaded yet' : `loaded at ${isoTime(load.loadedAt)}`,
    ...(load.cachedAt === undefined ? [] : [`cached at ${isoTime(load.cachedAt)}`]),
    ...(load.isLoading ? ['loading'] : []),
    ...(load.error ? [`last load failed: ${load.error.kind}`] : []),
  ];
  return [
    `  ${index + 1}: ${details.join(', ')}`,
    `     ${list.join(', ')}`,
    ...(withNames ? servers.servers.map((server) => `     - ${serverLine(server)}`) : []),
  ];
}

function statusCounts(servers: readonly Server[]): string {
  const counts = new Map<string, number>();
  for (const { status } of servers) {
    // An unknown status may contain anything, even a name.
    const known = knownStatuses.find((candidate) => candidate === status) ?? 'other';
    counts.set(known, (counts.get(known) ?? 0) + 1);
  }
  return [...counts].map(([status, count]) => `${count} ${status}`).join(', ') || 'none';
}

function serverLine(server: Server): string {
  return [server.id, server.name, server.status, server.location, server.ipAddress]
    .flatMap((text) => (text ? [toPlainLine(text, 80)] : []))
    .join(', ');
}

function errorLine({ at, error }: PastError, withNames: boolean): string {
  const { kind, method, path, status, code, reason, serverMessage } = error;
  const parts: (string | undefined)[] = [
    kind,
    method,
    path && (withNames ? path : path.replace(/^(\/servers\/)[^/]+/u, '$1{id}')),
    status === undefined ? undefined : `HTTP ${status}`,
    code,
    reason,
    withNames ? serverMessage : undefined,
  ];
  return `${isoTime(at)} ${parts.filter(Boolean).join(' ')}`;
}

function isoTime(ms: number): string {
  const time = new Date(ms);
  return Number.isFinite(time.getTime()) ? time.toISOString() : 'unknown';
}
