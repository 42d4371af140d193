/** What the TLS stage tells: the handshake as it was on the wire. */
import type { Base64, FactBase, Hex } from '../base/subject.ts';
import type { StapleJudgement } from '../x509/facts.ts';

export type TlsFact = FactBase & (
  | { readonly type: 'tls.started'; readonly connection: number; readonly offer: TlsOffer }
  | { readonly type: 'tls.presented'; readonly connection: number; readonly presented: PresentedChain }
  | { readonly type: 'tls.established'; readonly connection: number; readonly parameters: TlsParameters }
  | { readonly type: 'tls.failed'; readonly connection: number; readonly failure: TlsFailure }
  | { readonly type: 'tls.ended'; readonly connection: number; readonly afterwards: TlsAftermath }
);

export interface TlsOffer {
  readonly serverName: string | null;
  readonly versions: readonly string[];
  /** key types whose signature schemes were offered */
  readonly keyTypes: readonly ('RSA' | 'ECDSA' | 'EdDSA')[];
  /** such as `OpenSSL 3.0.19` */
  readonly library: string;
}

/** The Certificate message, in the order of the server. */
export interface PresentedChain {
  /** sha256 of each DER, lower-case hex; look them up among the certificates */
  readonly certificates: readonly Hex[];
  /** true at the end of the handshake; before, a chain is presented, not proven */
  readonly proven: boolean;
  /** `wire`: decoded from the bytes; `library`: the TLS library's view, where the bytes could not be read */
  readonly source: 'wire' | 'library';
  readonly note: string | null;
  /** of the OCSP response that came with it; null where none did, absent where it was not judged */
  readonly ocsp?: StapleJudgement | null;
}

export interface TlsParameters {
  readonly protocol: string;
  readonly cipher: string;
  readonly group: string | null;
  readonly signatureScheme: string | null;
  readonly serverName: string | null;
  readonly alpn: string | null;
  readonly resumed: boolean;
  readonly ocspStaple: boolean;
  readonly clientCertificateRequested: boolean;
  readonly helloRetryRequest: boolean;
  readonly alerts: readonly TlsAlert[];
  readonly handshakeMs: number;
  readonly messages: readonly TlsMessage[];
  /** signed certificate timestamps in the handshake itself (RFC 6962 §3.3); absent in older runs */
  readonly timestamps?: number;
}

/** What came under TLS when the handshake was over, as far as the dialogue went. */
export interface TlsAftermath {
  /** NewSessionTicket messages in all; none is ever used */
  readonly tickets: number;
  /** after those of the handshake */
  readonly alerts: readonly TlsAlert[];
}

export interface TlsAlert {
  readonly from: 'client' | 'server';
  readonly level: 'warning' | 'fatal' | 'unknown';
  readonly code: number | null;
  readonly name: string;
  /** ms after the handshake began, when the last octet of it was there */
  readonly afterMs?: number;
}

export interface TlsMessage {
  readonly from: 'client' | 'server';
  readonly name: string;
  readonly size: number;
  /** ms after the handshake began, when the last octet of it was there; absent in runs of older versions, as are the others below */
  readonly afterMs?: number;
  /** with its header, out of the encryption where there was one; the first octets of a long message, none after many messages */
  readonly bytes?: Base64;
  /** what it says, in a few words: `TLSv1.3, TLS_AES_256_GCM_SHA384, x25519` */
  readonly summary?: string;
}

export interface TlsFailure {
  readonly code:
    | 'alert-from-server' | 'alert-from-client' | 'closed' | 'reset' | 'timeout' | 'not-tls' | 'protocol-version' | 'chain-too-large'
    | 'local-limit' | 'aborted' | 'other';
  readonly text: string;
  readonly alert: TlsAlert | null;
  readonly elapsedMs: number;
  readonly messages: readonly TlsMessage[];
  /** true where another library or version of ours might have succeeded: then nothing is said about the server */
  readonly mayBeOurs: boolean;
  /** all that were seen, in order; absent in older runs */
  readonly alerts?: readonly TlsAlert[];
}
