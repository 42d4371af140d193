/** In the JSON report: what the result depends on besides the domain. */
import { clockOffset } from '../inspection/clock-offset.ts';
import type { StepTimeouts } from '../inspection/events.ts';
import type { Run } from '../inspection/run.ts';
import { anchorWarningTexts } from './anchor-words.ts';

export interface JsonCircumstances {
  readonly resolver: string;
  /** of `resolver`, in the order in which they are asked: root servers, or those forwarded to */
  readonly resolverServers: readonly { readonly address: string; readonly port: number }[];
  /** whether every name server was to be asked, and names minimised (RFC 9156); null where the run file is older than the question */
  readonly allServers: boolean | null;
  readonly minimiseQueryNames: boolean | null;
  readonly trustAnchors: readonly { readonly keyTag: number; readonly algorithm: number; readonly source: string; readonly label: string | null; readonly since: string | null }[];
  readonly tlsLibrary: string; readonly helo: string; readonly families: readonly number[];
  /** addresses that packets left from, before any translator; empty where not told */
  readonly sources: readonly string[];
  /** what the DNS calls them (PTR); those without a name are not there */
  readonly sourceNames: readonly { readonly address: string; readonly name: string }[];
  readonly probe: string; readonly lab: string | null;
  /** ms a step */
  readonly timeouts: StepTimeouts;
  /** sentences; empty where the anchors do */
  readonly anchorWarnings: readonly string[];
  readonly clock: JsonClock;
}

/** How far the clock of the computer that inspected was from those of the name servers. No outcome rests on it. */
export interface JsonClock {
  /** positive where it was ahead; null where it is not known */
  readonly offsetSeconds: number | null;
  /** that agree, and their zones; 0 where it is not known */
  readonly servers: number;
  readonly zones: number;
  /** why it is not known */
  readonly reason: string | null;
}

/** null before the run began */
export function jsonCircumstances(run: Run): JsonCircumstances | null {
  const { context, anchors } = run;
  if (context === null) return null;
  const { resolver, allServers = null, minimiseQueryNames = null, tlsLibrary, helo, families, sources = [], sourceNames = [], probe, lab, timeouts: { connect, banner, reply, handshake, dns } } = context;
  const servers = resolver.servers.map(({ address }) => address).join(', ');
  return {
    resolver: resolver.mode === 'iterative' ? 'iterative from the root' : `forwarding to ${servers}`, tlsLibrary, helo, sources, sourceNames: sourceNames.map(({ address, name }) => ({ address, name })), families, probe, lab,
    resolverServers: resolver.servers.map(({ address, port }) => ({ address, port })), allServers, minimiseQueryNames, timeouts: { connect, banner, reply, handshake, dns },
    anchorWarnings: anchorWarningTexts(context), clock: jsonClock(run),
    trustAnchors: anchors.map(({ keyTag, algorithm, source, label, since }) => ({ keyTag, algorithm, source, label, since })),
  };
}

function jsonClock(run: Run): JsonClock {
  const offset = clockOffset(run);
  if (offset.state === 'not-measured') return { offsetSeconds: null, servers: 0, zones: 0, reason: offset.reason };
  return { offsetSeconds: offset.seconds, servers: offset.servers, zones: offset.zones, reason: null };
}
