/** One MX host as a sender sees it: addresses, TLSA records, names to look for (RFC 7672 §2.2.2, §2.2.3, §3.2.2). */
import { mxSubject } from '../base/subject.ts';
import type { DestinationHost } from './facts.ts';
import type { DestinationContext, FoundDestination } from './find-destination.ts';
import { findAddresses, MAXIMUM_ADDRESSES, type HostAddresses } from './host-addresses.ts';
import type { Told } from './look-up.ts';
import { reasons } from './reason.ts';
import { findTlsa, type ReadTlsa, type TlsaFound } from './tlsa.ts';

export interface HostSearch {
  readonly host: { readonly name: string; readonly preference: number | null };
  readonly found: FoundDestination;
  readonly port: number;
  readonly context: DestinationContext;
  readonly readTlsa: ReadTlsa;
}

/** The addresses alone: with them a connection can begin while the TLSA records are looked up. */
export async function* resolveAddresses({ host, found, context }: HostSearch): AsyncGenerator<Told, HostAddresses> {
  const all = found.addresses ?? literalAddresses(found, host.name) ?? (yield* findAddresses(host.name, context.lookUp));
  const left = all.addresses.length - MAXIMUM_ADDRESSES;
  if (left <= 0) return all;
  const text = `${host.name} has ${all.addresses.length} addresses; the last ${left} are not inspected.`;
  yield { at: context.clock.monotonic(), subject: mxSubject(host.name), type: 'dns.notice', code: 'work-limit', text };
  return { ...all, addresses: testedFirst(all.addresses, context).slice(0, MAXIMUM_ADDRESSES) };
}

/** Those that are cut off must not be the ones that were asked for. */
const testedFirst = (addresses: HostAddresses['addresses'], context: DestinationContext): HostAddresses['addresses'] =>
  [...addresses.filter((address) => isTested(address, context)), ...addresses.filter((address) => !isTested(address, context))];

/** Whether the run is to connect to addresses of that family. */
export const isTested = ({ family }: HostAddresses['addresses'][number], { families }: DestinationContext): boolean => families.includes(family);

function literalAddresses({ destination }: FoundDestination, address: string): HostAddresses | null {
  if (destination.kind !== 'address-literal') return null;
  const family = address.includes(':') ? 6 : 4;
  return { name: address, addresses: [{ address, family, status: 'insecure' }], status: 'insecure', canonicalName: address, candidates: [], failure: null, denied: false, lookups: [] };
}

/** The rest, told as one fact. */
export async function* resolveTlsa(search: HostSearch, addresses: HostAddresses): AsyncGenerator<Told, DestinationHost> {
  const tlsa = withoutTlsa(search, addresses)
    ?? (yield* findTlsa({ candidates: addresses.candidates, port: search.port, lookUp: search.context.lookUp, readTlsa: search.readTlsa }));
  const host: DestinationHost = {
    name: search.host.name, preference: search.host.preference, mxStatus: search.found.destination.mxStatus,
    addresses: addresses.addresses, addressStatus: addresses.status, canonicalName: addresses.canonicalName,
    tlsaCandidates: addresses.candidates.map((candidate) => `_${search.port}._tcp.${candidate}`),
    tlsaBaseDomain: tlsa.baseDomain, tlsa: tlsa.disposition, tlsaTtl: tlsa.ttl, records: tlsa.records,
    referenceIdentifiers: referenceIdentifiers(search.found, tlsa.baseDomain ?? search.host.name), reason: tlsa.reason,
  };
  yield { at: search.context.clock.monotonic(), subject: mxSubject(host.name), type: 'destination.host', host };
  return host;
}

export async function* resolveHost(search: HostSearch): AsyncGenerator<Told, DestinationHost> {
  return yield* resolveTlsa(search, yield* resolveAddresses(search));
}

/** Where no TLSA record is looked up at all. */
function withoutTlsa({ host, found }: HostSearch, { failure, denied, candidates }: HostAddresses): TlsaFound | null {
  const none = { baseDomain: null, ttl: 0, records: [] };
  if (found.destination.kind === 'address-literal') return { ...none, disposition: 'not-applicable', reason: reasons.literal() };
  // RFC 7672 §2.1.2: a host whose address lookup fails is not used.
  if (failure !== null) return { ...none, disposition: 'lookup-failed', reason: reasons.addressLookupFailed(failure) };
  if (denied) return { ...none, disposition: 'not-applicable', reason: reasons.noAddresses(host.name) };
  // RFC 7672 §2.2.2: with insecure addresses (and no secure initial CNAME) TLSA records SHOULD NOT be asked for.
  return candidates.length > 0 ? null : { ...none, disposition: 'insecure', reason: reasons.addressesInsecure() };
}

/**
 * RFC 7672 §3.2.2: the TLSA base domain; for secure MX records also the next-hop domain and its expansion; for a host that no
 * MX record named also the name that was asked for. An insecure MX RRset vouches for the base domain only.
 */
function referenceIdentifiers({ destination, expandedDomain }: FoundDestination, baseDomain: string): string[] {
  const secureMx = destination.mxStatus === 'secure';
  const names = secureMx || destination.kind !== 'mx' ? [baseDomain, destination.domain, expandedDomain] : [baseDomain];
  return [...new Set(names)];
}
