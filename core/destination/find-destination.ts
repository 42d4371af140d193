/** Which hosts take the mail (RFC 5321 §5.1, RFC 7505, RFC 7672 §2.2.1). */
import { domainSubject, type FactBase } from '../base/subject.ts';
import type { Lookup } from '../dns/facts.ts';
import type { HostTarget, MailDomainTarget, Target } from '../target/target.ts';
import type { Destination } from './facts.ts';
import { findAddresses, type HostAddresses } from './host-addresses.ts';
import { lookupFailed, plainName, type LookUp, type Told } from './look-up.ts';
import { isNullMx, mxRecords, type MxRecord } from './mx-records.ts';
import { reasons } from './reason.ts';

export interface DestinationContext {
  readonly lookUp: LookUp;
  readonly clock: { monotonic(): number };
  /** what is to be tested; addresses of both families are looked up all the same */
  readonly families: readonly (4 | 6)[];
}

export interface FoundDestination {
  readonly destination: Destination;
  /** end of the alias chain of the next-hop domain; a reference identifier of its own (RFC 7672 §3.2.2) */
  readonly expandedDomain: string;
  /** addresses of an implicit MX, which had to be looked up to know that there is a host */
  readonly addresses: HostAddresses | null;
}

/** more MX hosts than any sender tries */
export const MAXIMUM_HOSTS = 20;

export async function* findDestination(target: Target, context: DestinationContext): AsyncGenerator<Told, FoundDestination> {
  const found = target.kind === 'host' ? hostDestination(target) : yield* mailDestination(target, context);
  const { destination } = found;
  const base: FactBase = { at: context.clock.monotonic(), subject: domainSubject(destination.domain) };
  const left = destination.hosts.length - MAXIMUM_HOSTS;
  if (left > 0) yield { ...base, type: 'dns.notice', code: 'work-limit', text: `${destination.hosts.length} MX hosts are named; the last ${left} are not inspected.` };
  const bounded = { ...destination, hosts: destination.hosts.slice(0, MAXIMUM_HOSTS) };
  yield { ...base, type: 'destination.found', destination: bounded };
  return { ...found, destination: bounded };
}

/** A next hop that a person names is trusted as if its name came securely (RFC 7672 §2.2.2). */
function hostDestination({ host, literal }: HostTarget): FoundDestination {
  const kind = literal === null ? 'host' : 'address-literal';
  const reason = literal === null ? null : reasons.literal();
  return found({ kind, domain: host, hosts: [{ name: host, preference: null }], mxStatus: 'secure', reason }, host);
}

async function* mailDestination({ domain }: MailDomainTarget, context: DestinationContext): AsyncGenerator<Told, FoundDestination> {
  const lookup = yield* context.lookUp(domain, 'MX');
  const base = { domain, mxStatus: lookup.status, hosts: [] };
  const expanded = plainName(lookup.canonicalName);
  // RFC 7672 §2.1.1: without an answer there is no "no MX": delivery is delayed.
  if (lookupFailed(lookup)) return found({ ...base, kind: 'lookup-failed', reason: reasons.mxLookupFailed(lookup) }, expanded);
  // RFC 5321 §5.1: a name that does not exist has no implicit MX.
  if (lookup.rcode === 'NXDOMAIN') return found({ ...base, kind: 'domain-does-not-exist', reason: reasons.nonexistent(lookup) }, expanded);
  const records = mxRecords(lookup);
  if (records.length === 0) return yield* implicitMx(domain, lookup, context);
  if (isNullMx(records)) return found({ ...base, kind: 'null-mx', reason: reasons.nullMx(domain) }, expanded);
  const hosts = distinct(records.filter(({ name }) => name !== '.'));
  if (hosts.length === 0) return found({ ...base, kind: 'null-mx', reason: reasons.nullMx(domain) }, expanded);
  return found({ ...base, kind: 'mx', hosts, reason: null }, expanded);
}

/** RFC 5321 §5.1: with no MX records the domain itself is the host; it must then have an address. */
async function* implicitMx(domain: string, lookup: Lookup, context: DestinationContext): AsyncGenerator<Told, FoundDestination> {
  const addresses = yield* findAddresses(domain, context.lookUp);
  const base = { domain, mxStatus: lookup.status };
  if (addresses.denied) return found({ ...base, kind: 'no-mail-host', hosts: [], reason: reasons.noMailHost(domain) }, domain);
  const hosts = [{ name: domain, preference: 0 }];
  return { ...found({ ...base, kind: 'implicit-mx', hosts, reason: reasons.implicitMx(domain) }, plainName(lookup.canonicalName)), addresses };
}

/** A host that is named twice is tried once, at its best preference. */
const distinct = (records: readonly MxRecord[]): MxRecord[] =>
  records.filter(({ name }, index) => records.findIndex((earlier) => earlier.name === name) === index);

const found = (destination: Destination, expandedDomain: string): FoundDestination => ({ destination, expandedDomain, addresses: null });
