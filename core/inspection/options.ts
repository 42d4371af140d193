/** What a person or a shell chooses about a run. */
import type { AnchorWarning } from '../anchors/facts.ts';
import type { ServerAddress } from '../dns/facts.ts';
import type { TrustAnchor } from '../dnssec/trust-anchor.ts';
import type { StepTimeouts } from './events.ts';

export interface InspectOptions {
  /** argument of EHLO (RFC 5321 §4.1.1.1): the name of the inspecting host; the shell knows it */
  readonly helo: string;
  /** of the program, for the report */
  readonly version: string;
  readonly resolution: Resolution;
  readonly trustAnchors: readonly TrustAnchor[];
  /** told in every report; whoever chose the anchors knows their age */
  readonly anchorWarnings?: readonly AnchorWarning[];
  readonly families?: readonly (4 | 6)[];
  /** `full` makes one connection more for each key type that the first did not show; `quick` does not */
  readonly probe?: 'quick' | 'full';
  readonly timeouts?: Partial<StepTimeouts>;
  /** name of the practice lab where the run is against it */
  readonly lab?: string | null;
}

/** `why`: in words, where it was not chosen by a person */
export type Resolution =
  | { readonly mode: 'iterative'; readonly rootServers: readonly ServerAddress[]; readonly why: string | null }
  | { readonly mode: 'forwarding'; readonly servers: readonly ServerAddress[]; readonly why: string | null };

/** ms a step: generous where a busy server may take its time (RFC 5321 §4.5.3.2 would even have minutes) */
export const DEFAULT_TIMEOUTS: StepTimeouts = { connect: 15_000, banner: 30_000, reply: 30_000, handshake: 15_000, dns: 3_000 };

export const withDefaults = (options: InspectOptions): Required<InspectOptions> & { readonly timeouts: StepTimeouts } => ({
  families: [4, 6], probe: 'full', lab: null, anchorWarnings: [], ...options, timeouts: { ...DEFAULT_TIMEOUTS, ...options.timeouts },
});

export type CompleteOptions = ReturnType<typeof withDefaults>;
