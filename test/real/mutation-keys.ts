/** Mutations of DNSKEY and DS RRsets, signed again by the key that has to, unless the kind says otherwise (RFC 4035 §5.2). */
import { concatBytes } from '../../core/base/bytes.ts';
import { nameText } from '../../core/dns/name.ts';
import type { RRset } from '../../core/dns/record.ts';
import { RRTYPE } from '../../core/dns/rrtype.ts';
import { parseRrsig } from '../../core/dnssec/rrsig.ts';
import { dsRdata, signRRset, withFlags } from '../dnssec/signing-key.ts';
import { ELSEWHERE, type Kind, type Tools, editOne, flipped, resigned } from './mutation-kind.ts';
import type { ZoneKeys } from './signed-tree.ts';

type Edit = (rdatas: readonly Uint8Array[], keys: ZoneKeys, tools: Tools) => readonly Uint8Array[] | null;

const keysOfOwner = (rrset: RRset, tools: Tools): ZoneKeys | undefined => tools.keysOf(rrset.owner);

/** RDATAs changed and the set signed again by its zone. */
const changedSet = (type: number, edit: Edit): Kind => (response, tools) => editOne(response, tools, (rrset) => rrset.type === type, (rrset) => {
  const keys = keysOfOwner(rrset, tools);
  const rdatas = keys === undefined ? null : edit(rrset.rdatas, keys, tools);
  if (rdatas === null) return null;
  const signed = resigned({ ...rrset, rdatas }, tools);
  return signed === null ? null : [signed];
});

const keySet = (edit: Edit): Kind => changedSet(RRTYPE.DNSKEY, edit);
const dsSet = (edit: Edit): Kind => changedSet(RRTYPE.DS, edit);

const replaced = (rdatas: readonly Uint8Array[], from: Uint8Array, to: readonly Uint8Array[]): Uint8Array[] =>
  rdatas.flatMap((rdata) => (Buffer.compare(rdata, from) === 0 ? to : [rdata]));

const octetSet = (octets: Uint8Array, index: number, value: number): Uint8Array => {
  const copy = Uint8Array.from(octets);
  copy[index] = value;
  return copy;
};

/** The DNSKEY RRset with other flags on its key-signing key, which then signs it under its new tag. */
const reflagged = (flags: number): Kind => (response, tools) => editOne(response, tools, ({ type }) => type === RRTYPE.DNSKEY, (rrset) => {
  const keys = keysOfOwner(rrset, tools);
  if (keys === undefined) return null;
  const key = withFlags(keys.keySigning, flags);
  const signed = resigned({ ...rrset, rdatas: replaced(rrset.rdatas, keys.keySigning.dnskey.rdata, [key.dnskey.rdata]) }, tools, {}, key);
  return signed === null ? null : [signed];
});

export const DNSKEY_KINDS: Readonly<Record<string, Kind>> = {
  'dnskey-signed-again': keySet((rdatas) => rdatas),
  'dnskey-zone-key-dropped': keySet((rdatas, { zoneSigning }) => replaced(rdatas, zoneSigning.dnskey.rdata, [])),
  'dnskey-key-signing-key-dropped': keySet((rdatas, { keySigning }) => replaced(rdatas, keySigning.dnskey.rdata, [])),
  'dnskey-dropped-unsigned': (response, tools) => editOne(response, tools, ({ type, rdatas }) => type === RRTYPE.DNSKEY && rdatas.length > 1, (rrset) => [{ ...rrset, rdatas: rrset.rdatas.slice(1) }]),
  'dnskey-revoked': reflagged(0x0181),
  'dnskey-no-zone-key': reflagged(0x0001),
  'dnskey-without-sep': reflagged(0x0100),
  'dnskey-protocol-4': keySet((rdatas, { keySigning }) => replaced(rdatas, keySigning.dnskey.rdata, [octetSet(keySigning.dnskey.rdata, 2, 4)])),
  'dnskey-zone-key-protocol-4': keySet((rdatas, { zoneSigning }) => replaced(rdatas, zoneSigning.dnskey.rdata, [octetSet(zoneSigning.dnskey.rdata, 2, 4)])),
  'dnskey-zone-key-revoked': keySet((rdatas, { zoneSigning }) => replaced(rdatas, zoneSigning.dnskey.rdata, [withFlags(zoneSigning, 0x0180).dnskey.rdata])),
  'dnskey-extra-unknown-algorithm': keySet((rdatas) => [...rdatas, Uint8Array.of(1, 0, 3, 200, 1, 2, 3, 4)]),
  'dnskey-extra-stranger': keySet((rdatas, _, { stranger }) => [...rdatas, stranger.dnskey.rdata]),
  'dnskey-extra-colliding': keySet((rdatas, { zoneSigning: { dnskey } }) => [...rdatas, concatBytes(dnskey.rdata.subarray(0, 4), dnskey.publicKey.subarray(2), dnskey.publicKey.subarray(0, 2))]),
  'dnskey-extra-unsigned': (response, tools) => editOne(response, tools, ({ type }) => type === RRTYPE.DNSKEY, (rrset) => [{ ...rrset, rdatas: [...rrset.rdatas, tools.stranger.dnskey.rdata] }]),
  'dnskey-flipped': keySet((rdatas, { keySigning }, { random }) => replaced(rdatas, keySigning.dnskey.rdata, [flipped(keySigning.dnskey.rdata, random, 8)])),
  'dnskey-signed-by-zone-key-only': (response, tools) => editOne(response, tools, ({ type }) => type === RRTYPE.DNSKEY, (rrset) => {
    const signed = resigned(rrset, tools, {}, keysOfOwner(rrset, tools)?.zoneSigning);
    return signed === null ? null : [signed];
  }),
  'dnskey-both-signatures': (response, tools) => editOne(response, tools, ({ type }) => type === RRTYPE.DNSKEY, (rrset) => {
    const keys = keysOfOwner(rrset, tools);
    if (keys === undefined) return null;
    const fields = { zone: keys.zone, inception: tools.now - 60, expiration: tools.now + 600 };
    return [{ ...rrset, signatures: [signRRset(rrset, keys.zoneSigning, fields), signRRset(rrset, keys.keySigning, fields)] }];
  }),
  'dnskey-refused': (response) => ({ ...response, rcode: 5, answer: [], authority: [] }),
  'dnskey-no-data': (response) => ({ ...response, answer: [] }),
  'dnskey-name-error': (response) => ({ ...response, rcode: 3, answer: [], authority: [] }),
  'dnskey-alias': (response) => ({ ...response, answer: [{ owner: response.question.name, type: RRTYPE.CNAME, class: 1, ttl: 300, rdatas: [ELSEWHERE], signatures: [] }] }),
};

