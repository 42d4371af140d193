/** Alerts by number: the number is the protocol, the error strings of libraries change from version to version. */
import type { TlsAlert } from './facts.ts';

const ALERTS: { readonly [code: number]: string } = {
  0: 'close_notify', 10: 'unexpected_message', 20: 'bad_record_mac', 21: 'decryption_failed', 22: 'record_overflow', 30: 'decompression_failure',
  40: 'handshake_failure', 41: 'no_certificate', 42: 'bad_certificate', 43: 'unsupported_certificate', 44: 'certificate_revoked',
  45: 'certificate_expired', 46: 'certificate_unknown', 47: 'illegal_parameter', 48: 'unknown_ca', 49: 'access_denied', 50: 'decode_error',
  51: 'decrypt_error', 60: 'export_restriction', 70: 'protocol_version', 71: 'insufficient_security', 80: 'internal_error',
  86: 'inappropriate_fallback', 90: 'user_canceled', 100: 'no_renegotiation', 109: 'missing_extension', 110: 'unsupported_extension',
  111: 'certificate_unobtainable', 112: 'unrecognized_name', 113: 'bad_certificate_status_response', 114: 'bad_certificate_hash_value',
  115: 'unknown_psk_identity', 116: 'certificate_required', 117: 'general_error', 120: 'no_application_protocol', 121: 'ech_required',
};

export const CLOSE_NOTIFY = 0;
export const HANDSHAKE_FAILURE = 40;
export const PROTOCOL_VERSION = 70;
export const UNRECOGNIZED_NAME = 112;
export const CERTIFICATE_REQUIRED = 116;

/** @param body the two octets of an alert in clear; anything else is an alert that stays encrypted (TLS 1.2 after ChangeCipherSpec with a suite that is no AEAD) */
export function readAlert(from: TlsAlert['from'], body: Uint8Array): TlsAlert {
  const [level, code] = body;
  if (body.length !== 2 || code === undefined) return { from, level: 'unknown', code: null, name: 'encrypted' };
  return { from, level: level === 1 ? 'warning' : level === 2 ? 'fatal' : 'unknown', code, name: ALERTS[code] ?? `alert ${String(code)}` };
}

/** In TLS 1.3 the level is of no meaning: all but these two end the connection (RFC 8446 §6). */
export const endsConnection = (alert: TlsAlert): boolean =>
  alert.level === 'fatal' || (alert.level === 'warning' && alert.code !== CLOSE_NOTIFY && alert.code !== 90 && alert.code !== 100 && alert.code !== UNRECOGNIZED_NAME);
