/** What a dialogue is given and what it leaves behind. */
import type { Clock, Network } from '../base/ports.ts';
import type { TlsClient, TlsHandshake, TlsRequest } from '../tls/client.ts';
import type { TlsFailure, TlsOffer, TlsParameters } from '../tls/facts.ts';
import type { ConnectionFact, SmtpFailure } from './facts.ts';

export interface ConverseOptions {
  readonly connection: ConnectionFact;
  /** STARTTLS (RFC 3207) or TLS on connect (RFC 8314 §3.3) */
  readonly tls: 'starttls' | 'on-connect';
  /** argument of EHLO: a domain or an address literal (RFC 5321 §4.1.1.1) */
  readonly helo: string;
  readonly request: TlsRequest;
  /** whether a command is put behind STARTTLS in the same segment, to see whether the server obeys it inside TLS; default false */
  readonly injection?: boolean;
  readonly timeouts: SmtpTimeouts;
  readonly ports: { readonly network: Network; readonly clock: Clock; readonly tls: TlsClient };
  readonly signal: AbortSignal;
}

/** ms a step; for a reply it is the time until its last line is there */
export interface SmtpTimeouts {
  readonly connect: number;
  readonly banner: number;
  readonly reply: number;
  readonly handshake: number;
}

export interface Session {
  /** null where the dialogue went to its end */
  readonly failure: SmtpFailure | null;
  readonly tlsFailure: TlsFailure | null;
  /** the handshake was completed: what was presented is proven */
  readonly established: boolean;
  readonly offer: TlsOffer | null;
  readonly presented: TlsHandshake['presented'];
  readonly ocspStaple: Uint8Array | null;
  readonly parameters: TlsParameters | null;
  /** as offered before TLS; null where there was no EHLO before TLS */
  readonly capabilities: readonly string[] | null;
  readonly protectedCapabilities: readonly string[] | null;
}
