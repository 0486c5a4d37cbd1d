import * as vscode from 'vscode';
import type { Server } from '../core/server.ts';
import type { Session } from '../state/session.ts';

/** A server's address, or words for having none. */
export function addressText(server: Server): string {
  return server.ipAddress ?? server.ipv6Address ?? vscode.l10n.t('no address yet');
}

/** `"web-server-01" (203.0.113.10, us-west)`, marked where it belongs to the sample account or to one of several. */
export function describeServer(session: Session, server: Server): string {
  const facts = [addressText(server), server.location ?? vscode.l10n.t('unknown location')];
  if (session.account.kind === 'sample') {
    facts.push(vscode.l10n.t('sample'));
  }
  return `"${server.name}" (${facts.join(', ')})`;
}
