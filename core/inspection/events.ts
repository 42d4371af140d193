/** The closed union of all that a run tells. Every view, report, replay and comparison is a fold over these. */
import type { AnchorWarning } from '../anchors/facts.ts';
import type { FactBase } from '../base/subject.ts';
import type { DaneFact } from '../dane/facts.ts';
import type { DestinationFact } from '../destination/facts.ts';
import type { DnsFact, ServerAddress } from '../dns/facts.ts';
import type { DnssecFact, TrustAnchorFact } from '../dnssec/facts.ts';
import type { SmtpFact } from '../smtp/facts.ts';
import type { Target } from '../target/target.ts';
import type { TlsFact } from '../tls/facts.ts';
import type { X509Fact } from '../x509/facts.ts';
import type { RedactionKind } from './redaction-kinds.ts';

export type Fact = RunFact | DnsFact | DnssecFact | DestinationFact | SmtpFact | TlsFact | X509Fact | DaneFact;

/** `seq` counts from 0 without gaps, in the order in which the run told its facts. */
export type InspectionEvent = Fact & { readonly seq: number };

export type RunFact = FactBase & (
  | { readonly type: 'run.started'; readonly context: RunContext }
  | { readonly type: 'run.finished' }
  | { readonly type: 'run.stopped'; readonly text: string }
  /** a bug of ours ended the run; the evidence so far is kept */
  | { readonly type: 'run.failed'; readonly text: string }
);

/** What the reverse lookup of an address gave. */
export interface SourceName {
  readonly address: string;
  readonly name: string;
}

/** What every report states about the circumstances of a run. */
export interface RunContext {
  readonly target: Target;
  /** ISO 8601 UTC */
  readonly startedAt: string;
  readonly version: string;
  readonly resolver: { readonly mode: 'iterative' | 'forwarding'; readonly servers: readonly ServerAddress[]; readonly why: string | null };
  readonly trustAnchors: readonly TrustAnchorFact[];
  /** absent where the anchors do */
  readonly anchorWarnings?: readonly AnchorWarning[];
  /** such as `OpenSSL 3.0.19 (Node 20.20.2)` */
  readonly tlsLibrary: string;
  readonly helo: string;
  /** addresses of this computer that its packets leave from; a translator on the way may show others. Absent where nobody asked, as in the lab */
  readonly sources?: readonly string[];
  /** names that the DNS has for them, as mail servers see; absent where there are none */
  readonly sourceNames?: readonly SourceName[];
  /** 4, 6 or both */
  readonly families: readonly (4 | 6)[];
  readonly probe: ProbeDepth;
  readonly timeouts: StepTimeouts;
  /** whether every name server was to be asked, and names minimised (RFC 9156); absent in files of programs that did not tell */
  readonly allServers?: boolean;
  readonly minimiseQueryNames?: boolean;
  /** name of the practice lab where the run is against it, else null */
  readonly lab: string | null;
  /** what was left out before the run was passed on; absent where nothing was */
  readonly redacted?: readonly RedactionKind[];
}

/** How much of each address is asked: the usual offer alone, each key type and version, and what no sender does. */
export type ProbeDepth = 'quick' | 'full' | 'intrusive';

/** ms a step */
export interface StepTimeouts {
  readonly connect: number;
  readonly banner: number;
  readonly reply: number;
  readonly handshake: number;
  readonly dns: number;
}
