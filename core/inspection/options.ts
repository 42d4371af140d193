/** What a person or a shell chooses about a run. */
import type { AnchorWarning } from '../anchors/facts.ts';
import type { ServerAddress } from '../dns/facts.ts';
import type { ValidationPolicy } from '../dnssec/policy.ts';
import type { TrustAnchor } from '../dnssec/trust-anchor.ts';
import type { ProbeDepth, SourceName, StepTimeouts } from './events.ts';
import type { RunControl } from './run-control.ts';
import { Turns } from './turns.ts';

export interface InspectOptions {
  /** argument of EHLO (RFC 5321 §4.1.1.1): the name of the inspecting host; the shell knows it */
  readonly helo: string;
  /** of the program, for the report */
  readonly version: string;
  readonly resolution: Resolution;
  readonly trustAnchors: readonly TrustAnchor[];
  /** told in every report; whoever chose the anchors knows their age */
  readonly anchorWarnings?: readonly AnchorWarning[];
  /** addresses that packets leave from, for the report; default: not told */
  readonly sources?: readonly string[];
  /** what the DNS calls them, for the report */
  readonly sourceNames?: readonly SourceName[];
  readonly families?: readonly (4 | 6)[];
  /**
   * `full`: each key type with TLS 1.3 and TLS 1.2, a connection each; `quick`: the sender's usual offer alone; `intrusive`: as
   * `full`, and what no sender sends: a command behind STARTTLS
   */
  readonly probe?: ProbeDepth;
  readonly timeouts?: Partial<StepTimeouts>;
  /** what validation may choose, where it differs from the default */
  readonly policy?: Partial<ValidationPolicy>;
  /** whether name servers learn no more of the names than they need (RFC 9156); default false; not behind a resolver */
  readonly minimiseQueryNames?: boolean;
  /** whether every name server is asked at every address for the MX, address and TLSA RRsets of the run; default false */
  readonly allServers?: boolean;
  /** ms for the whole run, then it is stopped and what is known is told; default 10 minutes */
  readonly deadline?: number;
  /** shared by runs that must not come to an address at once; default: of this run alone */
  readonly turns?: Turns;
  /** a person's hand on the run: step mode, then a console */
  readonly control?: RunControl | null;
  /** name of the practice lab where the run is against it */
  readonly lab?: string | null;
}

/** `why`: in words, where it was not chosen by a person */
export type Resolution =
  | { readonly mode: 'iterative'; readonly rootServers: readonly ServerAddress[]; readonly why: string | null }
  /** `fallbackRootServers`: from where to resolve when the servers strip signatures, lie or give nothing; absent: never */
  | { readonly mode: 'forwarding'; readonly servers: readonly ServerAddress[]; readonly why: string | null; readonly fallbackRootServers?: readonly ServerAddress[] };

/** ms a step: generous where a busy server may take its time (RFC 5321 §4.5.3.2 would even have minutes) */
export const DEFAULT_TIMEOUTS: StepTimeouts = { connect: 15_000, banner: 30_000, reply: 30_000, handshake: 15_000, dns: 3_000 };

/** ms: several hosts that answer nothing at all fit well */
export const DEFAULT_DEADLINE = 600_000;

/** connections at once, in all */
export const CONNECTIONS = 8;

export const withDefaults = (options: InspectOptions): Required<InspectOptions> & { readonly timeouts: StepTimeouts } => ({
  families: [4, 6], probe: 'full', lab: null, control: null, anchorWarnings: [], sources: [], sourceNames: [], policy: {}, allServers: false, minimiseQueryNames: false, deadline: DEFAULT_DEADLINE, turns: new Turns(CONNECTIONS), ...options, timeouts: { ...DEFAULT_TIMEOUTS, ...options.timeouts },
});

export type CompleteOptions = ReturnType<typeof withDefaults>;
