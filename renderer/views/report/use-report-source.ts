/** The run of the tab as the report shows it: without what is left out, its trust graph laid out. */
import { useMemo } from 'react';
import { assess } from '../../../core/findings/assess.ts';
import { trustGraph } from '../../../core/graph/trust-graph.ts';
import { fold } from '../../../core/inspection/fold.ts';
import { redact, type RedactionItem } from '../../../core/inspection/redaction.ts';
import { useSession } from '../../session/session-store.ts';
import { usePlacedGraph } from '../trust/use-placed-graph.ts';
import type { ReportSource } from './model.ts';
import { useReportChoice } from './report-choice.ts';

export interface PreparedReport {
  readonly source: ReportSource;
  readonly items: readonly RedactionItem[];
  /** the trust graph is still being laid out */
  readonly isWaiting: boolean;
}

export function useReportSource(): PreparedReport {
  const events = useSession((state) => state.events);
  const redaction = useReportChoice((state) => state.redaction);
  const sections = useReportChoice((state) => state.sections);
  const left = useMemo(() => redact(events, redaction), [events, redaction]);
  const run = useMemo(() => fold(left.events), [left]);
  const findings = useMemo(() => assess(run), [run]);
  const graph = useMemo(() => trustGraph(run), [run]);
  const laidOut = usePlacedGraph(graph);
  const placed = laidOut === 'failed' ? null : laidOut;
  // An older graph stays until the newer one is there; it is another run's.
  const isWaiting = laidOut === null || (placed !== null && placed.graph !== graph);
  const source = useMemo(() => ({ events: left.events, run, findings, placed: isWaiting ? null : placed, sections }), [left, run, findings, placed, isWaiting, sections]);
  return { source, items: left.items, isWaiting };
}
