/** NSEC records (RFC 4034 §4): type bit maps, and the span that a record denies. */
import { type Name, compareNames, sameName } from '../dns/name.ts';
import { RRTYPE } from '../dns/rrtype.ts';
import { nameAt } from './rdata-name.ts';

/** The types of a bit map (RFC 4034 §4.1.2). */
export type TypeSet = ReadonlySet<number>;

export interface Nsec {
  readonly owner: Name;
  readonly next: Name;
  readonly types: TypeSet;
}

/** null where the next name or the bit map is malformed. */
export function parseNsec(owner: Name, rdata: Uint8Array): Nsec | null {
  const next = nameAt(rdata, 0);
  const types = next === null ? null : parseTypeBitMap(rdata.subarray(next.length));
  return next === null || types === null ? null : { owner, next, types };
}

/** Whether the record says that the name, one of the zone, does not exist or is an empty non-terminal. `zone` is the apex. */
export function nsecCovers({ owner, next }: Nsec, name: Name, zone: Name): boolean {
  if (compareNames(owner, name) >= 0) return false;
  // RFC 4034 §4.1.1: the last record of the chain names the apex.
  return sameName(next, zone) || compareNames(name, next) < 0;
}

/** The parent side of a zone cut: NS without SOA (RFC 6840 §4.1). */
export function isDelegation(types: TypeSet): boolean {
  return types.has(RRTYPE.NS) && !types.has(RRTYPE.SOA);
}

/** null for windows out of order, empty or over-long blocks (RFC 4034 §4.1.2). */
export function parseTypeBitMap(bytes: Uint8Array): TypeSet | null {
  const types = new Set<number>();
  let lastWindow = -1;
  for (let offset = 0; offset < bytes.length; ) {
    const window = bytes[offset] as number;
    const length = bytes[offset + 1] ?? 0;
    if (window <= lastWindow || length === 0 || length > 32 || offset + 2 + length > bytes.length) return null;
    addWindow(types, window, bytes.subarray(offset + 2, offset + 2 + length));
    lastWindow = window;
    offset += 2 + length;
  }
  return types;
}

function addWindow(types: Set<number>, window: number, bitMap: Uint8Array): void {
  for (const [index, octet] of bitMap.entries()) {
    for (let bit = 0; bit < 8; bit += 1) {
      if ((octet & (0x80 >> bit)) !== 0) types.add(window * 256 + index * 8 + bit);
    }
  }
}
