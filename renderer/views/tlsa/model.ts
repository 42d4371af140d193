/** TLSA records against the depths of the presented chain: what was compared, what matched, and why not. */
import { tlsaSubject } from '../../../core/base/subject.ts';
import type { SubjectId } from '../../../core/base/subject.ts';
import { comparisonEnding } from '../../../core/dane/comparison-words.ts';
import type { Comparison } from '../../../core/dane/facts.ts';
import type { DestinationHost, TlsaRecord } from '../../../core/destination/facts.ts';
import type { EndpointState, Run } from '../../../core/inspection/run.ts';
import type { Status } from '../../status/vocabulary.ts';
import { matchingName, selectorName, usageName } from '../../text/dns-numbers.ts';

export interface GridCell {
  readonly id: string;
  readonly status: Status;
  readonly help: string;
  readonly authenticates: boolean;
  /** `seq` of the comparison; null where none was made */
  readonly event: number | null;
}

export interface GridRow {
  readonly record: TlsaRecord;
  readonly subject: SubjectId;
  /** `3 1 1` */
  readonly numbers: string;
  /** `DANE-EE(3) SPKI(1) SHA2-256(1)` */
  readonly words: string;
  readonly authenticates: boolean;
  readonly cells: readonly GridCell[];
}

export interface TlsaGrid {
  /** `depth 0`, `depth 1`; then `in DNS` where a record was compared with no certificate of the chain */
  readonly columns: readonly string[];
  /** sha256 of each column's certificate; null for `in DNS` */
  readonly certificates: readonly (string | null)[];
  readonly rows: readonly GridRow[];
}

export function tlsaGrid(run: Run, host: DestinationHost, endpoint: EndpointState | null): TlsaGrid {
  const chain = endpoint?.verdict.chain ?? [];
  const comparisons = endpoint?.comparisons ?? [];
  const withoutCertificate = comparisons.some((one) => one.depth === null && one.reason.code !== 'not-usable' && one.reason.code !== 'usage-not-usable');
  const depths: readonly (number | null)[] = [...chain.keys(), ...(withoutCertificate ? [null] : [])];
  return {
    columns: depths.map((depth) => (depth === null ? 'in DNS' : `depth ${String(depth)}`)),
    certificates: depths.map((depth) => (depth === null ? null : (chain[depth] ?? null))),
    rows: host.records.map((record) => gridRow({ run, host, record, depths, endpoint })),
  };
}

interface RowParts {
  readonly run: Run;
  readonly host: DestinationHost;
  readonly record: TlsaRecord;
  readonly depths: readonly (number | null)[];
  readonly endpoint: EndpointState | null;
}

function gridRow({ host, record, depths, endpoint }: RowParts): GridRow {
  const matched = endpoint?.verdict.matched ?? null;
  const cells = depths.map((depth): GridCell => {
    const comparison = endpoint?.comparisons.find((one) => one.record === record.index && one.depth === depth);
    const authenticates = matched !== null && matched.record === record.index && matched.depth === depth;
    const refused = endpoint?.verdict.outcome === 'refused';
    return { id: `${String(record.index)}/${String(depth)}`, authenticates, event: comparison?.seq ?? null, ...judged(comparison, record, { refused, authenticates }) };
  });
  return {
    record, cells, subject: tlsaSubject(host.name, record.index), numbers: recordNumbers(record), words: recordWords(record),
    authenticates: matched?.record === record.index,
  };
}

export const recordNumbers = (record: TlsaRecord): string => `${String(record.usage)} ${String(record.selector)} ${String(record.matchingType)}`;
export const recordWords = (record: TlsaRecord): string => `${usageName(record.usage)} ${selectorName(record.selector)} ${matchingName(record.matchingType)}`;

/** A record that differs is red only where the endpoint is refused: of current and next, one need not match. */
export function judged(comparison: Comparison | undefined, record: TlsaRecord, { refused, authenticates }: { refused: boolean; authenticates: boolean }): Pick<GridCell, 'status' | 'help'> {
  if (comparison === undefined) {
    return { status: { sign: 'dash', tone: 'pending', word: 'not compared' }, help: record.reason?.text ?? 'not compared with this certificate' };
  }
  const { reason } = comparison;
  const { kind, words } = comparisonEnding(comparison);
  const help = reason.rfc === null ? reason.text : `${reason.text} (${reason.rfc})`;
  switch (kind) {
    case 'matches': return { status: { sign: 'check', tone: 'secure', word: authenticates ? 'matches and authenticates' : words }, help };
    case 'not-compared': return { status: { sign: 'dash', tone: 'pending', word: words }, help };
    case 'fits-but': case 'differs': return { status: { sign: 'cross', tone: refused ? 'bogus' : 'pending', word: words }, help };
  }
}
