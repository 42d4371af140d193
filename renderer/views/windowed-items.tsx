/** The items of a long list or tree, which is no table: those in sight, and room for the others. */
import { Fragment } from 'react';
import type { ReactNode } from 'react';
import type { Roving } from '../a11y/roving.ts';
import { useRowWindow } from './use-row-window.ts';

interface WindowedItemsProps {
  readonly ids: readonly string[];
  /** is drawn wherever it is, as the one with the tab stop is */
  readonly current: string | null;
  readonly roving: Roving;
  /** selector of what scrolls around the list */
  readonly scroller: string;
  /** draws the item of that place, with the place as its `data-place` */
  readonly children: (id: string, place: number) => ReactNode;
}

export function WindowedItems({ ids, current, roving, scroller, children }: WindowedItemsProps): ReactNode {
  const needed = [roving.current, current].map((id) => (id === null ? -1 : ids.indexOf(id)));
  const { places, heightOf } = useRowWindow(roving.container, ids, { needed, scroller, rows: '[data-place]' });
  const gap = (from: number, to: number): ReactNode => (to <= from ? null : <div aria-hidden="true" style={{ height: heightOf(to - from) }} />);
  return (
    <>
      {places.map((place, at) => {
        const id = ids[place];
        return id === undefined ? null : <Fragment key={id}>{gap((places[at - 1] ?? -1) + 1, place)}{children(id, place)}</Fragment>;
      })}
      {gap((places.at(-1) ?? -1) + 1, ids.length)}
    </>
  );
}
