/** A zone as its servers hold it. An RRset is signed when it is first asked for, so that a lab of many zones starts at once. */
import type { Name } from '../../core/dns/name.ts';
import { nameKey } from '../../core/dns/name.ts';
import { soaMinimum } from '../dns/rdata.ts';
import type { ZoneRecord } from '../dns/response.ts';
import { DNSKEY, SOA } from '../dns/rrtype.ts';
import type { ZoneKey } from './key.ts';
import { nsecChain } from './nsec-chain.ts';
import type { HashedRRset } from './nsec3-chain.ts';
import { nsec3Chain, nsec3Parameters } from './nsec3-chain.ts';
import type { SignedRRset } from './rrset.ts';
import type { UnsignedRRset, Validity } from './signer.ts';
import { signRRset, signingKeys } from './signer.ts';
import type { StrangeKeys } from './strange-signatures.ts';
import { strangeSignatures } from './strange-signatures.ts';
import type { Node } from './tree.ts';
import { isSigned, zoneTree } from './tree.ts';

export type DenialKind = 'nsec' | 'nsec3' | 'nsec3-opt-out';

export interface ZoneDefinition {
  readonly apex: Name;
  readonly records: readonly ZoneRecord[];
  /** none: an unsigned zone */
  readonly keys: readonly ZoneKey[];
  readonly denial: DenialKind;
  /** default 0, as RFC 9276 §3.1 has it */
  readonly nsec3Iterations?: number;
  readonly validity: Validity;
  readonly signatureFaults?: readonly SignatureFault[];
  /** one signature of each kind that does not hold, before the good one of this RRset */
  readonly strange?: { readonly owner: Name; readonly type: number; readonly keys: StrangeKeys };
}

/** `expired`: signed for a time that has passed; `altered`: one octet of the signature is another. */
export interface SignatureFault {
  readonly owner: Name;
  readonly type: number;
  readonly fault: 'expired' | 'altered';
}

export type Denial =
  | { readonly kind: 'none' }
  | { readonly kind: 'nsec'; readonly chain: readonly UnsignedRRset[] }
  | { readonly kind: 'nsec3'; readonly chain: readonly HashedRRset[]; readonly iterations: number };

const DNSKEY_TTL = 3600;
const DAY = 86_400;

export class Zone {
  readonly apex: Name;
  readonly nodes: ReadonlyMap<string, Node>;
  readonly denial: Denial;
  /** seconds, of negative answers (RFC 2308 §5, RFC 9077 §3) */
  readonly negativeTtl: number;
  readonly #definition: ZoneDefinition;
  readonly #signed = new Map<UnsignedRRset, SignedRRset>();

  constructor(definition: ZoneDefinition) {
    this.apex = definition.apex;
    this.#definition = definition;
    this.nodes = zoneTree(definition.apex, [...definition.records, ...apexRecords(definition)]);
    const soa = this.node(this.apex)?.rrsets.get(SOA);
    const rdata = soa?.rdatas[0];
    if (soa === undefined || rdata === undefined) throw new Error('a zone without SOA');
    this.negativeTtl = Math.min(soa.ttl, soaMinimum(rdata));
    this.denial = this.#makeDenial();
  }

  node(name: Name): Node | undefined {
    return this.nodes.get(nameKey(name));
  }

  rrset(node: Node, type: number): SignedRRset | null {
    const rrset = node.rrsets.get(type);
    return rrset === undefined ? null : this.sign(rrset, isSigned(node, type));
  }

  sign(rrset: UnsignedRRset, wanted = true): SignedRRset {
    if (!wanted || this.#definition.keys.length === 0) return { ...rrset, signatures: [] };
    const before = this.#signed.get(rrset);
    if (before !== undefined) return before;
    const signed = { ...rrset, signatures: this.#signatures(rrset) };
    this.#signed.set(rrset, signed);
    return signed;
  }

  /** Everything that a signed zone file holds. */
  all(): SignedRRset[] {
    const data = [...this.nodes.values()].flatMap((node) => [...node.rrsets.keys()].flatMap((type) => this.rrset(node, type) ?? []));
    return this.denial.kind === 'none' ? data : [...data, ...this.denial.chain.map((rrset) => this.sign(rrset))];
  }

  #signatures(rrset: UnsignedRRset): Uint8Array[] {
    const { keys, validity, apex } = this.#definition;
    const fault = this.#definition.signatureFaults?.find((one) => one.type === rrset.type && nameKey(one.owner) === nameKey(rrset.owner))?.fault;
    const times = fault === 'expired' ? { inception: validity.inception - 30 * DAY, expiration: validity.inception - DAY } : validity;
    const { strange } = this.#definition;
    const before = strange?.type === rrset.type && nameKey(strange.owner) === nameKey(rrset.owner) ? strangeSignatures(rrset, apex, strange.keys, validity) : [];
    const signatures = signingKeys(keys, rrset.type).map((key) => signRRset(rrset, apex, key, times));
    if (fault === 'altered') for (const rdata of signatures) rdata[rdata.length - 1] = (rdata.at(-1) as number) ^ 1;
    return [...before, ...signatures];
  }

  #makeDenial(): Denial {
    if (this.#definition.keys.length === 0) return { kind: 'none' };
    const nodes = [...this.nodes.values()];
    if (this.#definition.denial === 'nsec') return { kind: 'nsec', chain: nsecChain(nodes, this.negativeTtl) };
    const iterations = this.#definition.nsec3Iterations ?? 0;
    return { kind: 'nsec3', iterations, chain: nsec3Chain(this.apex, nodes, { ttl: this.negativeTtl, optOut: this.#definition.denial === 'nsec3-opt-out', iterations }) };
  }
}

function apexRecords({ apex, keys, denial, nsec3Iterations = 0 }: ZoneDefinition): ZoneRecord[] {
  const dnskeys = keys.map((key) => ({ owner: apex, type: DNSKEY, ttl: DNSKEY_TTL, rdata: key.dnskey }));
  if (keys.length === 0 || denial === 'nsec') return dnskeys;
  const parameters = nsec3Parameters(apex, { ttl: 0, iterations: nsec3Iterations });
  return [...dnskeys, ...parameters.rdatas.map((rdata) => ({ owner: apex, type: parameters.type, ttl: parameters.ttl, rdata }))];
}
