import type { Server } from '../core/server.ts';
import { knownStatuses } from '../core/server.ts';
import { toPlainLine } from '../core/text.ts';
import type { PastError } from './errorHistory.ts';
import type { Session } from './session.ts';

export interface DiagnosticsParts {
  /** Lines about the program: versions, platform. */
  readonly program: readonly string[];
  /** Settings by name, as they are in force. */
  readonly settings: Readonly<Record<string, string | number | boolean>>;
  readonly sessions: readonly Session[];
  readonly followed: number;
  readonly errors: readonly PastError[];
  /** Milliseconds since 1970. */
  readonly now: number;
}

const longestLine = 300;

/**
 * What helps to understand a problem, as text in English like the log. Never a token; names, addresses, account labels and what
 * the server said only with `withNames`.
 */
export function describeState(parts: DiagnosticsParts, withNames: boolean): string {
  const { program, settings, sessions, followed, errors, now } = parts;
  const lines = [
    ...program,
    `Time: ${isoTime(now)}`,
    '',
    'Settings',
    ...Object.entries(settings).map(([key, value]) => `  ${key}: ${settingText(key, value, withNames)}`),
    '',
    `Accounts: ${sessions.length}`,
    ...sessions.flatMap((session, index) => sessionLines(session, index, withNames)),
    `Servers that are followed: ${followed}`,
    '',
    `Last errors: ${errors.length}`,
    ...errors.map((past) => `  ${errorLine(past, withNames)}`),
  ];
  return `${lines.map((line) => line.slice(0, longestLine)).join('\n')}\n`;
}

function settingText(key: string, value: string | number | boolean, withNames: boolean): string {
  if (key !== 'apiUrl') {
    return String(value);
  }
  if (value === '' || !URL.canParse(String(value))) {
    return 'cannot be used';
  }
  const url = new URL(String(value));
  const credentials = url.username || url.password ? ', with a user name or password' : '';
  return withNames ? `${url.origin}${url.pathname}${credentials}` : `${url.protocol}//...${credentials}`;
}

function sessionLines(session: Session, index: number, withNames: boolean): readonly string[] {
  const { account, servers, isRejected } = session;
  const { load } = servers;
  const facts = [
    account.kind,
    ...(withNames ? [toPlainLine(account.label, 80), account.apiUrl] : []),
    ...(isRejected ? ['token rejected'] : []),
  ];
  const list = [
    `${servers.servers.length} servers (${statusCounts(servers.servers)})`,
    `said to be ${load.total}`,
    load.loadedAt === undefined ? 'no list yet' : `list of ${isoTime(load.loadedAt)}`,
    ...(load.keptFrom === undefined ? [] : [`kept from ${isoTime(load.keptFrom)}`]),
    ...(load.isLoading ? ['loading'] : []),
    ...(load.error ? [`last list failed: ${load.error.kind}`] : []),
  ];
  return [
    `  ${index + 1}: ${facts.join(', ')}`,
    `     ${list.join(', ')}`,
    ...(withNames ? servers.servers.map((server) => `     - ${serverLine(server)}`) : []),
  ];
}

function statusCounts(servers: readonly Server[]): string {
  const counts = new Map<string, number>();
  for (const { status } of servers) {
    // A status that nobody knows may say anything.
    const known = knownStatuses.find((candidate) => candidate === status) ?? 'other';
    counts.set(known, (counts.get(known) ?? 0) + 1);
  }
  return [...counts].map(([status, count]) => `${count} ${status}`).join(', ') || 'none';
}

function serverLine(server: Server): string {
  return [server.id, server.name, server.status, server.location, server.ipAddress]
    .flatMap((fact) => (fact ? [toPlainLine(fact, 80)] : []))
    .join(', ');
}

function errorLine({ at, error }: PastError, withNames: boolean): string {
  const { kind, method, path, status, code, reason, serverMessage } = error;
  const facts: (string | undefined)[] = [
    kind,
    method,
    path && (withNames ? path : path.replace(/^(\/servers\/)[^/]+/u, '$1{id}')),
    status === undefined ? undefined : `HTTP ${status}`,
    code,
    reason,
    withNames ? serverMessage : undefined,
  ];
  return `${isoTime(at)} ${facts.filter(Boolean).join(' ')}`;
}

function isoTime(ms: number): string {
  const time = new Date(ms);
  return Number.isFinite(time.getTime()) ? time.toISOString() : 'unknown';
}