/** The DS of the zone's key-signing key by another digest, or of another of its keys. */
const dsOf = (keys: ZoneKeys, digestType: number): Uint8Array => dsRdata(keys.zone, keys.keySigning.dnskey, digestType);

export const DS_KINDS: Readonly<Record<string, Kind>> = {
  'ds-signed-again': dsSet((rdatas) => rdatas),
  'ds-digest-flipped': dsSet(([first = new Uint8Array()], _, { random }) => [flipped(first, random, 4)]),
  'ds-digest-flipped-unsigned': (response, tools) => editOne(response, tools, ({ type }) => type === RRTYPE.DS, (rrset) => [{ ...rrset, rdatas: rrset.rdatas.map((rdata) => flipped(rdata, tools.random, 4)) }]),
  'ds-digest-cut': dsSet(([first = new Uint8Array()]) => [first.subarray(0, 20)]),
  'ds-unknown-digest': dsSet(([first = new Uint8Array()]) => [octetSet(first, 3, 77)]),
  'ds-unknown-algorithm': dsSet(([first = new Uint8Array()]) => [octetSet(first, 2, 77)]),
  'ds-other-algorithm': dsSet(([first = new Uint8Array()]) => [octetSet(first, 2, first[2] === 8 ? 13 : 8)]),
  'ds-other-tag': dsSet(([first = new Uint8Array()]) => [octetSet(first, 1, (first[1] as number) ^ 1)]),
  'ds-extra-unknown-digest': dsSet((rdatas) => [...rdatas, octetSet(rdatas[0] as Uint8Array, 3, 77)]),
  'ds-extra-unknown-algorithm': dsSet((rdatas) => [...rdatas, octetSet(rdatas[0] as Uint8Array, 2, 77)]),
  'ds-extra-bad': dsSet((rdatas, _, { random }) => [...rdatas, flipped(rdatas[0] as Uint8Array, random, 4)]),
  'ds-bad-beside-unknown': dsSet(([first = new Uint8Array()], _, { random }) => [flipped(first, random, 4), octetSet(first, 3, 77)]),
  'ds-sha1-only': dsSet((_, keys) => [dsOf(keys, 1)]),
  'ds-sha384-only': dsSet((_, keys) => [dsOf(keys, 4)]),
  'ds-sha1-beside-bad-sha256': dsSet(([first = new Uint8Array()], keys, { random }) => [dsOf(keys, 1), flipped(first, random, 4)]),
  'ds-sha384-beside-bad-sha256': dsSet(([first = new Uint8Array()], keys, { random }) => [dsOf(keys, 4), flipped(first, random, 4)]),
  'ds-of-zone-key': dsSet((_, { zone, zoneSigning }) => [dsRdata(zone, zoneSigning.dnskey)]),
  'ds-of-both-keys': dsSet((rdatas, { zone, zoneSigning }) => [...rdatas, dsRdata(zone, zoneSigning.dnskey)]),
  'ds-of-stranger': dsSet((_, { zone }, { stranger }) => [dsRdata(zone, stranger.dnskey)]),
  'ds-stripped': (response) => (response.answer.length === 0 ? null : { ...response, answer: [], authority: [] }),
  'ds-signed-by-child': (response, tools) => editOne(response, tools, ({ type }) => type === RRTYPE.DS, (rrset) => {
    const keys = keysOfOwner(rrset, tools);
    const signed = keys === undefined ? null : resigned(rrset, tools, { zone: keys.zone }, keys.zoneSigning);
    return signed === null ? null : [signed];
  }),
  'ds-denied-by-child-apex': (response, { others, keysOf }) => {
    const child = nameText(response.question.name);
    const apex = others.find(({ authority }) => authority.some(({ type, signatures: [first] }) => (type === RRTYPE.NSEC || type === RRTYPE.NSEC3) && first !== undefined && nameText(parseRrsig(first)?.signer ?? ELSEWHERE) === child));
    return apex === undefined || keysOf(response.question.name) === undefined ? null : { ...response, answer: [], authority: apex.authority };
  },
  'ds-alias': (response) => ({ ...response, answer: [{ owner: response.question.name, type: RRTYPE.CNAME, class: 1, ttl: 300, rdatas: [ELSEWHERE], signatures: [] }], authority: [] }),
  'ds-name-error': (response) => ({ ...response, rcode: 3, answer: [], authority: [] }),
};
