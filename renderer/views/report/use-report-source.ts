/** The run of the tab as the report shows it: without what is left out, its trust graph laid out. */
import { useEffect, useMemo, useState } from 'react';
import type { RedactionItem } from '../../../core/inspection/redaction.ts';
import { useSession } from '../../session/session-store.ts';
import { usePlacedGraph } from '../trust/use-placed-graph.ts';
import type { ReportSource } from './model.ts';
import { prepareReport, type PreparedRun } from './prepare-report.ts';
import { useReportChoice } from './report-choice.ts';

export interface PreparedReport {
  /** null as long as it is worked out, and its trust graph laid out */
  readonly source: ReportSource | null;
  /** null as long as they are looked for; what is found is the same whatever is chosen */
  readonly items: readonly RedactionItem[] | null;
}

export function useReportSource(): PreparedReport {
  const sections = useReportChoice((state) => state.sections);
  const { prepared, isCurrent } = usePrepared();
  const laidOut = usePlacedGraph(prepared?.graph ?? null);
  const placed = laidOut === 'failed' ? null : laidOut;
  // An older graph stays until the newer one is there; it is another run's.
  const isWaiting = !isCurrent || laidOut === null || (placed !== null && placed.graph !== prepared?.graph);
  const source = useMemo(() => (prepared === null || isWaiting ? null : { events: prepared.left.events, run: prepared.run, findings: prepared.findings, placed, sections }), [prepared, isWaiting, placed, sections]);
  return { source, items: prepared?.left.items ?? null };
}

function usePrepared(): { readonly prepared: PreparedRun | null; readonly isCurrent: boolean } {
  const events = useSession((state) => state.events);
  const isCut = useSession((state) => state.whole.state === 'stopped');
  const redaction = useReportChoice((state) => state.redaction);
  const [prepared, setPrepared] = useState<PreparedRun | null>(null);
  useEffect(() => {
    let isOver = false;
    const prepare = async (): Promise<void> => {
      try {
        const made = await prepareReport(events, redaction, { isCut, isOver: () => isOver });
        if (made !== null && !isOver) setPrepared(made);
      } catch (error) {
        // As if it had been thrown while drawing: the view tells it.
        setPrepared(() => { throw error; });
      }
    };
    void prepare();
    return () => { isOver = true; };
  }, [events, redaction, isCut]);
  const own = prepared?.from === events ? prepared : null;
  return { prepared: own, isCurrent: own !== null && own.choice === redaction && own.isCut === isCut };
}
