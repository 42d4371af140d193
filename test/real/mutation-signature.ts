/** Mutations of one signed RRset and its signatures (RFC 4035 §5.3). */
import { concatBytes } from '../../core/base/bytes.ts';
import { labelCount, parentName, prependLabel } from '../../core/dns/name.ts';
import type { RRset } from '../../core/dns/record.ts';
import { RRTYPE } from '../../core/dns/rrtype.ts';
import { parseRrsig } from '../../core/dnssec/rrsig.ts';
import { type SignatureFields, type SigningKey, signRRset } from '../dnssec/signing-key.ts';
import { ELSEWHERE, type Kind, type Tools, editOne, flipped, isSigned, resigned } from './mutation-kind.ts';

const one = (edit: (rrset: RRset, tools: Tools) => RRset | null, eligible: (rrset: RRset) => boolean = isSigned): Kind =>
  (response, tools) => editOne(response, tools, eligible, (rrset) => {
    const edited = edit(rrset, tools);
    return edited === null ? null : [edited];
  });

/** Signed by the zone's own key, with fields changed. */
const withFields = (fields: (tools: Tools, rrset: RRset) => Partial<SignatureFields>): Kind => one((rrset, tools) => resigned(rrset, tools, fields(tools, rrset)));

const withKey = (key: (tools: Tools, rrset: RRset) => SigningKey | undefined, fields: (tools: Tools) => Partial<SignatureFields> = () => ({})): Kind =>
  one((rrset, tools) => resigned(rrset, tools, fields(tools), key(tools, rrset)));

const firstLabels = (rrset: RRset): number => parseRrsig(rrset.signatures[0] ?? new Uint8Array())?.labels ?? 0;
const signatureStart = (rdata: Uint8Array): number => 18 + (parseRrsig(rdata)?.signer.length ?? 1);

const eachSignature = (edit: (rdata: Uint8Array, tools: Tools) => Uint8Array): Kind =>
  one((rrset, tools) => ({ ...rrset, signatures: rrset.signatures.map((rdata) => edit(rdata, tools)) }));

const inFront = (extra: (rrset: RRset, tools: Tools) => Uint8Array | undefined): Kind => one((rrset, tools) => {
  const signature = extra(rrset, tools);
  return signature === undefined ? null : { ...rrset, signatures: [signature, ...rrset.signatures] };
});

const octetSet = (octets: Uint8Array, index: number, value: number): Uint8Array => {
  const copy = Uint8Array.from(octets);
  copy[index] = value;
  return copy;
};

