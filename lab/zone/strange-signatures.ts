/** Signatures and DS records that do not hold, one of each kind, as they pile up where keys are changed by hand. Beside one that holds they do no harm (RFC 6840 §5.4). */
import { concatBytes } from '../../core/base/bytes.ts';
import type { Name } from '../../core/dns/name.ts';
import { parentName } from '../../core/dns/name.ts';
import type { ZoneKey } from './key.ts';
import { digestRdata, dsRdata } from './key.ts';
import type { UnsignedRRset, Validity } from './signer.ts';
import { signRRset } from './signer.ts';

const MONTH = 30 * 86_400;
const [RSASHA1, UNASSIGNED_ALGORITHM] = [5, 200];
const LABELS_AT = 3;
const SHA1_DIGEST = 1;
const SHA384_DIGEST = 4;
const UNASSIGNED_DIGEST = 250;

export interface StrangeKeys {
  readonly own: ZoneKey;
  /** in the zone, and revoked (RFC 5011 §2.1) */
  readonly revoked: ZoneKey;
  /** not in the zone */
  readonly foreign: ZoneKey;
}

export function strangeSignatures(rrset: UnsignedRRset, apex: Name, { own, revoked, foreign }: StrangeKeys, validity: Validity): Uint8Array[] {
  const shifted = (by: number): Validity => ({ inception: validity.inception + by, expiration: validity.inception + by + MONTH / 2 });
  const altered = (rdata: Uint8Array, at: number): Uint8Array => rdata.with(at, (rdata.at(at) as number) ^ 0x40);
  const usual = signRRset(rrset, apex, own, validity);
  return [
    signRRset(rrset, apex, own, shifted(-MONTH)), signRRset(rrset, apex, own, shifted(2 * MONTH)),
    altered(usual, usual.length - 1), altered(usual, LABELS_AT),
    signRRset(rrset, parentName(apex), own, validity), signRRset(rrset, apex, foreign, validity), signRRset(rrset, apex, revoked, validity),
    signRRset(rrset, apex, { ...own, algorithm: RSASHA1 }, validity), signRRset(rrset, apex, { ...own, algorithm: UNASSIGNED_ALGORITHM }, validity),
  ];
}

export function strangeDs(apex: Name, { own, revoked, foreign }: StrangeKeys): Uint8Array[] {
  const wrong = digestRdata(apex, own, 'sha384', SHA384_DIGEST);
  return [
    digestRdata(apex, own, 'sha1', SHA1_DIGEST), digestRdata(apex, own, 'sha256', UNASSIGNED_DIGEST), concatBytes(wrong.subarray(0, -1), Uint8Array.of((wrong.at(-1) as number) ^ 1)),
    dsRdata(apex, { ...own, algorithm: UNASSIGNED_ALGORITHM }), dsRdata(apex, foreign), dsRdata(apex, revoked),
  ];
}
