/** The one object through which a face reaches the engine, whoever is behind it: Electron, the local host, or a test. */
import type { Outcome } from '../dane/facts.ts';
import type { ConsoleRefusal, ConsoleRequest, ControlAction, ControlAnswer } from '../inspection/control.ts';
import type { InspectionEvent } from '../inspection/events.ts';
import type { ResolverAddress } from './resolver-address.ts';
import type { Target, TargetError, TlsStart } from '../target/target.ts';

export interface InspectorClient {
  runtime(): Promise<Runtime>;
  parseTarget(text: string): Promise<TargetReading>;
  /** the practice lab's scenes; empty where the engine runs without the lab */
  scenes(): Promise<readonly Scene[]>;
  /** Batches of events in order, at least every 500 ms while there are any. Aborting the signal stops the run. */
  inspect(request: InspectRequest, signal: AbortSignal): AsyncIterable<readonly InspectionEvent[]>;
  /** A person's word for a run of this session that was given a name. */
  control(run: string, action: ControlAction): Promise<ControlAnswer>;
  /** A channel to an endpoint of a run that is over. Its events go on with the run's. Aborting the signal closes it, with QUIT. */
  openConsole(request: OpenConsole, signal: AbortSignal): AsyncIterable<ConsoleNews>;
}

/** `refused` comes first and alone. */
export type ConsoleNews =
  | { readonly type: 'refused'; readonly refusal: ConsoleRefusal }
  | { readonly type: 'events'; readonly events: readonly InspectionEvent[] };

export interface OpenConsole extends ConsoleRequest {
  /** as named in `InspectRequest` */
  readonly run: string;
}

export type TargetReading = { readonly ok: true; readonly target: Target } | { readonly ok: false; readonly error: TargetError };

export interface Runtime {
  readonly version: string;
  /** such as `OpenSSL 3.0.19 (Node 20.20.2)` */
  readonly tlsLibrary: string;
  readonly shell: 'electron' | 'local-host' | 'in-process';
  /** true: runs go to the practice lab, not to the Internet */
  readonly lab: boolean;
  /** key tags and dates of the anchors in use, for the status bar */
  readonly trustAnchors: string;
  /** how names are resolved, in words: `iterative from the root`, `forwarding to 192.0.2.53` */
  readonly resolver: string;
  /** addresses of this machine that packets to the outside leave from; empty without a route, and in the lab */
  readonly sources: readonly string[];
  /** EHLO name that servers will see */
  readonly helo: string;
}

export interface InspectRequest {
  /** as typed */
  readonly target: string;
  readonly port?: number;
  readonly tls?: TlsStart;
  readonly families?: readonly (4 | 6)[];
  readonly helo?: string;
  readonly probe?: 'quick' | 'full' | 'intrusive';
  /** asked instead of the name servers, and never gone round: a person named it (ADR 11); default: the engine's own way */
  readonly resolver?: ResolverAddress;
  /** every name server is asked at every address, and what they say is compared; not behind a resolver */
  readonly allServers?: boolean;
  /** a name for `control` and `openConsole`, unique in the session */
  readonly run?: string;
  /** each command waits for a person's word (`control`) */
  readonly step?: boolean;
}

export interface Scene {
  /** also the first label of the domain; where it is a finding's code it provokes exactly that */
  readonly name: string;
  readonly domain: string;
  readonly title: string;
  readonly outcome: Outcome;
  /** codes of the findings it provokes, sorted */
  readonly findings: readonly string[];
  /** how it must be inspected to show that; shells apply it by themselves in the lab */
  readonly options?: SceneOptions;
}

/** What the flags of the same names choose. */
export interface SceneOptions {
  readonly allServers?: true;
  readonly probe?: 'intrusive';
  readonly minimise?: true;
  /** address of a forwarder of the lab, asked on port 53 */
  readonly resolver?: string;
  /** with `resolver`: from the root where that one is of no use */
  readonly fallback?: true;
  /** no flag: seconds that the clock of the run is behind */
  readonly clockBehind?: number;
  /** no flag: what the network of the run's computer does not let through */
  readonly lacking?: 'port-25' | 'ipv6';
}