export const SIGNATURE_KINDS: Readonly<Record<string, Kind>> = {
  'signature-dropped': one((rrset) => ({ ...rrset, signatures: [] })),
  'signature-flipped': eachSignature((rdata, { random }) => flipped(rdata, random, signatureStart(rdata))),
  'signature-field-flipped': eachSignature((rdata, { random }) => flipped(rdata.subarray(0, 18), random).length === 18 ? concatBytes(flipped(rdata.subarray(0, 18), random), rdata.subarray(18)) : rdata),
  'signature-cut': eachSignature((rdata, { random }) => rdata.subarray(0, rdata.length - 1 - random(8))),
  'signature-empty': eachSignature((rdata) => rdata.subarray(0, signatureStart(rdata))),
  'expired': withFields(({ now, random }) => ({ inception: now - 90_000, expiration: now - 30 - random(3600) })),
  'not-yet-valid': withFields(({ now, random }) => ({ inception: now + 60 + random(3600), expiration: now + 90_000 })),
  'inception-after-expiration': withFields(({ now }) => ({ inception: now + 3600, expiration: now - 3600 })),
  'short-window': withFields(({ now }) => ({ inception: now - 5, expiration: now + 600 })),
  'expiration-wraps': withFields(({ now }) => ({ inception: now - 3600, expiration: now + 2 ** 31 - 7200 })),
  'labels-plus': withFields((_, rrset) => ({ labels: firstLabels(rrset) + 1 })),
  'labels-minus': one((rrset, tools) => (firstLabels(rrset) === 0 ? null : resigned(rrset, tools, { labels: firstLabels(rrset) - 1 }))),
  'original-ttl-raised': withFields(() => ({ originalTtl: 7200 })),
  'original-ttl-lowered': withFields(() => ({ originalTtl: 30 })),
  'key-tag-lied': withFields(({ random }) => ({ keyTag: random(0x10000) })),
  'algorithm-lied': withFields(({ random }) => ({ algorithm: [5, 7, 8, 10, 13, 15, 200][random(7)] ?? 8 })),
  'type-covered-lied': withFields(() => ({ typeCovered: RRTYPE.TXT })),
  'signer-lied': withFields(() => ({ zone: ELSEWHERE })),
  'signed-by-stranger': withKey(({ stranger }) => stranger),
  'signed-by-stranger-with-the-tag': one((rrset, tools) => {
    const own = resigned(rrset, tools);
    const tag = own === null ? undefined : parseRrsig(own.signatures[0] as Uint8Array)?.keyTag;
    return tag === undefined ? null : resigned(rrset, tools, { keyTag: tag }, tools.stranger);
  }),
  'signed-by-parent': one((rrset, tools) => {
    const signer = parseRrsig(rrset.signatures[0] as Uint8Array)?.signer;
    if (signer === undefined || labelCount(signer) === 0) return null;
    const parent = tools.keysOf(parentName(signer));
    return parent === undefined ? null : resigned(rrset, tools, { zone: parent.zone }, parent.zoneSigning);
  }),
  'signed-by-key-signing-key': one((rrset, tools) => {
    const keys = tools.keysOf(parseRrsig(rrset.signatures[0] as Uint8Array)?.signer ?? ELSEWHERE);
    return keys === undefined ? null : resigned(rrset, tools, {}, keys.keySigning);
  }),
  'extra-bad-signature': inFront(({ signatures: [first] }, { random }) => (first === undefined ? undefined : flipped(first, random, signatureStart(first)))),
  'extra-unknown-algorithm': inFront(({ signatures: [first] }) => (first === undefined ? undefined : octetSet(first, 2, 200))),
  'extra-unknown-key': inFront(({ signatures: [first] }) => (first === undefined ? undefined : octetSet(first, 17, (first[17] as number) ^ 0x55))),
  'extra-foreign-signer': inFront((rrset, { now, stranger }) => signRRset(rrset, stranger, { zone: ELSEWHERE, inception: now - 60, expiration: now + 60 })),
  'rdata-flipped': one((rrset, { random }) => ({ ...rrset, rdatas: rrset.rdatas.map((rdata, index) => (index === 0 && rrset.type !== RRTYPE.CNAME ? flipped(rdata, random, Math.max(0, rdata.length - 4)) : rdata)) }), (rrset) => isSigned(rrset) && ![RRTYPE.CNAME, RRTYPE.DNAME, RRTYPE.NS, RRTYPE.SOA, RRTYPE.MX].some((type) => type === rrset.type)),
  'record-added': one((rrset) => ({ ...rrset, rdatas: [...rrset.rdatas, Uint8Array.of(192, 0, 2, 66)] }), (rrset) => isSigned(rrset) && rrset.type === RRTYPE.A),
  'record-doubled': one((rrset) => ({ ...rrset, rdatas: [...rrset.rdatas, ...rrset.rdatas] }), (rrset) => isSigned(rrset) && ![RRTYPE.CNAME, RRTYPE.DNAME, RRTYPE.SOA].some((type) => type === rrset.type)),
  'records-reversed': one((rrset) => ({ ...rrset, rdatas: [...rrset.rdatas].reverse() }), (rrset) => isSigned(rrset) && rrset.rdatas.length > 1),
  'ttl-raised': one((rrset) => ({ ...rrset, ttl: rrset.ttl * 2 })),
  'ttl-lowered': one((rrset) => ({ ...rrset, ttl: 5 })),
  'owner-in-capitals': one((rrset) => ({ ...rrset, owner: rrset.owner.map((octet) => (octet >= 0x61 && octet <= 0x7a ? octet - 0x20 : octet)) })),
  'owner-moved-down': one((rrset) => ({ ...rrset, owner: prependLabel(Uint8Array.of(0x78), rrset.owner) })),
  'owner-moved-up': one((rrset) => (labelCount(rrset.owner) < 2 ? null : { ...rrset, owner: parentName(rrset.owner) })),
};
