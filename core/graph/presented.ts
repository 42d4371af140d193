/** What an endpoint presents, as lines below it in a tree: certificates by depth, issuers that were not sent, anchors that were looked for in vain. Words and bounds are the graph's. */
import { certificateSubject, tlsaSubject, type SubjectId } from '../base/subject.ts';
import { comparisonEnding } from '../dane/comparison-words.ts';
import type { Comparison, Outcome } from '../dane/facts.ts';
import type { EndpointState, Run } from '../inspection/run.ts';
import type { GraphStatus } from './graph-facts.ts';
import { comparisonLook, NOT_PRESENTED } from './graph-status.ts';
import { certificateLines, MAXIMUM_DEPTH, missingIssuerOf } from './server-nodes.ts';

export interface Presented {
  /** of its own below the endpoint */
  readonly id: string;
  readonly subject: SubjectId;
  readonly status: GraphStatus;
  readonly title: string;
  readonly detail: string;
}

export function presentedBy(run: Run, endpoint: EndpointState): readonly Presented[] {
  const told = endpoint.verdict.chain.slice(0, MAXIMUM_DEPTH);
  return [...told.flatMap((_, depth) => certificatesAt(run, endpoint, depth)), ...missingAnchors(endpoint)];
}

/** As presented; after a certificate whose issuer was not sent, the issuer. */
function certificatesAt(run: Run, { verdict: { chain, outcome }, comparisons }: EndpointState, depth: number): readonly Presented[] {
  const sha256 = chain[depth] ?? '';
  const [place, title, ...rest] = certificateLines(run.certificates[sha256], sha256, depth);
  const compared = comparisons.filter((one) => one.certificate === sha256 && (one.depth === null || one.depth === depth));
  const missing = missingIssuerOf(run, chain, depth);
  const subject = certificateSubject(sha256);
  return [
    { id: `certificate ${String(depth)}`, subject, status: certificateStatus(compared, outcome), title, detail: [place, ...rest, ...compared.flatMap(fitWords)].join(' · ') },
    ...(missing === null ? [] : [{ id: `issuer ${String(depth)}`, subject, status: NOT_PRESENTED, title: missing.issuer, detail: `issuer of depth ${String(depth)}` }]),
  ];
}

/** An anchor that a record names and that was looked for in vain has no certificate. */
function missingAnchors({ verdict, comparisons }: EndpointState): readonly Presented[] {
  const records = new Map(comparisons.filter(({ certificate, reason }) => certificate === null && reason.code === 'anchor-not-sent').map((one) => [one.record, one]));
  return [...records].map(([record, { reason }]) => ({
    id: `anchor ${String(record)}`, subject: tlsaSubject(verdict.host, record), status: NOT_PRESENTED, title: `trust anchor of record ${String(record + 1)}`, detail: reason.text,
  }));
}

const RANK = ['matches', 'fits-but', 'differs', 'not-compared'] as const;

/** What tells most of it; where no record was held against it, only that it was presented. */
function certificateStatus(compared: readonly Comparison[], outcome: Outcome): GraphStatus {
  const [first] = RANK.flatMap((kind) => compared.find((one) => comparisonEnding(one).kind === kind) ?? []);
  return first === undefined ? { code: 'plain', sign: '○', word: 'presented' } : comparisonLook(first, outcome).status;
}

/** `record 2 fits, but expired` */
function fitWords(comparison: Comparison): string[] {
  const { kind, words } = comparisonEnding(comparison);
  return kind === 'matches' || kind === 'fits-but' ? [`record ${String(comparison.record + 1)} ${words}`] : [];
}
