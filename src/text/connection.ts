import * as l10n from '@vscode/l10n';
import { certificateProblem } from '../core/certificates.ts';
import type { CertificateProblem } from '../core/certificates.ts';
import type { AppError, BadResponseReason } from '../core/errors.ts';
import { asSentence } from './sentences.ts';

// Loaded with the API client, not at start-up: only its requests can fail in these ways.

/** Explains a connection that failed and a reply that cannot be used; undefined for any other error. */
export function explainError({
  kind,
  code,
  reason,
  status,
  serverMessage,
}: AppError): string | undefined {
  if (kind === 'network') {
    return connectionText(code);
  }
  return kind === 'badResponse' && reason !== undefined
    ? unusableReplyText(reason, status, serverMessage)
    : undefined;
}

/** Explains a connection that failed, by the code of the error. */
function connectionText(code: string | undefined): string {
  const problem = certificateProblem(code);
  if (problem !== undefined) {
    return `${certificateText(problem)} (${code})`;
  }
  switch (code) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EAI_FAIL':
    case 'EAI_NODATA':
    case 'ENODATA':
      return l10n.t("Couldn't find VPS.org on the network. Are you offline?");
    case 'ENETUNREACH':
    case 'EHOSTUNREACH':
    case 'ENETDOWN':
      return l10n.t("Couldn't reach VPS.org over the network. Are you offline?");
    case 'ECONNREFUSED':
      return l10n.t('VPS.org refused the connection.');
    default:
      return l10n.t('The connection to VPS.org failed or was interrupted.');
  }
}

function certificateText(problem: CertificateProblem): string {
  switch (problem) {
    case 'issuer':
      return l10n.t(
        "This computer doesn't trust the issuer of the certificate of VPS.org. A company proxy or security software may be inspecting the connection; install its root certificate on this computer.",
      );
    case 'selfSigned':
      return l10n.t(
        'VPS.org, or a device between you and it, sent a self-signed certificate. Check the network and the API address.',
      );
    case 'notYetValid':
      return l10n.t(
        'The certificate of VPS.org is not valid yet. Check the date and time of this computer.',
      );
    case 'expired':
      return l10n.t(
        'The certificate of VPS.org has expired. Check the date and time of this computer.',
      );
    case 'hostname':
      return l10n.t(
        'The certificate is for another host name than VPS.org. Check the API address, and whether the network wants you to sign in.',
      );
    case 'revoked':
      return l10n.t('The certificate of VPS.org was revoked by its issuer.');
    case 'revocation':
      return l10n.t("Couldn't check whether the certificate of VPS.org was revoked.");
    case 'rejected':
      return l10n.t('This computer is set up to reject the certificate of VPS.org.');
    case 'malformed':
      return l10n.t('The certificate of VPS.org is damaged or not meant for a server.');
    case 'weak':
      return l10n.t('The certificate of VPS.org uses outdated cryptography.');
    case 'client':
      return l10n.t('The server or proxy requires a client certificate from this computer.');
    case 'protocol':
      return l10n.t(
        "Couldn't set up a secure connection. Check the API address; a proxy may be in the way.",
      );
  }
}

/** Explains a reply that cannot be used. `message`: readable words in it, if any. */
function unusableReplyText(
  reason: BadResponseReason,
  status: number | undefined,
  message: string | undefined,
): string {
  switch (reason) {
    case 'intermediary':
      return intermediaryText(status, message);
    case 'redirect':
      return l10n.t(
        'VPS.org redirected the request to another address. The redirect was not followed, to keep your token safe.',
      );
    case 'tooLarge':
      return l10n.t('VPS.org sent a response that is too large.');
    case 'empty':
      return l10n.t('VPS.org sent an empty response.');
    default:
      return l10n.t(
        'VPS.org sent an unexpected response. A proxy or a maintenance page may be in the way.',
      );
  }
}

function intermediaryText(status: number | undefined, message: string | undefined): string {
  if (status === 407) {
    const text = l10n.t(
      "A proxy between you and VPS.org requires a sign-in (HTTP 407). Check VS Code's proxy settings.",
    );
    return message === undefined ? text : l10n.t('{0} It answered: {1}', text, asSentence(message));
  }
  if (status === 511) {
    const text = l10n.t(
      'The network requires a sign-in (HTTP 511). Open a web page in your browser to sign in.',
    );
    return message === undefined ? text : l10n.t('{0} It answered: {1}', text, asSentence(message));
  }
  return message === undefined
    ? l10n.t('A proxy or gateway between you and VPS.org answered (HTTP {0}).', status ?? '')
    : l10n.t(
        'A proxy or gateway between you and VPS.org answered (HTTP {0}): {1}',
        status ?? '',
        asSentence(message),
      );
}
