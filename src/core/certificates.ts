/**
 * Why no secure connection could be made.
 *
 * - `issuer` signed by an authority that this computer does not trust · `selfSigned` signed by itself
 * - `notYetValid`, `expired` outside its validity · `hostname` for another name · `revoked`, `revocation` revoked, or not
 *   possible to check · `rejected` by a rule of this computer · `malformed` broken, or not made for a server · `weak` outdated
 *   keys or signatures · `client` a certificate of this computer is required, or was rejected · `protocol` the other side
 *   speaks no TLS, or no common version of it
 */
export type CertificateProblem =
  | 'issuer'
  | 'selfSigned'
  | 'notYetValid'
  | 'expired'
  | 'hostname'
  | 'revoked'
  | 'revocation'
  | 'rejected'
  | 'malformed'
  | 'weak'
  | 'client'
  | 'protocol';

/**
 * Codes of Node (the names of OpenSSL's X509_V_ERR constants, and its own) and of Chromium, without the prefixes `ERR_TLS_`
 * and `ERR_`.
 */
const codes: Readonly<Record<CertificateProblem, string>> = {
  issuer:
    'UNABLE_TO_GET_ISSUER_CERT UNABLE_TO_GET_ISSUER_CERT_LOCALLY UNABLE_TO_VERIFY_LEAF_SIGNATURE SELF_SIGNED_CERT_IN_CHAIN CERT_UNTRUSTED CERT_AUTHORITY_INVALID',
  selfSigned: 'DEPTH_ZERO_SELF_SIGNED_CERT',
  notYetValid: 'CERT_NOT_YET_VALID',
  expired: 'CERT_HAS_EXPIRED CERT_DATE_INVALID',
  hostname:
    'CERT_ALTNAME_INVALID CERT_ALTNAME_FORMAT HOSTNAME_MISMATCH EMAIL_MISMATCH IP_ADDRESS_MISMATCH CERT_COMMON_NAME_INVALID',
  revoked: 'CERT_REVOKED',
  revocation:
    'UNABLE_TO_GET_CRL UNABLE_TO_GET_CRL_ISSUER UNABLE_TO_DECRYPT_CRL_SIGNATURE CRL_SIGNATURE_FAILURE CRL_NOT_YET_VALID CRL_HAS_EXPIRED ERROR_IN_CRL_LAST_UPDATE_FIELD ERROR_IN_CRL_NEXT_UPDATE_FIELD CERT_UNABLE_TO_CHECK_REVOCATION CERT_NO_REVOCATION_MECHANISM',
  rejected: 'CERT_REJECTED',
  malformed:
    'UNABLE_TO_DECRYPT_CERT_SIGNATURE UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY CERT_SIGNATURE_FAILURE ERROR_IN_CERT_NOT_BEFORE_FIELD ERROR_IN_CERT_NOT_AFTER_FIELD CERT_CHAIN_TOO_LONG INVALID_CA INVALID_NON_CA INVALID_PURPOSE PATH_LENGTH_EXCEEDED CERT_INVALID CERT_CONTAINS_ERRORS UNHANDLED_CRITICAL_EXTENSION',
  weak: 'CERT_SIGNATURE_ALGORITHM_UNSUPPORTED CERT_WEAK_SIGNATURE_ALGORITHM CERT_WEAK_KEY SSL_CA_MD_TOO_WEAK SSL_EE_KEY_TOO_SMALL SSL_CA_KEY_TOO_SMALL SSL_DH_KEY_TOO_SMALL',
  client:
    'SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED SSL_TLSV1_ALERT_UNKNOWN_CA SSL_SSLV3_ALERT_BAD_CERTIFICATE SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED SSL_SSLV3_ALERT_CERTIFICATE_REVOKED SSL_SSLV3_ALERT_CERTIFICATE_UNKNOWN SSL_SSLV3_ALERT_UNSUPPORTED_CERTIFICATE',
  protocol: 'EPROTO',
};

const problemByCode: ReadonlyMap<string, CertificateProblem> = new Map(
  Object.entries(codes).flatMap(([problem, list]) =>
    list.split(' ').map((code) => [code, problem as CertificateProblem] as const),
  ),
);

/** What an error code says about a certificate or a TLS handshake; undefined for a code about something else. */
export function certificateProblem(code: string | undefined): CertificateProblem | undefined {
  if (code === undefined) {
    return undefined;
  }
  const name = code.replace(/^ERR_(?:TLS_)?/, '');
  const known = problemByCode.get(name);
  if (known !== undefined) {
    return known;
  }
  // Both lists grow with OpenSSL.
  if (name.startsWith('SSL_') || /^ERR_TLS_(?!.*TIMEOUT)/.test(code)) {
    return 'protocol';
  }
  return /(?:^|_)(?:CERT|CERTIFICATE|CRL)(?:_|$)/.test(name) ? 'malformed' : undefined;
}
