import assert from 'node:assert/strict';
import { errorText } from '../../../src/text/errors.ts';
import { assertError, makeApi, rejection } from './support/makeApi.ts';
import { fetchError } from './support/scriptedFetch.ts';

/** All codes of Node's X509 verification and of its TLS and OpenSSL errors that a client meets, by the words of their text. */
const codes: readonly [RegExp, string][] = [
  [
    /doesn't trust the issuer.*inspecting/u,
    'UNABLE_TO_GET_ISSUER_CERT UNABLE_TO_GET_ISSUER_CERT_LOCALLY UNABLE_TO_VERIFY_LEAF_SIGNATURE SELF_SIGNED_CERT_IN_CHAIN CERT_UNTRUSTED ERR_CERT_AUTHORITY_INVALID',
  ],
  [/self-signed certificate/u, 'DEPTH_ZERO_SELF_SIGNED_CERT'],
  [/not valid yet\. Check the date and time/u, 'CERT_NOT_YET_VALID'],
  [/has expired\. Check the date and time/u, 'CERT_HAS_EXPIRED ERR_CERT_DATE_INVALID'],
  [
    /another host name/u,
    'ERR_TLS_CERT_ALTNAME_INVALID ERR_TLS_CERT_ALTNAME_FORMAT HOSTNAME_MISMATCH ERR_CERT_COMMON_NAME_INVALID',
  ],
  [/was revoked by its issuer/u, 'CERT_REVOKED ERR_CERT_REVOKED'],
  [
    /Couldn't check whether/u,
    'UNABLE_TO_GET_CRL UNABLE_TO_DECRYPT_CRL_SIGNATURE CRL_SIGNATURE_FAILURE CRL_NOT_YET_VALID CRL_HAS_EXPIRED ERROR_IN_CRL_LAST_UPDATE_FIELD ERROR_IN_CRL_NEXT_UPDATE_FIELD',
  ],
  [/set up to reject/u, 'CERT_REJECTED'],
  [
    /damaged or not meant/u,
    'UNABLE_TO_DECRYPT_CERT_SIGNATURE UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY CERT_SIGNATURE_FAILURE ERROR_IN_CERT_NOT_BEFORE_FIELD ERROR_IN_CERT_NOT_AFTER_FIELD CERT_CHAIN_TOO_LONG INVALID_CA INVALID_PURPOSE PATH_LENGTH_EXCEEDED ERR_CERT_INVALID CERT_OF_THE_FUTURE',
  ],
  [
    /outdated cryptography/u,
    'ERR_SSL_EE_KEY_TOO_SMALL ERR_SSL_CA_MD_TOO_WEAK ERR_SSL_DH_KEY_TOO_SMALL',
  ],
  [
    /requires a client certificate from this computer/u,
    'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED ERR_SSL_TLSV1_ALERT_UNKNOWN_CA ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE',
  ],
  [
    /secure connection\. Check the API address/u,
    'EPROTO ERR_SSL_WRONG_VERSION_NUMBER ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION ERR_SSL_UNSUPPORTED_PROTOCOL ERR_SSL_HTTP_REQUEST ERR_SSL_PACKET_LENGTH_TOO_LONG ERR_SSL_NO_CIPHERS_AVAILABLE ERR_TLS_INVALID_PROTOCOL_VERSION',
  ],
];

describe('certificate errors', () => {
  for (const [words, list] of codes) {
    it(`explain themselves and are not retried: ${list}`, async () => {
      for (const code of list.split(' ')) {
        const { api, clock, verify } = makeApi([fetchError('certificate', code)]);
        const error = await rejection(api.getServer('7'));
        assertError(error, { kind: 'network', code });
        assert.match(errorText(error), words);
        assert.ok(errorText(error).includes(`(${code})`));
        assert.equal(clock.pendingCount, 0);
        verify();
      }
    });
  }

  it('are none of a connection that broke, which is retried', async () => {
    for (const code of ['ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ERR_TLS_HANDSHAKE_TIMEOUT', 'X']) {
      const broken = fetchError('broken', code);
      const { api, clock, verify } = makeApi([broken, broken, broken]);
      const error = rejection(api.getServer('7'));
      await clock.advance(60_000);
      assert.doesNotMatch(errorText((await error) as never), /certificate|secure/u);
      verify();
    }
  });
});
