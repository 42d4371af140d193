/** Where a run is made from: the ports, how names are resolved, and which anchors are trusted. Shells compose it once. */
import { anchorWarnings } from '../anchors/age.ts';
import type { AnchorWarning } from '../anchors/facts.ts';
import type { ServerAddress } from '../dns/facts.ts';
import { nameText } from '../dns/name.ts';
import { ROOT_HINTS } from '../dns/root-hints.ts';
import { readTrustAnchors } from '../dnssec/trust-anchor-file.ts';
import type { TrustAnchor } from '../dnssec/trust-anchor.ts';
import type { SourceName } from '../inspection/events.ts';
import type { Resolution } from '../inspection/options.ts';
import type { Ports } from '../inspection/ports.ts';
import { anchorsInUse } from './anchor-store.ts';
import { outsidePort53Reachable, systemResolver } from './system-resolver.ts';
import { systemPorts } from './ports.ts';
import { reverseNames } from './reverse-names.ts';
import { sourceAddresses } from './source-address.ts';

/** What names are resolved from: enough for a question to the DNS. */
export interface ResolvingVantage {
  readonly ports: Ports;
  readonly resolution: Resolution;
  readonly trustAnchors: readonly TrustAnchor[];
  readonly anchorWarnings?: readonly AnchorWarning[];
}

/** What a run is made from: it tells how mail servers see this computer, too. */
export interface Vantage extends ResolvingVantage {
  /** addresses of this computer that packets leave from; empty without a route, and in the lab */
  readonly sources: readonly string[];
  /** what the DNS calls them */
  readonly sourceNames: readonly SourceName[];
  /** name of the practice lab where runs go there */
  readonly lab: string | null;
}

/** What a person chose; what is left out has a default. */
export interface VantageChoice {
  readonly rootServers?: readonly ServerAddress[];
  readonly resolvers?: readonly ServerAddress[];
  readonly trustAnchors?: readonly TrustAnchor[];
  /** whether a named resolver that strips signatures, lies or gives nothing is gone round; the system's one always is */
  readonly fallback?: boolean;
}

/** The Internet as this machine sees it. */
export async function systemVantage(choice: VantageChoice = {}): Promise<Vantage> {
  const [resolving, source] = await Promise.all([systemResolving(choice), namedSources()]);
  return { ...resolving, ...source, lab: null };
}

/** The same without a look at this computer's own addresses and their names, which only a run tells. */
export async function systemResolving(choice: VantageChoice = {}): Promise<ResolvingVantage> {
  const ports = systemPorts();
  return { ports, resolution: await resolutionOf(choice, ports), ...anchorsFor(choice, ports.clock.now()) };
}

async function namedSources(): Promise<Pick<Vantage, 'sources' | 'sourceNames'>> {
  const sources = await sourceAddresses();
  return { sources, sourceNames: await reverseNames(sources) };
}

/** What was chosen goes before the user's store, and that before what is built in. */
function anchorsFor({ trustAnchors }: VantageChoice, now: number): Pick<Vantage, 'trustAnchors' | 'anchorWarnings'> {
  if (trustAnchors !== undefined) return { trustAnchors, anchorWarnings: anchorWarnings({ anchors: trustAnchors, asOf: null, now }) };
  const used = anchorsInUse(now);
  if (used.ok) return { trustAnchors: used.value.anchors, anchorWarnings: used.value.warnings };
  // Other anchors than the user wanted would be worse than none: without one nothing is called secure.
  const { path, text } = used.failure;
  return { trustAnchors: [], anchorWarnings: [{ code: 'no-usable-anchor', text: `the trust anchor store ${path} ${text}; danescope trust-anchor reset goes back to the built-in ones` }] };
}

/** The practice lab, by what it tells of itself. */
export function labVantage(lab: {
  readonly name: string;
  readonly network: Ports['network'];
  readonly rootHints: readonly ServerAddress[];
  readonly trustAnchorText: string;
}): Vantage {
  const anchors = readTrustAnchors(lab.trustAnchorText, lab.name);
  if (!anchors.ok) throw new Error(`the lab’s trust anchor does not read: ${anchors.failure.text}`);
  return {
    ports: { ...systemPorts(), network: lab.network }, trustAnchors: anchors.value, sources: [], sourceNames: [], lab: lab.name,
    resolution: { mode: 'iterative', rootServers: lab.rootHints, why: null },
  };
}

const BUILT_IN_ROOT_SERVERS: readonly ServerAddress[] = ROOT_HINTS.flatMap(({ name, addresses }) =>
  addresses.map((address) => ({ name: nameText(name), address, port: 53 })));

/** A person's choice is taken as it is. Without one we resolve from the root, unless the network does not let us. */
async function resolutionOf({ resolvers = [], rootServers, fallback = false }: VantageChoice, ports: Ports): Promise<Resolution> {
  if (resolvers.length > 0) return { mode: 'forwarding', servers: resolvers, why: null, ...(fallback ? { fallbackRootServers: BUILT_IN_ROOT_SERVERS } : {}) };
  if (rootServers !== undefined) return { mode: 'iterative', rootServers, why: null };
  if (await outsidePort53Reachable(ports.network, BUILT_IN_ROOT_SERVERS, ports.clock)) return { mode: 'iterative', rootServers: BUILT_IN_ROOT_SERVERS, why: null };
  const servers = await systemResolver();
  if (servers.length === 0) return { mode: 'iterative', rootServers: BUILT_IN_ROOT_SERVERS, why: 'no root server answered, and the system names no resolver' };
  return { mode: 'forwarding', servers, why: 'no root server answered on port 53, so the system’s resolver is asked', fallbackRootServers: BUILT_IN_ROOT_SERVERS };
}
