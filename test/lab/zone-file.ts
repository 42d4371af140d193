/** Writes a lab zone as a zone file in the form of RFC 3597 §5, for the tools of others. */
import { toHex } from '../../core/base/bytes.ts';
import { nameText } from '../../core/dns/name.ts';
import { recordsOf } from '../../lab/zone/rrset.ts';
import type { Zone } from '../../lab/zone/zone.ts';

export function zoneFile(zone: Zone): string {
  const records = zone.all().flatMap((rrset) => recordsOf(rrset, { dnssecOk: true }));
  const isApexSoa = (type: number): boolean => type === 6;
  const ordered = [...records.filter((record) => isApexSoa(record.type)), ...records.filter((record) => !isApexSoa(record.type))];
  return ordered.map((record) => {
    const owner = nameText(record.owner);
    return `${owner === '.' ? '.' : `${owner}.`} ${String(record.ttl)} IN TYPE${String(record.type)} \\# ${String(record.rdata.length)} ${toHex(record.rdata)}\n`;
  }).join('');
}
