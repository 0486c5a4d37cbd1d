import * as vscode from 'vscode';
import type { AppError } from '../../core/errors.ts';
import type { Server } from '../../core/server.ts';
import type { Session } from '../../state/session.ts';
import { errorText } from '../../text/errors.ts';
import { formatTime } from '../../text/times.ts';

/** Says why a panel shows no data or old data; undefined while it is up to date. */
export function noticeText(
  session: Session | undefined,
  server: Server | undefined,
  {
    error,
    loadedAt,
  }: { readonly error: AppError | undefined; readonly loadedAt: number | undefined },
): string | undefined {
  if (!session) {
    return undefined;
  }
  if (session.isRejected) {
    return vscode.l10n.t(
      'VPS.org rejected the token of this account. Sign in again to continue. Showing last known data.',
    );
  }
  if (!error) {
    return server ? undefined : vscode.l10n.t('Loading...');
  }
  const why = errorText(error);
  const updatedAt = loadedAt ?? (server && session.servers.load.knownAt);
  return updatedAt === undefined
    ? why
    : vscode.l10n.t('{0} Last updated at {1}.', why, formatTime(updatedAt));
}

/** Says why a panel shows a server that cannot be changed any more; undefined while it can. */
export function goneText(session: Session | undefined, isDeleted: boolean): string | undefined {
  if (!session) {
    return vscode.l10n.t(
      'You are not signed in to the account of this server. Sign in, then open the server from the Servers view.',
    );
  }
  return isDeleted ? vscode.l10n.t('This server was deleted. Showing last known data.') : undefined;
}
