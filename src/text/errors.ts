import * as l10n from '@vscode/l10n';
import type { AppError } from '../core/errors.ts';
import { asSentence } from './sentences.ts';
import { durationText } from './times.ts';

/** Shown when a 429 has no Retry-After. */
const defaultRetryAfterMs = 60_000;

/** Explains an error in a sentence, quoting the API's own message where it sent one. */
export function errorText(error: AppError): string {
  const apiMessage = error.serverMessage ?? fieldsText(error);
  switch (error.kind) {
    case 'unauthorized':
      return apiMessage
        ? l10n.t('VPS.org rejected the token: {0}', asSentence(apiMessage))
        : l10n.t('VPS.org rejected the token.');
    case 'forbidden':
      return apiMessage
        ? l10n.t('VPS.org does not allow this: {0}', asSentence(apiMessage))
        : l10n.t('VPS.org does not allow this with your token.');
    case 'paymentRequired':
      return apiMessage
        ? l10n.t("Your VPS.org account doesn't have enough credit for this: {0}", apiMessage)
        : l10n.t("Your VPS.org account doesn't have enough credit for this.");
    case 'notFound':
      return /^\/servers\/[^/]/u.test(error.path ?? '')
        ? l10n.t(
            'VPS.org did not find this server (HTTP 404). Refresh to check whether it still exists.',
          )
        : l10n.t('VPS.org found nothing at this address (HTTP 404).');
    case 'invalid':
    case 'conflict':
      return apiMessage
        ? l10n.t('VPS.org answered: {0}', apiMessage)
        : l10n.t('VPS.org did not accept the request.');
    case 'rateLimited':
      return l10n.t(
        '{0} Try again in {1}.',
        rateLimitText(error),
        durationText(error.retryAfterMs ?? defaultRetryAfterMs),
      );
    case 'timeout':
      return l10n.t('VPS.org did not answer in time.');
    case 'network':
    case 'badResponse':
      return error.explanation ?? l10n.t('The connection to VPS.org failed or was interrupted.');
    case 'cancelled':
      return l10n.t('Cancelled.');
    case 'server':
      if (error.status === undefined) {
        return l10n.t('Something went wrong in the extension. See the log for details.');
      }
      return apiMessage
        ? error.reason === 'intermediary'
          ? l10n.t(
              'VPS.org or a gateway has a problem (HTTP {0}): {1}',
              error.status,
              asSentence(apiMessage),
            )
          : l10n.t('VPS.org has a problem (HTTP {0}): {1}', error.status, asSentence(apiMessage))
        : l10n.t('VPS.org has a problem (HTTP {0}).', error.status);
  }
}

/** Explains why a list that was last updated at `time` is out of date. It loads again by itself, so this asks nobody to try. */
export function staleListText(error: AppError | 'rejected', time: string): string {
  const reason =
    error === 'rejected'
      ? l10n.t('VPS.org rejected the token.')
      : error.kind === 'rateLimited'
        ? rateLimitText(error)
        : errorText(error);
  return l10n.t('{0} Last updated at {1}.', reason, time);
}

function rateLimitText(error: AppError): string {
  const apiMessage = error.serverMessage ?? fieldsText(error);
  if (!apiMessage) {
    return l10n.t('VPS.org is rate limiting requests.');
  }
  return error.reason === 'intermediary'
    ? l10n.t('VPS.org or a gateway is rate limiting requests: {0}', asSentence(apiMessage))
    : l10n.t('VPS.org is rate limiting requests: {0}', asSentence(apiMessage));
}

function fieldsText(error: AppError): string | undefined {
  const parts = Object.entries(error.fields).map(
    ([field, texts]) => `${field}: ${texts.join(' ')}`,
  );
  return parts.length > 0 ? parts.join('; ') : undefined;
}
