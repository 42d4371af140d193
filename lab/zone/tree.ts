/** The names of a zone: nodes with their RRsets, zone cuts, and what is hidden below them (RFC 1034 §4.2). */
import type { Name } from '../../core/dns/name.ts';
import { ancestor, compareNames, labelCount, lowerName, nameKey } from '../../core/dns/name.ts';
import type { ZoneRecord } from '../dns/response.ts';
import { DS, NS } from '../dns/rrtype.ts';
import type { UnsignedRRset } from './signer.ts';

/**
 * - `authoritative`: data of this zone, empty non-terminals included
 * - `cut`: a delegation point
 * - `glue`: below a cut; only addresses of name servers
 */
export type NodeKind = 'authoritative' | 'cut' | 'glue';

export interface Node {
  readonly owner: Name;
  readonly kind: NodeKind;
  readonly rrsets: ReadonlyMap<number, UnsignedRRset>;
}

/** Nodes in canonical order; every name between a record and the apex has one (RFC 4592 §2.2.2). */
export function zoneTree(apex: Name, records: readonly ZoneRecord[]): ReadonlyMap<string, Node> {
  const rrsets = new Map<string, { readonly owner: Name; readonly byType: Map<number, UnsignedRRset> }>();
  for (const record of records) {
    for (let above = 0; above <= labelCount(record.owner) - labelCount(apex); above += 1) {
      const owner = lowerName(ancestor(record.owner, above));
      if (!rrsets.has(nameKey(owner))) rrsets.set(nameKey(owner), { owner, byType: new Map() });
    }
    addRecord(rrsets.get(nameKey(record.owner))?.byType, record);
  }
  const ordered = [...rrsets.values()].sort((left, right) => compareNames(left.owner, right.owner));
  const isCut = (owner: Name): boolean => nameKey(owner) !== nameKey(apex) && rrsets.get(nameKey(owner))?.byType.has(NS) === true;
  return new Map(ordered.map(({ owner, byType }) => [nameKey(owner), { owner, kind: kindOf(owner, apex, isCut), rrsets: byType }]));
}

function addRecord(byType: Map<number, UnsignedRRset> | undefined, record: ZoneRecord): void {
  const before = byType?.get(record.type);
  byType?.set(record.type, {
    owner: lowerName(record.owner), type: record.type, ttl: before?.ttl ?? record.ttl, rdatas: [...(before?.rdatas ?? []), record.rdata],
  });
}

function kindOf(owner: Name, apex: Name, isCut: (name: Name) => boolean): NodeKind {
  const depth = labelCount(owner) - labelCount(apex);
  for (let above = 1; above < depth; above += 1) if (isCut(ancestor(owner, above))) return 'glue';
  return isCut(owner) ? 'cut' : 'authoritative';
}

/** RFC 4035 §2.2: of a delegation point only DS is signed, of glue nothing. */
export function isSigned(node: Node, type: number): boolean {
  return node.kind === 'authoritative' || (node.kind === 'cut' && type === DS);
}

/** What a bit map lists: of a delegation point NS and DS, not the addresses that happen to be there as glue (RFC 4035 §2.3). */
export function ownTypes(node: Node): number[] {
  return [...node.rrsets.keys()].filter((type) => node.kind !== 'cut' || type === NS || type === DS);
}
