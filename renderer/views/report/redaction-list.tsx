/** What goes before the report is shown to others: each item with its count, kind by kind. */
import { REDACTION_KINDS, REDACTION_WORDS, type RedactionKind } from '../../../core/inspection/redaction-kinds.ts';
import type { RedactionItem } from '../../../core/inspection/redaction.ts';
import { Plain } from '../../text/plain.tsx';
import { redactKind, useReportChoice } from './report-choice.ts';

export function RedactionList({ items }: { readonly items: readonly RedactionItem[] }): React.ReactNode {
  return (
    <fieldset className="report-redaction">
      <legend>Left out</legend>
      {items.length === 0 ? <p className="quiet">This run tells nothing of you that we know how to find.</p> : null}
      {REDACTION_KINDS.map((kind) => <Kind key={kind} kind={kind} items={items.filter((item) => item.kind === kind)} />)}
    </fieldset>
  );
}

/** The first ones say enough; a console may have hundreds. */
const MOST = 50;

function Kind({ kind, items }: { readonly kind: RedactionKind; readonly items: readonly RedactionItem[] }): React.ReactNode {
  const isChosen = useReportChoice((state) => state.redaction[kind]);
  if (items.length === 0) return null;
  const total = items.reduce((sum, { count }) => sum + count, 0);
  return (
    <div className="report-kind">
      <label className="check"><input type="checkbox" checked={isChosen} onChange={(event) => redactKind(kind, event.target.checked)} /> {capital(REDACTION_WORDS[kind])} <span className="quiet">{times(total)}</span></label>
      <ul className={isChosen ? 'goes' : 'stays'}>
        {items.slice(0, MOST).map((item) => <li key={item.text}><code><Plain text={item.text} limit={200} /></code> <span className="quiet">{times(item.count)}, {isChosen ? <>becomes <code>{item.replacement}</code></> : 'stays'}</span></li>)}
        {items.length > MOST ? <li className="quiet">and {items.length - MOST} more</li> : null}
      </ul>
    </div>
  );
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const times = (count: number): string => (count === 1 ? 'once' : `${String(count)} times`);
