/** What an authoritative server of a zone answers (RFC 1034 §4.3.2, RFC 4035 §3.1, RFC 4592, RFC 5155 §7.2). */
import type { Name } from '../../core/dns/name.ts';
import { ancestor, isSubdomain, labelCount, wildcardOf } from '../../core/dns/name.ts';
import type { Response, ZoneRecord } from '../dns/response.ts';
import { A, AAAA, ANY, CNAME, DS, NOERROR, NS, NXDOMAIN, SOA } from '../dns/rrtype.ts';
import { closestEncloser, nameErrorProof, noDataProof, wildcardNoDataProof, wildcardProof } from './proof.ts';
import type { SignedRRset } from './rrset.ts';
import { recordsOf } from './rrset.ts';
import type { Node } from './tree.ts';
import type { Zone } from './zone.ts';

export interface Asked {
  readonly name: Name;
  readonly type: number;
  readonly dnssecOk: boolean;
}

/** A chain of aliases inside the zone is followed this far (RFC 1034 §3.6.2). */
const LONGEST_ALIAS_CHAIN = 8;

/** @param asked a name at or below the apex */
export function answerFrom(zone: Zone, asked: Asked, steps = 0): Response {
  const cut = cutAbove(zone, asked);
  if (cut !== null) return referral(zone, cut, asked);
  const node = zone.node(asked.name);
  if (node !== undefined) return answerAt(zone, { node, asked, steps, wildcard: null });
  const wildcard = zone.node(wildcardOf(closestEncloser(zone, asked.name).owner));
  if (wildcard !== undefined) return answerAt(zone, { node: wildcard, asked, steps, wildcard: wildcard.owner });
  return negative(zone, { rcode: NXDOMAIN, proof: nameErrorProof(zone, asked.name), dnssecOk: asked.dnssecOk });
}

/** The highest delegation point on the way; at the point itself DS is ours to answer (RFC 4035 §3.1.4.1). */
function cutAbove(zone: Zone, asked: Asked): Node | null {
  for (let above = labelCount(asked.name) - labelCount(zone.apex) - 1; above >= 0; above -= 1) {
    const node = zone.node(ancestor(asked.name, above));
    if (node?.kind === 'cut' && !(above === 0 && asked.type === DS)) return node;
  }
  return null;
}

interface Found {
  readonly node: Node;
  readonly asked: Asked;
  readonly steps: number;
  /** owner of the wildcard that answers for the name */
  readonly wildcard: Name | null;
}

function answerAt(zone: Zone, found: Found): Response {
  const { node, asked, wildcard } = found;
  const alias = asked.type === CNAME || asked.type === ANY ? null : zone.rrset(node, CNAME);
  const wanted = asked.type === ANY ? [...node.rrsets.keys()] : [alias === null ? asked.type : CNAME];
  const rrsets = wanted.flatMap((type) => zone.rrset(node, type) ?? []);
  if (rrsets.length === 0) {
    const proof = wildcard === null ? noDataProof(zone, asked.name) : wildcardNoDataProof(zone, asked.name, wildcard);
    return negative(zone, { rcode: NOERROR, proof, dnssecOk: asked.dnssecOk });
  }
  const answer = rrsets.flatMap((rrset) => recordsOf(rrset, { dnssecOk: asked.dnssecOk, owner: asked.name }));
  const proof = wildcard === null ? [] : proofRecords(wildcardProof(zone, asked.name), asked.dnssecOk);
  const own: Response = { rcode: NOERROR, authoritative: true, answer, authority: proof, additional: serverAddresses(zone, rrsets, asked.dnssecOk) };
  return alias === null ? own : withTarget(zone, own, { asked, steps: found.steps, target: alias.rdatas[0] as Name });
}

/** RFC 1034 §4.3.2 step 3a: the target in the same zone is answered at once, with its own RCODE; below a cut by a referral. */
function withTarget(zone: Zone, own: Response, next: { readonly asked: Asked; readonly steps: number; readonly target: Name }): Response {
  if (!isSubdomain(next.target, zone.apex) || next.steps >= LONGEST_ALIAS_CHAIN) return own;
  const rest = answerFrom(zone, { ...next.asked, name: next.target }, next.steps + 1);
  return { ...rest, authoritative: true, answer: [...own.answer, ...rest.answer], authority: [...own.authority, ...rest.authority] };
}

/** NS of the child, its DS or the proof that there is none, and glue (RFC 4035 §3.1.4). */
function referral(zone: Zone, cut: Node, asked: Asked): Response {
  const servers = zone.rrset(cut, NS);
  const ds = zone.rrset(cut, DS);
  const trust = ds === null ? proofRecords(noDataProof(zone, cut.owner), asked.dnssecOk) : [];
  return {
    rcode: NOERROR, authoritative: false, answer: [],
    authority: [
      ...(servers === null ? [] : recordsOf(servers, { dnssecOk: false })),
      ...(ds === null || !asked.dnssecOk ? trust : recordsOf(ds, { dnssecOk: true })),
    ],
    additional: servers === null ? [] : serverAddresses(zone, [servers], asked.dnssecOk),
  };
}

interface Negative {
  readonly rcode: number;
  readonly proof: readonly SignedRRset[];
  readonly dnssecOk: boolean;
}

/** SOA with the TTL of the negative answer (RFC 2308 §3) and the proof. */
function negative(zone: Zone, { rcode, proof, dnssecOk }: Negative): Response {
  const apex = zone.node(zone.apex);
  const soa = apex === undefined ? null : zone.rrset(apex, SOA);
  const authority = soa === null ? [] : recordsOf(soa, { dnssecOk, ttl: zone.negativeTtl });
  return { rcode, authoritative: true, answer: [], authority: [...authority, ...proofRecords(proof, dnssecOk)], additional: [] };
}

const proofRecords = (proof: readonly SignedRRset[], dnssecOk: boolean): ZoneRecord[] =>
  dnssecOk ? proof.flatMap((rrset) => recordsOf(rrset, { dnssecOk: true })) : [];

/** Addresses of the name servers that this zone knows (RFC 1034 §4.3.2 step 6). */
function serverAddresses(zone: Zone, rrsets: readonly SignedRRset[], dnssecOk: boolean): ZoneRecord[] {
  return rrsets.filter((rrset) => rrset.type === NS).flatMap((rrset) => rrset.rdatas.flatMap((server) => {
    const node = isSubdomain(server, zone.apex) ? zone.node(server) : undefined;
    if (node === undefined) return [];
    return [A, AAAA].flatMap((type) => {
      const addresses = zone.rrset(node, type);
      return addresses === null ? [] : recordsOf(addresses, { dnssecOk });
    });
  }));
}
