/** Why a handshake failed and who ended it, from the wire: keyed on alert numbers, never on the words of a library. */
import type { NetworkFailure } from '../base/ports.ts';
import { plainText } from '../base/plain-text.ts';
import { CERTIFICATE_REQUIRED, HANDSHAKE_FAILURE, PROTOCOL_VERSION, UNRECOGNIZED_NAME, endsConnection } from './alert.ts';
import type { TlsAlert, TlsFailure } from './facts.ts';
import type { WireView } from './tap.ts';

export interface HandshakeEnd {
  readonly view: WireView;
  /** how the peer ended the connection, if it did */
  readonly ended: 'fin' | NetworkFailure | null;
  readonly receivedOctets: number;
  readonly elapsedMs: number;
  /** our caller gave up */
  readonly aborted: boolean;
  /** the library's own words, where the wire tells nothing */
  readonly libraryText: string;
  /** the library offers less than those of senders */
  readonly narrowLibrary: boolean;
}

type Cause = Pick<TlsFailure, 'code' | 'text' | 'mayBeOurs'> & { readonly alert?: TlsAlert };

export function tlsFailure(end: HandshakeEnd): TlsFailure {
  const { alert, ...cause } = causeOf(end);
  return { ...cause, alert: alert ?? null, elapsedMs: end.elapsedMs, messages: end.view.messages, alerts: end.view.alerts };
}

function causeOf(end: HandshakeEnd): Cause {
  const { view } = end;
  if (view.plaintext !== null) {
    const line = plainText(latin1(view.plaintext.subarray(0, 200)).split(/\r?\n/)[0] ?? '', 120);
    return { code: 'not-tls', text: `the server sent plain text instead of TLS: “${line}”`, mayBeOurs: false };
  }
  const fatal = view.alerts.filter(endsConnection);
  const alert = fatal.find(({ from }) => from === 'server') ?? fatal[0];
  if (alert?.from === 'server') return { ...refusedByServer(alert, end), alert };
  if (alert !== undefined) return { ...refusedByUs(alert, end), alert };
  return withoutAlert(end);
}

const SERVER_WORDS: { readonly [code: number]: string } = {
  [HANDSHAKE_FAILURE]: 'the server found nothing in our offer that it can use (handshake_failure): no common cipher, or no certificate of the offered key types',
  [PROTOCOL_VERSION]: 'the server does not speak the offered TLS versions (protocol_version)',
  [UNRECOGNIZED_NAME]: 'the server does not accept the name in our ClientHello (unrecognized_name)',
  [CERTIFICATE_REQUIRED]: 'the server requires a client certificate (certificate_required)',
};

function refusedByServer(alert: TlsAlert, { narrowLibrary, view }: HandshakeEnd): Cause {
  const code = alert.code === PROTOCOL_VERSION ? 'protocol-version' : 'alert-from-server';
  return { code, text: serverWords(alert, view), mayBeOurs: narrowLibrary };
}

function serverWords(alert: TlsAlert, view: WireView): string {
  // TLS 1.2 has no alert of its own for a missing client certificate (RFC 5246 §7.4.6).
  if (alert.code === HANDSHAKE_FAILURE && view.clientCertificateRequested) return 'the server asked for a client certificate and ended the handshake without one (handshake_failure)';
  if (alert.code === HANDSHAKE_FAILURE && view.protocol !== null) return 'the server ended the handshake after its ServerHello (handshake_failure)';
  return SERVER_WORDS[alert.code ?? -1] ?? `the server ended the handshake with alert ${alert.name}`;
}

/** OpenSSL takes no Certificate message above this (SSL_MAX_CERT_LIST_DEFAULT); so do senders that use it. */
const OPENSSL_CHAIN_LIMIT = 102_400;

/** Our alerts for octets that no implementation may accept: unexpected_message, bad_record_mac, record_overflow, illegal_parameter, decode_error, decrypt_error, unsupported_extension. */
const SERVER_BROKE_PROTOCOL = new Set([10, 20, 22, 47, 50, 51, 110]);

function refusedByUs(alert: TlsAlert, { narrowLibrary, view }: HandshakeEnd): Cause {
  const size = view.incomplete?.name === 'Certificate' ? view.incomplete.size : 0;
  if (size > OPENSSL_CHAIN_LIMIT) {
    return { code: 'chain-too-large', text: `the server announced a chain of ${String(size)} octets; senders that use OpenSSL refuse more than ${String(OPENSSL_CHAIN_LIMIT)}`, mayBeOurs: narrowLibrary };
  }
  if (alert.code === PROTOCOL_VERSION) {
    return { code: 'protocol-version', text: `the server chose ${view.protocol ?? 'a version'} that we did not offer`, mayBeOurs: false };
  }
  const brokeProtocol = alert.code !== null && SERVER_BROKE_PROTOCOL.has(alert.code);
  const text = `our TLS library ended the handshake with alert ${alert.name}${brokeProtocol ? ': what the server sent is against the protocol' : ''}`;
  return { code: 'alert-from-client', text, mayBeOurs: narrowLibrary || !brokeProtocol };
}

function withoutAlert({ aborted, ended, receivedOctets, view, elapsedMs, libraryText, narrowLibrary }: HandshakeEnd): Cause {
  const last = view.messages.findLast(({ from }) => from === 'server')?.name;
  const far = receivedOctets === 0 ? 'before any octet of TLS' : `after ${String(receivedOctets)} octets${last === undefined ? '' : `, the last message was ${last}`}`;
  if (aborted) return { code: 'aborted', text: `no complete handshake within ${String(Math.round(elapsedMs))} ms, ${far}`, mayBeOurs: false };
  if (ended === 'fin') return { code: 'closed', text: `the server closed the connection in the handshake (FIN), ${far}`, mayBeOurs: narrowLibrary };
  if (ended?.code === 'reset') return { code: 'reset', text: `the server reset the connection in the handshake (RST), ${far}`, mayBeOurs: narrowLibrary };
  // The network between us failed: that says nothing about the server.
  if (ended !== null) return { code: 'other', text: `${ended.text}, ${far}`, mayBeOurs: true };
  // Neither side said why: the library itself did not go on.
  return { code: 'local-limit', text: `our TLS library gave up ${far}: ${plainText(libraryText, 200)}`, mayBeOurs: true };
}

const latin1 = (bytes: Uint8Array): string => String.fromCharCode(...bytes);
