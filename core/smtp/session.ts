/** What a dialogue is given and what it leaves behind. */
import type { Clock, Network } from '../base/ports.ts';
import type { SubjectId } from '../base/subject.ts';
import type { TlsClient, TlsHandshake, TlsRequest } from '../tls/client.ts';
import type { TlsFailure, TlsOffer, TlsParameters } from '../tls/facts.ts';
import type { ConsoleDesk } from './console-desk.ts';
import type { ConnectionFact, SmtpFailure } from './facts.ts';

export interface ConverseOptions {
  readonly connection: ConnectionFact;
  /** of everything that is told */
  readonly subject: SubjectId;
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
  /** who is asked about each command; absent: nobody */
  readonly pilot?: Pilot;
  /** keeps the channel open for a person's lines, once EHLO was said inside TLS */
  readonly desk?: ConsoleDesk;
}

/** The person at the side of the dialogue (step mode). */
export interface Pilot {
  /** whether the next command waits for a word */
  readonly isAsked: boolean;
  /** a number for the next pause, unique in the run */
  nextPause(): number;
  /** Settles with the person's word, or with null when the signal is aborted. Deadlines do not run meanwhile. */
  word(pause: PausedCommand, signal: AbortSignal): Promise<StepWord | null>;
  /** The pause is over, whoever ended it. */
  forget(pause: number): void;
  begin(): void;
  end(): void;
}

export interface PausedCommand {
  readonly pause: number;
  readonly command: string;
}

/** `edit` carries the line in octets, as it passed its guard. */
export type StepWord = { readonly type: 'send' } | { readonly type: 'skip' } | { readonly type: 'stop' } | { readonly type: 'edit'; readonly text: string; readonly octets: Uint8Array };

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
  /** a person edited or left out a command */
  readonly edited: boolean;
}
