/** Mutations of NSEC and NSEC3 records, signed by the zone's own key unless the kind says otherwise. */
import { concatBytes } from '../../core/base/bytes.ts';
import { parseName, prependLabel } from '../../core/dns/name.ts';
import type { RRset } from '../../core/dns/record.ts';
import { RRTYPE, rrtypeName } from '../../core/dns/rrtype.ts';
import { type TypeSet, parseNsec } from '../../core/dnssec/nsec.ts';
import { parseNsec3 } from '../../core/dnssec/nsec3.ts';
import { parseRrsig } from '../../core/dnssec/rrsig.ts';
import { typeBitMap } from '../dnssec/zone-text.ts';
import { type Kind, type Tools, editOne, flipped, resigned } from './mutation-kind.ts';

const isNsec = ({ type }: RRset): boolean => type === RRTYPE.NSEC;
const isNsec3 = ({ type }: RRset): boolean => type === RRTYPE.NSEC3;
const isDenial = (rrset: RRset): boolean => isNsec(rrset) || isNsec3(rrset);

/** The RDATA changed and signed again. */
const rewritten = (eligible: (rrset: RRset) => boolean, edit: (rdata: Uint8Array, rrset: RRset, tools: Tools) => Uint8Array | null): Kind =>
  (response, tools) => editOne(response, tools, eligible, (rrset) => {
    const rdata = edit(rrset.rdatas[0] as Uint8Array, rrset, tools);
    const signed = rdata === null ? null : resigned({ ...rrset, rdatas: [rdata] }, tools);
    return signed === null ? null : [signed];
  });

const withTypes = (edit: (types: TypeSet, tools: Tools) => readonly number[] | null): Kind => rewritten(isDenial, (rdata, rrset, tools) => {
  const parsed = isNsec(rrset) ? parseNsec(rrset.owner, rdata) : parseNsec3(rrset.owner, rdata);
  const types = parsed === null ? null : edit(parsed.types, tools);
  if (parsed === null || types === null) return null;
  return concatBytes(rdata.subarray(0, bitMapStart(rdata, rrset)), typeBitMap(types.map(rrtypeName)));
});

function bitMapStart(rdata: Uint8Array, rrset: RRset): number {
  if (isNsec(rrset)) return parseNsec(rrset.owner, rdata)?.next.length ?? 0;
  const salt = rdata[4] ?? 0;
  return 6 + salt + (rdata[5 + salt] ?? 0);
}

const adding = (type: number): Kind => withTypes((types) => (types.has(type) ? null : [...types, type]));
const removing = (type: number): Kind => withTypes((types) => (types.has(type) ? [...types].filter((other) => other !== type) : null));

const octetChanged = (index: number, change: (octet: number) => number): Kind => rewritten(isNsec3, (rdata) => {
  const copy = Uint8Array.from(rdata);
  copy[index] = change(copy[index] as number) & 0xff;
  return copy;
});

const nextChanged = (next: string): Kind => rewritten(isNsec, (rdata, rrset) => {
  const parsed = parseNsec(rrset.owner, rdata);
  return parsed === null ? null : concatBytes(parseName(next), rdata.subarray(parsed.next.length));
});

const nextToApex: Kind = rewritten(isNsec, (rdata, rrset) => {
  const parsed = parseNsec(rrset.owner, rdata);
  const apex = parseRrsig(rrset.signatures[0] ?? new Uint8Array())?.signer;
  return parsed === null || apex === undefined ? null : concatBytes(apex, rdata.subarray(parsed.next.length));
});

export const DENIAL_KINDS: Readonly<Record<string, Kind>> = {
  'denial-record-dropped': (response, tools) => editOne(response, tools, isDenial, () => []),
  'denial-dropped': (response) => (response.authority.some(isDenial) ? { ...response, authority: response.authority.filter((rrset) => !isDenial(rrset)) } : null),
  'denial-signature-flipped': (response, tools) => editOne(response, tools, isDenial, (rrset) => [{ ...rrset, signatures: rrset.signatures.map((rdata) => flipped(rdata, tools.random, 40)) }]),
  'denial-signature-dropped': (response, tools) => editOne(response, tools, isDenial, (rrset) => [{ ...rrset, signatures: [] }]),
  'denial-signed-again': rewritten(isDenial, (rdata) => rdata),
  'denial-altered': (response, tools) => editOne(response, tools, isDenial, (rrset) => [{ ...rrset, rdatas: rrset.rdatas.map((rdata) => flipped(rdata, tools.random, rdata.length - 3)) }]),
  'bit-map-with-asked-type': (response, tools) => adding(tools.asked.type)(response, tools),
  'bit-map-with-cname': adding(RRTYPE.CNAME),
  'bit-map-with-ns': adding(RRTYPE.NS),
  'bit-map-with-dname': adding(RRTYPE.DNAME),
  'bit-map-with-soa': adding(RRTYPE.SOA),
  'bit-map-with-ds': adding(RRTYPE.DS),
  'bit-map-without-ns': removing(RRTYPE.NS),
  'bit-map-without-soa': removing(RRTYPE.SOA),
  'bit-map-without-a': removing(RRTYPE.A),
  'bit-map-without-ds': removing(RRTYPE.DS),
  'bit-map-empty': withTypes(() => []),
  'next-outside-zone': nextChanged('zzz.invalid.'),
  'next-is-apex': nextToApex,
  'next-is-root': nextChanged('.'),
  'nsec3-opt-out-turned': octetChanged(1, (flags) => flags ^ 1),
  'nsec3-unknown-flag': octetChanged(1, (flags) => flags | 2),
  'nsec3-unknown-hash': octetChanged(0, () => 2),
  'nsec3-other-iterations': octetChanged(3, (iterations) => iterations + 1),
  'nsec3-many-iterations': octetChanged(2, () => 3),
  'nsec3-next-hash-changed': rewritten(isNsec3, (rdata, rrset, { random }) => {
    const start = bitMapStart(rdata, rrset) - 20;
    return concatBytes(rdata.subarray(0, start), flipped(rdata.subarray(start, start + 20), random), rdata.subarray(start + 20));
  }),
  'nsec3-owner-deeper': (response, tools) => editOne(response, tools, isNsec3, (rrset) => {
    const labels = (parseRrsig(rrset.signatures[0] ?? new Uint8Array())?.labels ?? 0) + 1;
    const signed = resigned({ ...rrset, owner: prependLabel(Uint8Array.of(0x61), rrset.owner) }, tools, { labels });
    return signed === null ? null : [signed];
  }),
};
