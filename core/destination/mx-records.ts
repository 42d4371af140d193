/** MX RDATA (RFC 1035 §3.3.9). */
import { fromHex } from '../base/bytes.ts';
import type { Lookup } from '../dns/facts.ts';
import { nameText } from '../dns/name.ts';
import { plainName } from './look-up.ts';

export interface MxRecord {
  readonly name: string;
  readonly preference: number;
}

/** Least preference value first (RFC 5321 §5.1); equal ones by name, so that a run can be compared with another. */
export function mxRecords(lookup: Lookup): MxRecord[] {
  const records = lookup.records.filter(({ type }) => type === 'MX').map(({ rdata }) => readMx(fromHex(rdata)));
  return records.sort((left, right) => left.preference - right.preference || (left.name < right.name ? -1 : 1));
}

function readMx(rdata: Uint8Array): MxRecord {
  const preference = (rdata[0] ?? 0) * 256 + (rdata[1] ?? 0);
  return { preference, name: plainName(nameText(rdata.subarray(2))) };
}

/** One MX record whose exchange is the root: the domain accepts no mail (RFC 7505 §3). */
export const isNullMx = (records: readonly MxRecord[]): boolean => records.length === 1 && records[0]?.name === '.';
