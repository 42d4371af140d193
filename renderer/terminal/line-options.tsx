/**
 * What the terminal shows, for keyboard and screen reader: a list of options, of which those around the current one are in the
 * document. It is not seen; the terminal, which is, has no roles at all.
 */
import { useMemo } from 'react';
import { ListBox, Option } from '../a11y/list-box.tsx';
import { useRoving } from '../a11y/roving.ts';
import { Plain } from '../text/plain.tsx';
import { lineText } from './terminal-line.ts';
import type { TerminalLine } from './terminal-line.ts';

interface LineOptionsProps {
  readonly label: string;
  readonly lines: readonly TerminalLine[];
  readonly selected: string | null;
  readonly choose: (id: string) => void;
}

/** A log of at most so many lines is whole in the document. */
const WHOLE = 100;
/** options on each side of the current one, and of the selected one */
const AROUND = 20;

export function LineOptions({ label, lines, selected, choose }: LineOptionsProps): React.ReactNode {
  const ids = useMemo(() => lines.map((line) => line.id), [lines]);
  const roving = useRoving({ ids, entry: selected, onMove: choose });
  const shown = shownPlaces(ids, [roving.current, selected]);
  return (
    <ListBox label={label} className="line-options" roving={roving}>
      {shown.map((index) => {
        const line = lines[index];
        if (line === undefined) return null;
        return (
          <Option key={line.id} id={line.id} roving={roving} selected={line.id === selected} className="line-option" choose={() => choose(line.id)} position={index + 1} count={lines.length}>
            <Plain text={line.spoken ?? lineText(line)} />
          </Option>
        );
      })}
    </ListBox>
  );
}

function shownPlaces(ids: readonly string[], near: readonly (string | null)[]): readonly number[] {
  if (ids.length <= WHOLE) return ids.map((_, index) => index);
  const centres = near.map((id) => (id === null ? -1 : ids.indexOf(id))).filter((index) => index !== -1);
  const places = centres.flatMap((centre) => Array.from({ length: 2 * AROUND + 1 }, (_, step) => centre - AROUND + step));
  return [...new Set(places)].filter((place) => place >= 0 && place < ids.length).toSorted((left, right) => left - right);
}
