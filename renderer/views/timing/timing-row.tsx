import { useMemo } from 'react';
import { RowHeader } from '../../a11y/grid.tsx';
import { seenTip } from '../../a11y/tip.ts';
import type { Roving } from '../../a11y/roving.ts';
import { Mark } from '../../status/mark.tsx';
import { OUTCOMES } from '../../status/vocabulary.ts';
import { Plain } from '../../text/plain.tsx';
import { duration } from '../../text/time.ts';
import type { Strip, TimingBar, TimingGroup } from './model.ts';
import { strips, ticks } from './model.ts';

interface TimingRowProps {
  readonly bar: TimingBar;
  readonly rowIndex: number;
  /** ms of the axis */
  readonly length: number;
  readonly selected: boolean;
  readonly roving: Roving;
  readonly choose: () => void;
}

const FAILED = { ...OUTCOMES.refused, word: 'failed' };

export function TimingRow({ bar, rowIndex, length, selected, roving, choose }: TimingRowProps): React.ReactNode {
  return (
    <tr className={selected ? 'waterfall-row current' : 'waterfall-row'} aria-rowindex={rowIndex} aria-selected={selected} onClick={choose} {...seenTip(`${bar.title}: ${bar.note}`)}>
      <RowHeader id={bar.id} roving={roving} className="row-name" choose={choose}>
        {bar.state === 'failed' ? <Mark status={FAILED} wordless /> : null} <Plain text={bar.title} limit={300} />
      </RowHeader>
      <td className="number">{duration(bar.start)}</td>
      <td className="number">{duration(bar.length)}</td>
      <BarCell bars={[bar]} length={length}><Plain text={bar.note} limit={300} /></BarCell>
    </tr>
  );
}

/** All of a group on one line: where its time went, at a glance. */
export function GroupRow({ group, rowIndex, length }: { readonly group: TimingGroup; readonly rowIndex: number; readonly length: number }): React.ReactNode {
  const { failed, bars } = useMemo(() => ({ failed: group.rows.filter((bar) => bar.state === 'failed').length, bars: strips(group.rows) }), [group]);
  return (
    <tr className="waterfall-group" aria-rowindex={rowIndex}>
      <th scope="rowgroup"><Plain text={group.title} limit={300} /></th>
      <td className="number">{duration(group.start)}</td>
      <td className="number">{duration(group.length)}</td>
      <BarCell bars={bars} length={length}>{failed === 0 ? null : `${String(failed)} failed`}</BarCell>
    </tr>
  );
}

interface BarCellProps {
  readonly bars: readonly Strip[];
  /** ms of the axis */
  readonly length: number;
  /** the same in words */
  readonly children: React.ReactNode;
}

function BarCell({ bars, length, children }: BarCellProps): React.ReactNode {
  const percent = (ms: number): string => `${String((Math.max(0, Math.min(ms, length)) / length) * 100)}%`;
  const second = ticks(length)[1] ?? length;
  return (
    <td className="bar-cell" style={{ backgroundSize: `${String((second / length) * 100)}% 100%` }}>
      {bars.map((bar) => <span key={bar.id} className={`bar bar-${bar.kind} bar-${bar.state}`} aria-hidden="true" style={{ left: percent(bar.start), width: percent(bar.length) }} />)}
      <span className="for-screen-reader">{children}</span>
    </td>
  );
}
