/** The kinds of disagreement that are understood, each with its reason. Anything else fails the differential test. */
import type { OracleVerdict } from './oracles.ts';

export interface Disagreement {
  readonly kind: string;
  readonly ours: OracleVerdict;
  readonly unbound: OracleVerdict;
  readonly bind: OracleVerdict;
  /** the code of our reason, empty where we say secure */
  readonly code: string;
}

interface Understood {
  readonly reason: string;
  /** null: any kind, with one of `codes` as our reason */
  readonly kinds: readonly string[] | null;
  readonly codes?: readonly string[];
  readonly ours: OracleVerdict;
  readonly unbound: readonly OracleVerdict[];
  readonly bind: readonly OracleVerdict[];
}

const UNDERSTOOD: readonly Understood[] = [
  {
    reason: 'RFC 5155 §9.2: what an opt-out span proves is not authenticated. delv does not tell it apart.',
    kinds: null, codes: ['insecure-opt-out'], ours: 'insecure', unbound: ['insecure'], bind: ['secure'],
  },
  {
    reason: 'RFC 4035 §4.3: below a proved unsigned delegation nothing is left to judge. BIND still refuses answers there for their form or for signatures in them.',
    kinds: null, codes: ['insecure-opt-out', 'insecure-delegation'], ours: 'insecure', unbound: ['insecure'], bind: ['bogus'],
  },
  {
    reason: 'RFC 5155 §6: an opt-out span over the name leaves an unsigned delegation possible, whose answers need no proof. The others judge the answer without it.',
    kinds: null, codes: ['insecure-opt-out'], ours: 'insecure', unbound: ['bogus'], bind: ['bogus', 'secure', 'insecure'],
  },
  {
    reason: 'The same, where a record carries a signature of the signed parent: both others take its signer for the zone, we walk the delegations from above.',
    kinds: ['extra-foreign-signer', 'expansion-of-another', 'denial-of-another', 'answer-of-another', 'answer-denied-by-another-denial'], codes: ['insecure-delegation', 'insecure-opt-out'], ours: 'insecure', unbound: ['bogus'], bind: ['bogus', 'insecure'],
  },
  {
    reason: 'RFC 6840 §5.4: one valid signature is enough. BIND gives a fetch up after one failed check (CVE-2023-50387); we allow eight.',
    kinds: ['extra-bad-signature', 'dnskey-extra-colliding'], ours: 'secure', unbound: ['secure'], bind: ['bogus'],
  },
  {
    reason: 'RFC 6840 §5.12: a signature by an unknown signer is ignored. BIND and Unbound judge some answers by the first signer they see.',
    kinds: ['extra-foreign-signer'], ours: 'secure', unbound: ['secure', 'bogus'], bind: ['secure', 'bogus'],
  },
  {
    reason: 'BIND calls the message malformed before it validates anything: records nobody asked for, a denial without SOA, an NSEC with an empty bit map, an RCODE that does not fit. Neither RCODE nor SOA carries the proof (RFC 4035 §5.4).',
    kinds: ['denial-of-another', 'foreign-record-appended', 'unsigned-ns-appended', 'soa-dropped', 'rrset-dropped', 'rcode-turned', 'bit-map-empty', 'owner-moved-up', 'owner-moved-down'],
    ours: 'secure', unbound: ['secure'], bind: ['bogus'],
  },
  {
    reason: 'The SOA of a denial does not verify, the NSEC does: only the negative TTL hangs on the SOA (RFC 2308 §5), which we then do not use.',
    kinds: ['owner-moved-up', 'owner-moved-down', 'rdata-flipped', 'signature-flipped', 'signature-dropped'], ours: 'secure', unbound: ['secure', 'bogus'], bind: ['secure', 'bogus'],
  },
  {
    reason: 'RFC 2308 §3: the SOA of a denial is that of its zone; where another name has it, its TTL would be anybody’s. BIND does without it, Unbound sometimes.',
    kinds: ['owner-moved-up', 'owner-moved-down'], ours: 'bogus', unbound: ['bogus', 'secure', 'insecure'], bind: ['bogus', 'secure', 'insecure'],
  },
  {
    reason: 'Records behind an alias that lie in another zone, or carry no readable signature, are asked for once more, and then are genuine. BIND judges those in the message.',
    kinds: ['record-added', 'answer-of-another', 'signature-empty', 'signature-dropped', 'all-signatures-dropped'], ours: 'secure', unbound: ['secure'], bind: ['bogus'],
  },
  {
    reason: 'RFC 4035 §5.3.1: the key has to be in the apex DNSKEY RRset. Unbound checks with the DNSKEY trust anchor itself, published or not.',
    kinds: ['dnskey-flipped', 'dnskey-key-signing-key-dropped', 'dnskey-protocol-4'], codes: ['dnskey-not-vouched', 'trust-anchor-unusable'], ours: 'bogus', unbound: ['secure', 'insecure'], bind: ['bogus'],
  },
  {
    reason: 'DS, DNSKEY and NSEC3 expanded from a wildcard prove nothing (RFC 4592 §4.2, §4.6; RFC 5155 §3: the owner is the hash). Unbound takes them.',
    kinds: ['labels-minus', 'owner-moved-down'], ours: 'bogus', unbound: ['secure', 'insecure'], bind: ['bogus'],
  },
  {
    reason: 'RFC 4034 §4.1.1: the next name lies in the zone. Unbound 1.17 takes an NSEC that points out of it.',
    kinds: ['next-is-root', 'next-outside-zone'], ours: 'bogus', unbound: ['secure', 'insecure'], bind: ['bogus', 'secure'],
  },
  {
    reason: 'RFC 4509 §3: SHA-1 is ignored beside SHA-256. Unbound is lenient by default (harden-algo-downgrade: no).',
    kinds: ['ds-sha1-beside-bad-sha256'], ours: 'bogus', unbound: ['secure', 'insecure'], bind: ['bogus'],
  },
  {
    reason: 'RFC 4035 §5.3.1: the signer is the zone that holds the RRset. BIND 9.18 takes a signature of a zone above, Unbound for a DNSKEY RRset that was asked for.',
    kinds: ['signed-by-parent'], ours: 'bogus', unbound: ['bogus', 'secure'], bind: ['secure', 'insecure', 'bogus'],
  },
  {
    reason: 'A positive answer signed by a zone above, where nothing in the answer shows the cut: all three take the signer for the zone, BIND not at an apex.',
    kinds: ['signed-by-parent'], ours: 'secure', unbound: ['secure'], bind: ['bogus'],
  },
  {
    reason: 'RFC 4035 §5.3.1: a Labels field above the number of labels of the owner makes the signature invalid. BIND 9.18 lets it pass.',
    kinds: ['labels-plus'], ours: 'bogus', unbound: ['bogus'], bind: ['secure', 'insecure'],
  },
  {
    reason: 'RFC 5155 §8.2: records with unknown flags are ignored. BIND takes them.',
    kinds: ['nsec3-unknown-flag'], ours: 'bogus', unbound: ['bogus'], bind: ['secure', 'insecure'],
  },
  {
    reason: 'RFC 5155 §8.1: records of an unknown hash algorithm are ignored, so that nothing is proved. BIND takes them for an unsigned zone.',
    kinds: ['nsec3-unknown-hash'], ours: 'bogus', unbound: ['bogus'], bind: ['secure', 'insecure'],
  },
  {
    reason: 'RFC 5155 §8.2: records of different parameters are not combined. BIND takes the zone for insecure.',
    kinds: ['nsec3-other-iterations'], ours: 'bogus', unbound: ['bogus'], bind: ['insecure'],
  },
  {
    reason: 'A record of the denial whose bit map has DS but no NS: no delegation (RFC 4035 §2.4), so its span counts. BIND takes it for one.',
    kinds: ['bit-map-with-ds'], ours: 'secure', unbound: ['secure'], bind: ['bogus'],
  },
  {
    reason: 'Two records of the zone that contradict each other, both signed by it: each proves what it says. Unbound notices in one order of them.',
    kinds: ['next-is-apex'], ours: 'secure', unbound: ['bogus'], bind: ['secure'],
  },
  {
    reason: 'RFC 6840 §4.1: a record with NS and no SOA is the parent side of a cut and denies nothing below it. Unbound finds no zone behind the apex then.',
    kinds: ['bit-map-without-soa'], ours: 'bogus', unbound: ['insecure'], bind: ['bogus'],
  },
  {
    reason: 'RFC 6840 §4.4: a record with SOA denies no DS, wherever it is. BIND looks at it at a zone cut only.',
    kinds: ['bit-map-with-soa'], ours: 'bogus', unbound: ['bogus'], bind: ['secure', 'insecure'],
  },
  {
    reason: 'A DNAME owner has no names below it in the zone (RFC 6672 §2.4), empty non-terminals included. Unbound looks at DNAME for names that do not exist only.',
    kinds: ['bit-map-with-dname'], codes: ['denial-not-proved'], ours: 'bogus', unbound: ['secure', 'insecure'], bind: ['bogus', 'secure'],
  },
  {
    reason: 'An answer in an opt-out zone that fails its own check is bogus with us. Unbound asks for the DS, finds the span and calls it insecure.',
    kinds: ['type-covered-lied', 'signature-dropped', 'signature-empty', 'all-signatures-dropped', 'denial-signature-dropped', 'denial-dropped', 'denial-record-dropped', 'rcode-turned', 'signer-lied'],
    codes: ['denial-not-proved', 'denial-missing', 'signature-missing'], ours: 'bogus', unbound: ['insecure'], bind: ['bogus', 'secure', 'insecure'],
  },
  {
    reason: 'The CNAME that answers has an empty signature. Unbound takes it from its own question for the DS, where it is signed.',
    kinds: ['signature-empty', 'signature-dropped'], codes: ['signature-invalid', 'signature-missing'], ours: 'bogus', unbound: ['secure', 'insecure'], bind: ['bogus'],
  },
  {
    reason: 'An answer in an opt-out zone signed with a key that is not in the DNSKEY RRset. BIND asks for a delegation, finds the span and calls it insecure.',
    kinds: ['signed-by-stranger', 'signature-field-flipped', 'key-tag-lied'], codes: ['signature-key-missing'], ours: 'bogus', unbound: ['bogus'], bind: ['insecure'],
  },
  {
    reason: 'RFC 5155 §8.6: an opt-out span over another name proves nothing about this one. BIND takes the zone for insecure.',
    kinds: ['answer-denied-by-another-denial'], ours: 'bogus', unbound: ['bogus'], bind: ['insecure'],
  },
];

/** Why the verdicts may differ; null where nobody has understood it yet. */
export function understoodReason({ kind, ours, unbound, bind, code }: Disagreement): string | null {
  const known = UNDERSTOOD.find((entry) =>
    (entry.kinds?.includes(kind) ?? true) && (entry.codes?.includes(code) ?? true) && entry.ours === ours && entry.unbound.includes(unbound) && entry.bind.includes(bind));
  return known?.reason ?? null;
}
