/** A run as a value: the fold of its events so far. Any prefix of the events is a valid run. */
import type { Hex, SubjectId } from '../base/subject.ts';
import type { Comparison, EndpointVerdict, Outcome } from '../dane/facts.ts';
import type { Destination, DestinationHost } from '../destination/facts.ts';
import type { DnsFailure, DnsNoticeCode, DnsTransport, Lookup, ServerAddress, ServerComparison, ServerTime } from '../dns/facts.ts';
import type { DenialCheck, DigestCheck, SignatureCheck, TrustAnchorFact, ZoneFact } from '../dnssec/facts.ts';
import type { ConnectionFact, ConsoleEnd, DialogueLine, SmtpFailure, SmtpNoticeCode, SmtpPhase, TurnWait } from '../smtp/facts.ts';
import type { PresentedChain, TlsAftermath, TlsFailure, TlsOffer, TlsParameters } from '../tls/facts.ts';
import type { CertificateFact } from '../x509/facts.ts';
import type { RunContext } from './events.ts';

export interface Run {
  readonly state: 'empty' | 'running' | 'finished' | 'stopped' | 'failed';
  readonly context: RunContext | null;
  readonly failure: string | null;
  /** ms since the run began, of the last event */
  readonly elapsedMs: number;
  readonly events: number;
  /** in words, for the status bar: `TLS handshake with mx1.example.org` */
  readonly stage: string;
  readonly anchors: readonly TrustAnchorFact[];
  /** in the order in which trust reached them */
  readonly zones: readonly ZoneState[];
  readonly lookups: readonly LookupState[];
  readonly exchanges: readonly DnsExchange[];
  /** absent where the run did not ask every name server */
  readonly comparisons?: readonly (ServerComparison & { readonly seq: number })[];
  readonly dnsNotices: readonly { readonly seq: number; readonly code: DnsNoticeCode; readonly text: string; readonly subject: string }[];
  readonly destination: Destination | null;
  readonly hosts: readonly DestinationHost[];
  readonly connections: readonly ConnectionState[];
  /** addresses whose turn has not come since another run is connected to them; absent where there were none */
  readonly waiting?: readonly TurnWait[];
  /** by sha256 */
  readonly certificates: { readonly [sha256: Hex]: CertificateFact };
  readonly endpoints: readonly EndpointState[];
  readonly outcome: DomainOutcome;
  /** a person edited commands or left some out: what it shows is not what a sender meets */
  readonly edited: boolean;
  /** connections in a person's hands, after the run; nothing is concluded from them */
  readonly consoles: readonly ConsoleState[];
}

export interface ConsoleState extends ConnectionState {
  readonly state: 'opening' | 'open' | 'closed';
  /** what this connection's own handshake showed; null until then */
  readonly verdict: EndpointVerdict | null;
  /** null until it is closed; `failure`: it did not come about */
  readonly end: { readonly by: ConsoleEnd | 'failure'; readonly text: string; readonly seq: number } | null;
}

export interface ZoneState {
  readonly seq: number;
  readonly zone: ZoneFact;
  readonly digests: readonly DigestCheck[];
  readonly signatures: readonly SignatureCheck[];
  readonly denials: readonly DenialCheck[];
}

export interface LookupState {
  readonly name: string;
  readonly rrtype: string;
  readonly startedSeq: number;
  readonly startedAt: number;
  readonly finishedSeq: number | null;
  readonly lookup: Lookup | null;
}

export interface DnsExchange {
  readonly exchange: number;
  readonly seq: number;
  readonly at: number;
  readonly server: ServerAddress;
  readonly zone: string | null;
  readonly transport: DnsTransport;
  readonly name: string;
  readonly rrtype: string;
  readonly query: string;
  readonly answer: { readonly seq: number; readonly rttMs: number; readonly rcode: string; readonly authoritative: boolean; readonly truncated: boolean; readonly authenticatedData: boolean; readonly size: number; readonly response: string; readonly serverTime?: ServerTime } | null;
  readonly failure: DnsFailure | null;
}

export interface ConnectionState {
  readonly connection: ConnectionFact;
  /** as its events have it: nobody counts again */
  readonly subject: SubjectId;
  readonly startedAt: number;
  /** event that decided how it ended, or that began it: where to look when no line was said */
  readonly seq?: number;
  readonly phases: { readonly [Phase in SmtpPhase]?: { readonly state: 'started' | 'done' | 'failed'; readonly elapsedMs: number; readonly at: number } };
  readonly lines: readonly (DialogueLine & { readonly seq: number; readonly at: number })[];
  readonly capabilities: readonly string[] | null;
  readonly protectedCapabilities: readonly string[] | null;
  readonly offer: TlsOffer | null;
  readonly presented: PresentedChain | null;
  readonly parameters: TlsParameters | null;
  readonly tlsFailure: TlsFailure | null;
  /** absent where no handshake was completed, and in older runs */
  readonly afterwards?: TlsAftermath;
  readonly failure: SmtpFailure | null;
  readonly notices: readonly { readonly code: SmtpNoticeCode; readonly text: string; readonly seq: number }[];
  /** the command that waits for a person; absent where none does */
  readonly paused?: PausedState;
  /** the server waits for a person since so long that it may close */
  readonly idleMs?: number;
  /** a person edited a command or left one out */
  readonly edited?: true;
}

export interface PausedState {
  readonly pause: number;
  readonly command: string;
  readonly seq: number;
  readonly at: number;
}

export interface EndpointState {
  readonly verdict: EndpointVerdict;
  readonly seq: number;
  /** `seq` of the event that told it */
  readonly comparisons: readonly (Comparison & { readonly seq?: number })[];
}

/** What happens to mail for the domain from senders that enforce DANE. */
export interface DomainOutcome {
  readonly outcome: Outcome;
  /** one sentence */
  readonly headline: string;
  readonly rfc: string | null;
  /** per MX host, in order of preference */
  readonly hosts: readonly { readonly name: string; readonly preference: number | null; readonly outcome: Outcome }[];
}
