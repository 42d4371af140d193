/** Records that match what an endpoint presents now, ready for a zone file: the leaf by DANE-EE(3), an authority by DANE-TA(2). */
import type { DestinationHost } from '../../../core/destination/facts.ts';
import type { EndpointState, Run } from '../../../core/inspection/run.ts';

export interface OfferedRecord {
  readonly depth: number;
  /** `3 1 1` */
  readonly numbers: string;
  readonly data: string;
  /** a line of a zone file */
  readonly line: string;
  readonly published: boolean;
  /** what a person must know before it is published */
  readonly note: string;
}

/**
 * RFC 7672 §3.1.1 and §3.1.2; SPKI(1) and SHA2-256(1), as RFC 7671 §5.1 and §9 would have it. What is no authority is offered nothing
 * above the leaf: no path can end at it.
 */
export function recordsThatMatch(run: Run, host: DestinationHost, owner: string, endpoint: EndpointState | null): readonly OfferedRecord[] {
  if (endpoint === null || endpoint.verdict.host !== host.name) return [];
  return endpoint.verdict.chain.flatMap((sha256, depth) => {
    const certificate = run.certificates[sha256];
    if (certificate === undefined || certificate.malformed !== null || (depth > 0 && !certificate.isCa)) return [];
    const usage = depth === 0 ? 3 : 2;
    const data = certificate.spkiSha256;
    const published = host.records.some((record) => record.usage === usage && record.selector === 1 && record.matchingType === 1 && record.data.toLowerCase() === data.toLowerCase());
    return [{
      depth, data, published, numbers: `${String(usage)} 1 1`, line: `${owner.endsWith('.') ? owner : `${owner}.`} IN TLSA ${String(usage)} 1 1 ${data}`,
      note: depth === 0 ? 'holds while the key stays the same' : 'holds while this issuer is sent with the chain; names and dates count',
    }];
  });
}

/** RFC 7671 §9: of the digests of one usage and selector only the strongest counts. */
export function agilityNotes(endpoint: EndpointState | null): readonly string[] {
  const passed = endpoint?.comparisons.filter(({ reason }) => reason.code === 'ignored-by-agility') ?? [];
  return [...new Map(passed.map(({ record, reason }) => [record, `Record ${String(record + 1)}: ${reason.text}`])).values()];
}
