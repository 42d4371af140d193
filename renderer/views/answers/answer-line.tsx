import { plainText } from '../../../core/base/plain-text.ts';
import { RowHeader } from '../../a11y/grid.tsx';
import type { Roving } from '../../a11y/roving.ts';
import { Mark } from '../../status/mark.tsx';
import { OUTCOMES } from '../../status/vocabulary.ts';
import { Plain } from '../../text/plain.tsx';
import { duration } from '../../text/time.ts';
import type { AnswerRow } from './model.ts';

interface AnswerLineProps {
  readonly row: AnswerRow;
  readonly rowIndex: number;
  readonly selected: boolean;
  readonly roving: Roving;
  readonly choose: () => void;
}

export function AnswerLine({ row, rowIndex, selected, roving, choose }: AnswerLineProps): React.ReactNode {
  const { exchange: { answer, transport } } = row;
  return (
    <tr className={selected ? 'answers-row current' : 'answers-row'} aria-rowindex={rowIndex} aria-selected={selected} onClick={choose}>
      <RowHeader id={row.id} roving={roving} className="row-name" choose={choose}>
        <Plain text={row.server} limit={120} mono />
      </RowHeader>
      <td data-label="Result">{row.failed ? <Mark status={{ ...OUTCOMES['lookup-failed'], word: plainText(row.result, 60) }} /> : <Plain text={row.result} limit={60} />}</td>
      <td className="mono" data-label="Flags">{row.flags}</td>
      <td className="number" data-label="Octets">{answer?.size ?? ''}</td>
      <td className="number" data-label="Took">{answer === null ? '' : duration(answer.rttMs)}</td>
      <td data-label="Over">{transport.toUpperCase()}</td>
      <td data-label="Difference" className={row.differs.length === 0 ? 'nothing' : undefined}>{row.differs.length === 0 ? '' : <Mark status={{ ...OUTCOMES['not-determined'], word: `differs: ${row.differs.join(', ')}` }} />}</td>
    </tr>
  );
}
