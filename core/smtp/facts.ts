/** What the SMTP stage tells: each phase and each line of each connection. */
import type { Base64, FactBase } from '../base/subject.ts';

export type SmtpFact = FactBase & (
  | { readonly type: 'smtp.connection'; readonly connection: ConnectionFact }
  | { readonly type: 'smtp.phase'; readonly connection: number; readonly phase: SmtpPhase; readonly state: 'started' | 'done' | 'failed'; readonly elapsedMs: number }
  | { readonly type: 'smtp.line'; readonly connection: number; readonly line: DialogueLine }
  | { readonly type: 'smtp.capabilities'; readonly connection: number; readonly protected: boolean; readonly keywords: readonly string[] }
  | { readonly type: 'smtp.failed'; readonly connection: number; readonly failure: SmtpFailure }
  | { readonly type: 'smtp.notice'; readonly connection: number; readonly code: SmtpNoticeCode; readonly text: string }
);

/** A connection is about to be made. Its number is unique in the run. */
export interface ConnectionFact {
  readonly number: number;
  readonly host: string;
  readonly address: string;
  readonly port: number;
  /** what this connection is for: the sender's usual offer, or what its offer leaves out to learn more */
  readonly purpose: ConnectionPurpose;
  /** in words, where it is not the usual offer */
  readonly why?: string;
}

/** Key types alone; TLS 1.2 at most; the rungs of the ladder after a failed handshake. */
export type ConnectionPurpose =
  | 'default' | 'RSA' | 'ECDSA' | 'EdDSA' | 'RSA or ECDSA' | 'RSA or EdDSA' | 'ECDSA or EdDSA' | 'TLS 1.2' | 'without SNI' | 'smaller ClientHello'
  /** a command behind STARTTLS; only where it was asked for */
  | 'command injection';

export type SmtpPhase = 'connect' | 'banner' | 'ehlo' | 'starttls' | 'handshake' | 'ehlo-protected' | 'quit';

export interface DialogueLine {
  readonly from: 'client' | 'server' | 'note';
  /** without the line ending, octets as latin1; hostile text: escape before showing */
  readonly text: string;
  readonly bytes: Base64;
  readonly ending: 'crlf' | 'lf' | 'none';
  /** sent inside TLS */
  readonly protected: boolean;
  /** not what the client waited for: wrong code, early, over-long */
  readonly unexpected: boolean;
}

export interface SmtpFailure {
  readonly code:
    | 'connect-refused' | 'connect-timeout' | 'connect-unreachable' | 'no-route' | 'closed' | 'reset' | 'reply-timeout' | 'rejected' | 'try-later'
    | 'starttls-not-offered' | 'starttls-refused' | 'reply-malformed' | 'limit' | 'response-injection' | 'not-smtp' | 'tls' | 'aborted';
  readonly phase: SmtpPhase;
  readonly text: string;
  /** reply code where a reply decided it */
  readonly replyCode: number | null;
  readonly elapsedMs: number;
  readonly octetsReceived: number;
}

export type SmtpNoticeCode =
  | 'line-too-long' | 'bare-lf' | 'control-characters' | 'not-ascii' | 'starttls-inside-tls' | 'differing-reply-codes' | 'early-talker' | 'capabilities-differ'
  /** a warning alert unrecognized_name, after which the handshake goes on (RFC 6066 §3) */
  | 'sni-not-recognised'
  /** the handshake failed and is tried once more with another offer */
  | 'tried-again'
  /** the address gets no further connection, though not all was asked */
  | 'probing-stopped'
  /** a command in clear behind STARTTLS was obeyed inside TLS, or thrown away */
  | 'command-injection' | 'command-discarded';
