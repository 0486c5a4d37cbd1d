import * as vscode from 'vscode';
import type { AppError } from '../core/errors.ts';

/** The time in the person's own way of writing it, with the day unless that is today. */
export function formatTime(ms: number, now = Date.now()): string {
  const [time, today] = [new Date(ms), new Date(now)];
  const isToday = time.toDateString() === today.toDateString();
  return time.toLocaleString(vscode.env.language, { timeStyle: 'short', ...(isToday ? {} : { dateStyle: 'medium' }) });
}

function reasonText(error: AppError): string {
  switch (error.reason) {
    case 'redirect':
      return vscode.l10n.t('VPS.org sent the request on to another address. It was not followed, so that your token stays safe.');
    case 'tooLarge':
      return vscode.l10n.t('The answer of VPS.org was too large to be real.');
    case 'empty':
      return vscode.l10n.t('The answer of VPS.org was empty.');
    default:
      return vscode.l10n.t('The answer of VPS.org could not be understood. A proxy or a maintenance page may be in between.');
  }
}

function networkText(error: AppError): string {
  switch (error.code) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return vscode.l10n.t('VPS.org could not be found on the network. Are you offline?');
    case 'ECONNREFUSED':
      return vscode.l10n.t('VPS.org refused the connection.');
    case 'CERT_HAS_EXPIRED':
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
    case 'SELF_SIGNED_CERT_IN_CHAIN':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return vscode.l10n.t('The certificate of VPS.org could not be trusted ({0}).', error.code);
    default:
      return vscode.l10n.t('The connection to VPS.org failed or was cut.');
  }
}

function waitText(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  return seconds < 60 ? vscode.l10n.t('{0} s', seconds) : vscode.l10n.t('{0} min', Math.ceil(seconds / 60));
}

/** What an error means, as a sentence for people. What the server said is quoted where it said something. */
export function errorText(error: AppError): string {
  const said = error.serverMessage ?? fieldsText(error);
  switch (error.kind) {
    case 'unauthorized':
      return vscode.l10n.t('VPS.org rejected the token.');
    case 'forbidden':
      return said ? vscode.l10n.t('VPS.org does not allow this: {0}', said) : vscode.l10n.t('VPS.org does not allow this with your token.');
    case 'paymentRequired':
      return vscode.l10n.t('There is not enough credit at VPS.org for this.');
    case 'notFound':
      return /^\/servers\/[^/]/u.test(error.path ?? '')
        ? vscode.l10n.t('VPS.org does not know this server any more.')
        : vscode.l10n.t('VPS.org has nothing at this address (HTTP 404).');
    case 'invalid':
    case 'conflict':
      return said ? vscode.l10n.t('VPS.org answered: {0}', said) : vscode.l10n.t('VPS.org did not accept the request.');
    case 'rateLimited':
      return vscode.l10n.t('VPS.org asks for fewer requests. Try again in {0}.', waitText(error.retryAfterMs ?? 60_000));
    case 'timeout':
      return vscode.l10n.t('VPS.org did not answer in time.');
    case 'network':
      return networkText(error);
    case 'badResponse':
      return reasonText(error);
    case 'cancelled':
      return vscode.l10n.t('Cancelled.');
    case 'server':
      return error.status === undefined
        ? vscode.l10n.t('Something went wrong in the extension. The log says more.')
        : vscode.l10n.t('VPS.org has a problem (HTTP {0}).', error.status);
  }
}

/** What must be known of servers that were listed at `time` and, for this reason, not since. */
export function staleListText(error: AppError | 'rejected', time: string): string {
  const why = error === 'rejected' ? vscode.l10n.t('VPS.org rejected the token.') : errorText(error);
  return vscode.l10n.t('{0} This list is from {1}.', why, time);
}

function fieldsText(error: AppError): string | undefined {
  const parts = Object.entries(error.fields).map(([field, texts]) => `${field}: ${texts.join(' ')}`);
  return parts.length > 0 ? parts.join('; ') : undefined;
}
