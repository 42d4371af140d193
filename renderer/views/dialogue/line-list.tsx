/** The lines as a list to walk; the newest line stays in sight while the run goes on, unless the reader scrolled away. */
import { useEffect, useMemo } from 'react';
import { itemOf } from '../../a11y/item-key.ts';
import { ListBox } from '../../a11y/list-box.tsx';
import { useRoving } from '../../a11y/roving.ts';
import { useWindow } from '../../a11y/use-window.ts';
import { useSession } from '../../session/session-store.ts';
import { LineRow } from './line-row.tsx';
import type { DialogueRow } from './model.ts';

/** rem; the style sheet has the same */
const ROW_HEIGHT = 1.375;

const rowPixels = (): number => ROW_HEIGHT * Number.parseFloat(getComputedStyle(document.documentElement).fontSize);

interface LineListProps {
  readonly rows: readonly DialogueRow[];
  readonly selected: DialogueRow | null;
  readonly choose: (row: DialogueRow) => void;
}

export function LineList({ rows, selected, choose }: LineListProps): React.ReactNode {
  const ids = useMemo(() => rows.map((row) => row.id), [rows]);
  const roving = useRoving({
    ids, entry: selected?.id ?? null,
    onMove: (id) => {
      const index = ids.indexOf(id);
      reveal(index);
      const row = rows[index];
      if (row !== undefined) choose(row);
    },
  });
  const { first, end, reveal } = useWindow(roving.container, rows.length, rowPixels());
  useSight(roving.container, rows, selected, reveal);
  if (rows.length === 0) return <NothingSaid />;
  return (
    <ListBox label="Lines" className="lines" roving={roving}>
      {first === 0 ? null : <div role="presentation" style={{ height: `${String(first * ROW_HEIGHT)}rem` }} />}
      {rows.slice(first, end).map((row, index) => (
        <LineRow key={row.id} row={row} position={first + index + 1} count={rows.length} selected={row === selected} roving={roving} choose={() => choose(row)} />
      ))}
      {end === rows.length ? null : <div role="presentation" style={{ height: `${String((rows.length - end) * ROW_HEIGHT)}rem` }} />}
    </ListBox>
  );
}

function NothingSaid(): React.ReactNode {
  const running = useSession((state) => state.running);
  const started = useSession((state) => state.target !== null);
  const words = running ? 'No connection yet.' : (started ? 'No connection was made.' : 'What is said to each server, and answered, stands here.');
  return <p className="section-note lines-empty">{words}</p>;
}

function useSight(list: HTMLElement | null, rows: readonly DialogueRow[], selected: DialogueRow | null, reveal: (index: number) => void): void {
  const running = useSession((state) => state.running);
  const count = rows.length;
  useEffect(() => {
    if (list !== null && running && selected === null) list.scrollTo({ top: list.scrollHeight });
  }, [list, count, running, selected]);
  useEffect(() => {
    if (selected === null) return;
    reveal(rows.indexOf(selected));
    itemOf(list, selected.id)?.scrollIntoView({ block: 'nearest' });
    // Only a new selection scrolls: lines that arrive must not pull the list about.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [selected?.id]);
}
