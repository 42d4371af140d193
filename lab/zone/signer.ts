/** Makes RRSIG records. Independent of the validator, whose test oracle it is. */
import { compareBytes, concatBytes } from '../../core/base/bytes.ts';
import type { Name } from '../../core/dns/name.ts';
import { isWildcard, labelCount, lowerName } from '../../core/dns/name.ts';
import { canonicalForm, uint16, uint32 } from '../dns/rdata.ts';
import { CLASS_IN, DNSKEY } from '../dns/rrtype.ts';
import type { ZoneKey } from './key.ts';

export interface Validity {
  /** seconds since 1970 */
  readonly inception: number;
  readonly expiration: number;
}

export interface UnsignedRRset {
  readonly owner: Name;
  readonly type: number;
  readonly ttl: number;
  readonly rdatas: readonly Uint8Array[];
}

/** Keys of the zone by what they sign: with a KSK and a ZSK only the KSK signs the DNSKEY RRset; a lone key signs all. */
export function signingKeys(keys: readonly ZoneKey[], type: number): readonly ZoneKey[] {
  const able = type === DNSKEY ? keys : keys.filter((key) => key.revoked !== true);
  const wanted = able.filter((key) => key.secureEntryPoint === (type === DNSKEY));
  return wanted.length > 0 ? wanted : able;
}

/** RDATA of the RRSIG over the RRset (RFC 4034 §3.1, §3.1.8.1). */
export function signRRset(rrset: UnsignedRRset, signer: Name, key: ZoneKey, validity: Validity): Uint8Array {
  const head = concatBytes(
    uint16(rrset.type), Uint8Array.of(key.algorithm, signedLabels(rrset.owner)), uint32(rrset.ttl),
    uint32(validity.expiration), uint32(validity.inception), uint16(key.tag), lowerName(signer),
  );
  return concatBytes(head, key.sign(concatBytes(head, ...canonicalRecords(rrset))));
}

/** RFC 4034 §3.1.3: neither the root label nor a leading asterisk counts. */
function signedLabels(owner: Name): number {
  return labelCount(owner) - (isWildcard(owner) ? 1 : 0);
}

function canonicalRecords(rrset: UnsignedRRset): Uint8Array[] {
  const owner = lowerName(rrset.owner);
  const rdatas = rrset.rdatas.map((rdata) => canonicalForm(rrset.type, rdata)).sort(compareBytes);
  return rdatas.map((rdata) =>
    concatBytes(owner, uint16(rrset.type), uint16(CLASS_IN), uint32(rrset.ttl), uint16(rdata.length), rdata));
}
