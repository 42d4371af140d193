/** TLSA records against the depths of the presented chain: what was compared, what matched, and why not. */
import { tlsaSubject } from '../../../core/base/subject.ts';
import type { SubjectId } from '../../../core/base/subject.ts';
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
    return { id: `${String(record.index)}/${String(depth)}`, authenticates, ...judged(comparison, record, { refused, authenticates }) };
  });
  return {
    record, cells, subject: tlsaSubject(host.name, record.index), numbers: recordNumbers(record), words: recordWords(record),
    authenticates: matched?.record === record.index,
  };
}

export const recordNumbers = (record: TlsaRecord): string => `${String(record.usage)} ${String(record.selector)} ${String(record.matchingType)}`;
export const recordWords = (record: TlsaRecord): string => `${usageName(record.usage)} ${selectorName(record.selector)} ${matchingName(record.matchingType)}`;

const COMPARED: ReadonlySet<Comparison['reason']['code']> = new Set(['digest-differs', 'data-differs', 'name-mismatch', 'expired', 'not-yet-valid', 'path-invalid', 'sent-but-not-an-issuer'] as const);

/** The record names this certificate; what else is asked of an anchor does not hold (RFC 7672 §3.1.2). Another record would not mend it. */
const FITS_BUT: { readonly [Code in Comparison['reason']['code']]?: string } = {
  expired: 'fits, but expired', 'not-yet-valid': 'fits, but not valid yet', 'name-mismatch': 'fits, but names differ', 'path-invalid': 'fits, but the path does not hold', 'sent-but-not-an-issuer': 'fits, but issued nothing here',
};

/** In words; null where the record and the certificate do not fit each other. */
export const fitsBut = ({ matched, depth, reason }: Comparison): string | null => (matched || depth === null ? null : FITS_BUT[reason.code] ?? null);

/** A record that differs is red only where the endpoint is refused: of current and next, one need not match. */
export function judged(comparison: Comparison | undefined, record: TlsaRecord, { refused, authenticates }: { refused: boolean; authenticates: boolean }): Pick<GridCell, 'status' | 'help'> {
  if (comparison === undefined) {
    return { status: { sign: 'dash', tone: 'pending', word: 'not compared' }, help: record.reason?.text ?? 'not compared with this certificate' };
  }
  const { reason, matched } = comparison;
  const help = reason.rfc === null ? reason.text : `${reason.text} (${reason.rfc})`;
  if (matched) return { status: { sign: 'check', tone: 'secure', word: authenticates ? 'matches and authenticates' : 'matches' }, help };
  if (!COMPARED.has(reason.code)) return { status: { sign: 'dash', tone: 'pending', word: 'not compared' }, help };
  return { status: { sign: 'cross', tone: refused ? 'bogus' : 'pending', word: fitsBut(comparison) ?? 'does not match' }, help };
}
