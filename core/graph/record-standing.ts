/** What a TLSA record comes to over the endpoints of its host: the graph, its tree in the window and that of reports say the same. */
import type { DestinationHost, TlsaRecord } from '../destination/facts.ts';
import type { Run } from '../inspection/run.ts';
import { sameName } from './graph-builder.ts';
import type { GraphStatus } from './graph-facts.ts';
import { recordLook } from './graph-status.ts';

export interface RecordStanding {
  readonly status: GraphStatus;
  /** SHA-256 of each certificate that it matches, with its depth; null for one that is in DNS alone */
  readonly matched: ReadonlyMap<string, number | null>;
}

export function recordStanding(run: Run, host: DestinationHost, record: TlsaRecord): RecordStanding {
  const own = run.endpoints.filter(({ verdict }) => sameName(verdict.host, host.name))
    .flatMap(({ verdict, comparisons }) => comparisons.filter((one) => one.record === record.index).map((comparison) => ({ comparison, outcome: verdict.outcome })));
  const comparisons = own.map(({ comparison }) => comparison);
  const matched = comparisons.flatMap(({ matched: isMatch, certificate, depth }) => (isMatch && certificate !== null ? [[certificate, depth] as const] : []));
  // RFC 7671 §8.1: of current and next one need not match. It is at fault only where an endpoint that it was held against is refused.
  return { status: recordLook(record, comparisons, own.some(({ outcome }) => outcome === 'refused')), matched: new Map(matched) };
}
