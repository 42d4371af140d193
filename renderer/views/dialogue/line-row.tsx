import { Option } from '../../a11y/list-box.tsx';
import type { Roving } from '../../a11y/roving.ts';
import { Plain } from '../../text/plain.tsx';
import type { DialogueRow } from './model.ts';

interface LineRowProps {
  readonly row: DialogueRow;
  readonly position: number;
  readonly count: number;
  readonly selected: boolean;
  readonly roving: Roving;
  readonly choose: () => void;
}

export function LineRow({ row, ...rest }: LineRowProps): React.ReactNode {
  if (row.kind === 'band') return <Option id={row.id} {...rest} className={row.protected ? 'band protected' : 'band'}><span><Plain text={row.text} /></span></Option>;
  return (
    <Option id={row.id} {...rest} className={`line line-${row.kind}${row.protected ? ' protected' : ''}${row.unexpected ? ' unexpected' : ''}`} title={row.hint}>
      <span className="line-time">{row.time}</span>
      <span className="line-difference">{row.difference}</span>
      <span className="line-prefix">{row.prefix}</span>
      <span className="line-text"><Plain text={row.text} /></span>
      <span className="for-screen-reader">{row.hint}</span>
    </Option>
  );
}
