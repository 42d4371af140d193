/** What every kind of mutation is made of: one RRset chosen and changed, signed again or not. */
import { type Name, parseName } from '../../core/dns/name.ts';
import type { RRset } from '../../core/dns/record.ts';
import { RRTYPE } from '../../core/dns/rrtype.ts';
import { parseRrsig } from '../../core/dnssec/rrsig.ts';
import { type SignatureFields, type SigningKey, signRRset } from '../dnssec/signing-key.ts';
import type { Response } from './response.ts';
import type { ZoneKeys } from './signed-tree.ts';

export interface Asked {
  readonly name: Name;
  readonly type: number;
}

/** What a kind of mutation has at hand. `random(n)` gives 0 to n - 1, the same for the same seed. */
export interface Tools {
  readonly random: (below: number) => number;
  readonly asked: Asked;
  /** signed zones from the root down to the one around the asked name */
  readonly zones: readonly ZoneKeys[];
  /** seconds since 1970 */
  readonly now: number;
  /** genuine answers to other questions about the same zone */
  readonly others: readonly Response[];
  readonly stranger: SigningKey;
  readonly keysOf: (zone: Name) => ZoneKeys | undefined;
}

/** null where the kind does not apply to this response. */
export type Kind = (response: Response, tools: Tools) => Response | null;

/** Applies `edit` to one RRset of those that `eligible` takes; null where there is none. Dropped where the edit gives nothing. */
export function editOne(response: Response, tools: Tools, eligible: (rrset: RRset) => boolean, edit: (rrset: RRset) => readonly RRset[] | null): Response | null {
  const all = [...response.answer, ...response.authority].filter(eligible);
  const chosen = all[tools.random(Math.max(1, all.length))];
  const edited = chosen === undefined ? null : edit(chosen);
  if (edited === null) return null;
  const replace = (rrsets: readonly RRset[]): RRset[] => rrsets.flatMap((rrset) => (rrset === chosen ? edited : [rrset]));
  return { ...response, answer: replace(response.answer), authority: replace(response.authority) };
}

export const isSigned = (rrset: RRset): boolean => rrset.signatures.length > 0;

/** Signed anew by the key of the zone that signed it, with its Labels field and fresh times; `fields` say otherwise. */
export function resigned(rrset: RRset, tools: Tools, fields: Partial<SignatureFields> = {}, key?: SigningKey): RRset | null {
  const genuine = parseRrsig(rrset.signatures[0] ?? new Uint8Array());
  const zone = genuine === null ? undefined : tools.keysOf(genuine.signer);
  if (genuine === null || zone === undefined) return null;
  const own = rrset.type === RRTYPE.DNSKEY ? zone.keySigning : zone.zoneSigning;
  const window = { inception: tools.now - 3600, expiration: tools.now + 86_400 };
  const signature = signRRset(rrset, key ?? own, { zone: zone.zone, labels: genuine.labels, originalTtl: genuine.originalTtl, ...window, ...fields });
  return { ...rrset, signatures: [signature] };
}

/** One octet changed by one bit, somewhere from `start` on. */
export function flipped(octets: Uint8Array, random: (below: number) => number, start = 0): Uint8Array {
  const copy = Uint8Array.from(octets);
  if (copy.length <= start) return copy;
  const index = start + random(copy.length - start);
  copy[index] = (copy[index] as number) ^ (1 << random(8));
  return copy;
}

export const ELSEWHERE = parseName('elsewhere.invalid.');
