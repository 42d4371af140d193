/** Question × name server: what was asked of whom, what came back, and the message itself as dig prints it. */
import { useDeferredValue, useMemo } from 'react';
import { Grid } from '../../a11y/grid.tsx';
import { useFollow } from '../../a11y/use-follow.ts';
import { useRoving } from '../../a11y/roving.ts';
import { useSelection } from '../../selection/selection-store.ts';
import { useSession } from '../../session/session-store.ts';
import { counted } from '../../text/counted.ts';
import { Plain } from '../../text/plain.tsx';
import { useFilter } from '../../workbench/ui-store.ts';
import { RowGroups, rowCount } from '../row-groups.tsx';
import { ViewFilter } from '../view-filter.tsx';
import { AnswerLine } from './answer-line.tsx';
import { MessagePane } from './message-pane.tsx';
import { filteredQuestions, questions } from './model.ts';
import { serverMatrices } from './server-matrix.ts';
import { ServerMatrixTable } from './server-matrix-table.tsx';
import type { AnswerRow, Question } from './model.ts';

export function AnswersView(): React.ReactNode {
  const run = useDeferredValue(useSession((state) => state.run));
  const filter = useFilter('answers');
  const all = useMemo(() => questions(run), [run]);
  const shown = useMemo(() => filteredQuestions(all, filter), [all, filter]);
  const matrices = useMemo(() => serverMatrices(run), [run]);
  const claimed = useMemo(() => run.exchanges.some(({ zone, answer }) => zone === null && answer?.authenticatedData === true), [run]);
  const selected = useSelectedRow(shown);
  if (all.length === 0) return <p className="view-empty">What each name server answered to each question stands here.</p>;
  const differing = all.reduce((sum, one) => sum + one.rows.filter((row) => row.differs.length > 0).length, 0);
  return (
    <div className="answers-view">
      <div className="view-head">
        <h2>Answers <span className="quiet">{counted(all.length, 'question')}, {counted(run.exchanges.length, 'message')} sent{differing === 0 ? '' : `, ${String(differing)} ${differing === 1 ? 'answer differs' : 'answers differ'}`}</span></h2>
        <ViewFilter view="answers" label="Filter answers" />
      </div>
      {claimed ? <p className="section-note">ad is what the resolver claims of its answer: shown here, never trusted; signatures are checked by this program.</p> : null}
      {matrices.map((matrix) => <ServerMatrixTable key={matrix.zone} matrix={matrix} />)}
      {shown.length === 0 ? <p className="view-empty">Nothing of that name.</p> : <AnswerTable questions={shown} selected={selected} />}
      <MessagePane key={selected?.id ?? ''} row={selected} />
    </div>
  );
}

function AnswerTable({ questions: shown, selected }: { readonly questions: readonly Question[]; readonly selected: AnswerRow | null }): React.ReactNode {
  const select = useSelection((state) => state.select);
  const rows = useMemo(() => shown.flatMap((one) => one.rows), [shown]);
  const ids = useMemo(() => rows.map((row) => row.id), [rows]);
  const choose = (id: string): void => {
    const row = rows.find((one) => one.id === id);
    if (row !== undefined) select(row.subject, row.exchange.seq);
  };
  const roving = useRoving({ ids, entry: selected?.id ?? null, onMove: choose });
  useFollow(roving.container, selected?.id ?? null);
  return (
    <div className="answers-scroll">
      <Grid label="Answers of the name servers" className="answers" rows={rowCount(shown)} roving={roving}>
        <thead><tr><th scope="col">Name server</th><th scope="col">Result</th><th scope="col">Flags</th><th scope="col">Octets</th><th scope="col">Took</th><th scope="col">Over</th><th scope="col">Difference</th></tr></thead>
        <RowGroups<AnswerRow, Question>
          groups={shown} roving={roving} selected={selected?.id ?? null} scroller=".answers-scroll"
          renderTitle={(question, rowIndex) => <QuestionLine question={question} rowIndex={rowIndex} />}
          renderRow={(row, rowIndex) => <AnswerLine row={row} rowIndex={rowIndex} selected={row === selected} roving={roving} choose={() => choose(row.id)} />}
        />
      </Grid>
    </div>
  );
}

function QuestionLine({ question: { title, zone }, rowIndex }: { readonly question: Question; readonly rowIndex: number }): React.ReactNode {
  const whose = zone === null ? 'forwarder' : <>servers of <Plain text={zone} limit={253} /></>;
  return <tr className="answers-question" aria-rowindex={rowIndex}><th colSpan={7} scope="rowgroup"><Plain text={title} limit={300} mono /> <span className="quiet">{whose}</span></th></tr>;
}

/** The message of the selected event; else the last that was sent about the selected RRset. */
function useSelectedRow(shown: readonly Question[]): AnswerRow | null {
  const selection = useSelection((state) => state.selection);
  return useMemo(() => {
    if (selection === null) return null;
    const rows = shown.flatMap((one) => one.rows);
    const { event, subject } = selection;
    return rows.find((row) => event !== null && (row.exchange.seq === event || row.exchange.answer?.seq === event)) ?? rows.findLast((row) => row.subject.toLowerCase() === subject.toLowerCase()) ?? null;
  }, [shown, selection]);
}
