/** From where the root is asked about its keys. */
import { anchorWarnings } from '../core/anchors/age.ts';
import { sightRoot } from '../core/anchors/root-sighting.ts';
import type { RootSighting, SightingFailure } from '../core/anchors/root-sighting.ts';
import type { Result } from '../core/base/result.ts';
import { createResolver } from '../core/dnssec/resolver.ts';
import type { TrustAnchor } from '../core/dnssec/trust-anchor.ts';
import { anchorsInUse } from '../core/net/anchor-store.ts';
import type { AnchorsInUse } from '../core/net/anchor-store.ts';
import { systemResolving } from '../core/net/vantage.ts';
import type { ResolvingVantage } from '../core/net/vantage.ts';
import { readAnchorFile, readHintsFile, unusableStore } from './files.ts';
import type { Asking } from './trust-anchor-arguments.ts';

/** Runs with a vantage, and closes what was opened for it. The anchors are those of the lab where the lab is asked. */
export async function withVantage<Value>(asking: Asking, anchors: readonly TrustAnchor[], act: (vantage: ResolvingVantage) => Promise<Value>): Promise<Value> {
  if (asking.lab) {
    const lab = await (await import('../lab/open.ts')).openLab();
    try {
      return await act(lab.vantage);
    } finally {
      await lab.close();
    }
  }
  const { resolvers, rootHints } = asking;
  return act(await systemResolving({
    resolvers: resolvers.map((resolver) => ({ name: null, ...resolver })), trustAnchors: anchors,
    ...(rootHints === null ? {} : { rootServers: readHintsFile(rootHints) }),
  }));
}

/** One validated look at the DNSKEY RRset of the root. */
export function look({ ports, resolution, trustAnchors }: ResolvingVantage): Promise<Result<RootSighting, SightingFailure>> {
  const { network, clock, random } = ports;
  const from = resolution.mode === 'iterative' ? { mode: 'iterative' as const, rootHints: resolution.rootServers } : { mode: 'forwarding' as const, forwarders: resolution.servers };
  return sightRoot(createResolver({ network, clock, random, trustAnchors, resolution: from }), trustAnchors, clock.now());
}

/** Files named on the command line, else the user's store, else what is built in. @throws {UsageError} for a store that cannot be used */
export function chosenAnchors(files: readonly string[], now: number): Omit<AnchorsInUse, 'asOf'> & { readonly asOf: number | null } {
  if (files.length > 0) {
    const anchors = files.flatMap((file) => readAnchorFile(file));
    return { anchors, store: null, asOf: null, warnings: anchorWarnings({ anchors, asOf: null, now }) };
  }
  const used = anchorsInUse(now);
  if (!used.ok) throw unusableStore(used.failure);
  return used.value;
}
