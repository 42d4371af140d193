/** What we offer in a ClientHello, in the words of Node and OpenSSL. */
import { isIP } from 'node:net';
import type { ConnectionOptions, TLSSocketOptions } from 'node:tls';
import type { TlsRequest } from '../tls/client.ts';
import { isBoringSsl } from './tls-library.ts';

type KeyKind = TlsRequest['keyTypes'][number];

/** A server picks its certificate by the signature schemes of the client (RFC 8446 §4.4.2.2; RFC 5246 §7.4.2). */
const SCHEMES: { readonly [Kind in KeyKind]: readonly string[] } = {
  ECDSA: ['ecdsa_secp256r1_sha256', 'ecdsa_secp384r1_sha384', 'ecdsa_secp521r1_sha512'],
  EdDSA: ['ed25519', 'ed448'],
  RSA: [
    'rsa_pss_rsae_sha256', 'rsa_pss_rsae_sha384', 'rsa_pss_rsae_sha512', 'rsa_pss_pss_sha256', 'rsa_pss_pss_sha384', 'rsa_pss_pss_sha512',
    'rsa_pkcs1_sha256', 'rsa_pkcs1_sha384', 'rsa_pkcs1_sha512',
  ],
};

/** CCM last: OpenSSL senders do not offer it, GnuTLS senders do. */
const TLS13_SUITES = 'TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256:TLS_AES_128_CCM_SHA256:TLS_AES_128_CCM_8_SHA256';
/** As Postfix offers at its level `medium`, without the anonymous suites that leave no certificate to compare (RFC 7672 §8.2). */
const SUITES = 'HIGH:MEDIUM:+RC4:!aNULL:!eNULL:!PSK:!SRP:@STRENGTH';

/** BoringSSL does not know these names, and refuses a whole list for one of them. */
const UNKNOWN_TO_BORINGSSL = /^(?:ed448|rsa_pss_pss_.*)$/;

const SMALL_GROUPS = 'X25519:P-256:P-384:P-521';

export function connectionOptions(request: TlsRequest): ConnectionOptions & Pick<TLSSocketOptions, 'requestOCSP'> {
  return {
    ...serverNameOf(request),
    ...(request.groups === 'small' ? { ecdhCurve: SMALL_GROUPS } : {}),
    minVersion: request.minimumVersion,
    maxVersion: request.maximumVersion,
    ciphers: cipherList(request),
    sigalgs: schemes(request).join(':'),
    requestOCSP: true,
    // Trust is not judged by the library, and it must find nothing with which to complete a chain.
    rejectUnauthorized: false,
    ca: [],
    checkServerIdentity: () => undefined,
  };
}

/** A name that looks like an address must not be sent (RFC 6066 §3); an MX record can hold one. */
function serverNameOf({ serverName }: TlsRequest): Pick<ConnectionOptions, 'servername'> {
  return serverName === null || isIP(serverName) !== 0 ? {} : { servername: serverName };
}

function schemes({ keyTypes }: TlsRequest): readonly string[] {
  const names = keyTypes.flatMap((kind) => SCHEMES[kind]);
  return isBoringSsl() ? names.filter((name) => !UNKNOWN_TO_BORINGSSL.test(name)) : names;
}

/** Before TLS 1.3 a suite names the kind of key: with RSA key exchange a server needs no signature that the schemes could forbid. */
function cipherList({ keyTypes, minimumVersion }: TlsRequest): string {
  const withoutRsa = keyTypes.includes('RSA') ? '' : ':!aRSA';
  const withoutCurves = keyTypes.some((kind) => kind !== 'RSA') ? '' : ':!aECDSA';
  // OpenSSL 3 speaks TLS before 1.2 at level 0 only; Postfix and Exim use level 1 or above otherwise.
  const level = minimumVersion === 'TLSv1' || minimumVersion === 'TLSv1.1' ? 0 : 1;
  return `${TLS13_SUITES}:${SUITES}${withoutRsa}${withoutCurves}${isBoringSsl() ? '' : `:@SECLEVEL=${String(level)}`}`;
}
