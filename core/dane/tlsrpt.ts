/** The result types of TLS reports that a DANE sender gives (RFC 8460 §4.3). */

export type TlsrptResult =
  | 'starttls-not-supported' | 'certificate-host-mismatch' | 'certificate-expired' | 'certificate-not-trusted' | 'validation-failure'
  | 'tlsa-invalid' | 'dnssec-invalid' | 'dane-required';

const RESULTS = new Map<string, TlsrptResult | null>(Object.entries({
  // RFC 8460 §4.3.1: a server that offers STARTTLS and then refuses it does not support it either.
  'starttls-not-offered': 'starttls-not-supported', 'starttls-refused': 'starttls-not-supported',
  'name-mismatch': 'certificate-host-mismatch', expired: 'certificate-expired',
  // RFC 8460 §4.3.1: unknown authorities and errors in the chain.
  'not-yet-valid': 'certificate-not-trusted', 'anchor-not-sent': 'certificate-not-trusted', 'sent-but-not-an-issuer': 'certificate-not-trusted',
  'path-invalid': 'certificate-not-trusted', 'anchor-signed-nothing': 'certificate-not-trusted', 'certificate-malformed': 'certificate-not-trusted',
  // No TLS was asked of something that does not speak SMTP.
  'not-smtp': null, 'reply-malformed': null,
}));

/** For the reason of an endpoint at which a sender that enforces DANE does not deliver. */
export function tlsrptResult(reason: string): TlsrptResult | null {
  const result = RESULTS.get(reason);
  // RFC 8460 §4.3.1: "a general failure for a reason not matching a category above"; a record that matches nothing is one.
  return result === undefined ? 'validation-failure' : result;
}
