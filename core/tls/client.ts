/** The port through which the engine makes TLS handshakes, and what it must tell of each. */
import type { Connection } from '../base/ports.ts';
import type { Result } from '../base/result.ts';
import type { TlsAftermath, TlsFailure, TlsOffer, TlsParameters } from './facts.ts';

export interface TlsClient {
  /** such as `OpenSSL 3.0.19 (Node 20.20.2)` */
  readonly library: string;
  /** One handshake over an open connection. Trust is not judged here: every chain is accepted and told. */
  handshake(connection: Connection, request: TlsRequest, signal: AbortSignal): Promise<TlsHandshake>;
}

export interface TlsRequest {
  /** the TLSA base domain (RFC 7672 §8.1); null sends no SNI */
  readonly serverName: string | null;
  readonly keyTypes: readonly ('RSA' | 'ECDSA' | 'EdDSA')[];
  readonly minimumVersion: 'TLSv1' | 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3';
  readonly maximumVersion: 'TLSv1.2' | 'TLSv1.3';
  /** `small`: no key share that would make the ClientHello longer than a segment, for servers that drop such a one */
  readonly groups?: 'usual' | 'small';
  /** bytes of the peer that came in before the handshake; none in a clean dialogue */
  readonly early?: Uint8Array;
}

export interface EstablishedTls {
  readonly parameters: TlsParameters;
  readonly channel: Connection;
  /** what has come since, at any time; absent where a client cannot tell */
  readonly afterwards?: () => TlsAftermath;
}

export interface TlsHandshake {
  readonly offer: TlsOffer;
  /** null where no Certificate message was seen */
  readonly presented: { readonly certificates: readonly Uint8Array[]; readonly proven: boolean; readonly source: 'wire' | 'library'; readonly note: string | null } | null;
  readonly ocspStaple: Uint8Array | null;
  readonly outcome: Result<EstablishedTls, TlsFailure>;
}
