/** What the SMTP stage tells: each phase and each line of each connection. */
import type { Base64, FactBase } from '../base/subject.ts';

export type SmtpFact = FactBase & (
  /** connections to an address are made one at a time, and another run has the one there is */
  | { readonly type: 'smtp.waiting'; readonly wait: TurnWait }
  | { readonly type: 'smtp.connection'; readonly connection: ConnectionFact }
  | { readonly type: 'smtp.phase'; readonly connection: number; readonly phase: SmtpPhase; readonly state: 'started' | 'done' | 'failed'; readonly elapsedMs: number }
  | { readonly type: 'smtp.line'; readonly connection: number; readonly line: DialogueLine }
  | { readonly type: 'smtp.capabilities'; readonly connection: number; readonly protected: boolean; readonly keywords: readonly string[] }
  | { readonly type: 'smtp.failed'; readonly connection: number; readonly failure: SmtpFailure }
  | { readonly type: 'smtp.notice'; readonly connection: number; readonly code: SmtpNoticeCode; readonly text: string }
  /** step mode: the command is next and waits for a person's word; `pause` is unique in the run */
  | { readonly type: 'smtp.paused'; readonly connection: number; readonly pause: number; readonly command: string }
  /** `sent` is what went out in place of the command; null where nothing did */
  | { readonly type: 'smtp.decided'; readonly connection: number; readonly pause: number; readonly command: string; readonly decision: StepDecision; readonly sent: string | null }
  /** the server waits for a person for so long that it may soon close (RFC 5321 §4.5.3.2.7) */
  | { readonly type: 'smtp.idle'; readonly connection: number; readonly idleMs: number }
  /** the channel is open for a person's commands, or is so no more */
  | { readonly type: 'smtp.console'; readonly connection: number; readonly state: 'open' }
  | { readonly type: 'smtp.console'; readonly connection: number; readonly state: 'closed'; readonly by: ConsoleEnd; readonly text: string }
);

export interface TurnWait {
  readonly host: string;
  readonly address: string;
  /** what waits, and what it waits for: connections of a run, or a person's channel */
  readonly waits: 'run' | 'console';
  readonly behind: 'run' | 'console';
}

export type StepDecision = 'sent' | 'edited' | 'skipped' | 'stopped';

/** Who ended a console; `stopped`: it was ended by what became of the program or the page. */
export type ConsoleEnd = 'person' | 'server' | 'stopped';

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
  | 'command injection'
  /** a channel for a person; no part of what the run is judged by */
  | 'console';

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
  /** something secret was here; it is kept nowhere, and `bytes` is empty */
  readonly redacted?: true;
}

export interface SmtpFailure {
  readonly code:
    | 'connect-refused' | 'connect-timeout' | 'connect-unreachable' | 'no-route' | 'closed' | 'reset' | 'reply-timeout' | 'rejected' | 'try-later'
    | 'starttls-not-offered' | 'starttls-refused' | 'reply-malformed' | 'limit' | 'response-injection' | 'not-smtp' | 'tls' | 'aborted'
    /** a person left a command out, or let the server wait until it went: says nothing about the server */
    | 'by-hand';
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
