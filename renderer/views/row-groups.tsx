/** Rows of a long table or list in groups, each under its title. Only those in sight are in the document, and the title of each group that has some there. */
import { Fragment, useMemo } from 'react';
import type { ReactNode } from 'react';
import type { Roving } from '../a11y/roving.ts';
import { useRowWindow } from './use-row-window.ts';
import type { RowNeeds } from './use-row-window.ts';

export interface RowGroup<Row> {
  readonly id: string;
  readonly rows: readonly Row[];
}

interface RowGroupsProps<Row, Group> {
  readonly groups: readonly Group[];
  readonly roving: Roving;
  /** id of the selected row */
  readonly selected: string | null;
  /** selector of what scrolls around the table */
  readonly scroller?: string;
  /** @param rowIndex as `aria-rowindex` counts */
  readonly renderTitle: (group: Group, rowIndex: number) => ReactNode;
  readonly renderRow: (row: Row, rowIndex: number) => ReactNode;
}

export function RowGroups<Row extends { readonly id: string }, Group extends RowGroup<Row>>({ groups, roving, selected, scroller, renderTitle, renderRow }: RowGroupsProps<Row, Group>): ReactNode {
  const { lines, parts, left, heightOf } = useGroupWindow<Row, Group>(groups, roving.container, { needed: [roving.current, selected], ...(scroller === undefined ? {} : { scroller }) });
  return (
    <>
      {parts.map(({ group, lines: drawn }) => (
        <tbody key={group.id}>
          {drawn.map(({ place, gap }) => (
            <Fragment key={lines[place]?.row?.id ?? group.id}>
              {gap === 0 ? null : <RowGap height={heightOf(gap)} />}
              {lineAt(lines[place], { renderTitle, renderRow }, place)}
            </Fragment>
          ))}
        </tbody>
      ))}
      {left === 0 ? null : <tbody aria-hidden="true"><RowGap height={heightOf(left)} /></tbody>}
    </>
  );
}

interface GroupWindow<Row, Group> {
  /** all of them, titles too; a line's place is its index */
  readonly lines: readonly Line<Row, Group>[];
  /** what is drawn */
  readonly parts: readonly Part<Group>[];
  /** how many lines after those are not drawn */
  readonly left: number;
  /** px of so many lines that are not drawn */
  readonly heightOf: (lines: number) => number;
}

/** @param needs `needed`: ids of rows that are drawn wherever they are */
export function useGroupWindow<Row extends { readonly id: string }, Group extends RowGroup<Row>>(groups: readonly Group[], container: HTMLElement | null, needs: Omit<RowNeeds, 'needed'> & { readonly needed: readonly (string | null)[] }): GroupWindow<Row, Group> {
  const lines = useMemo(() => linesOf<Row, Group>(groups), [groups]);
  const ids = useMemo(() => lines.map(({ group, row }) => (row === null ? `title ${group.id}` : row.id)), [lines]);
  const needed = needs.needed.map((id) => (id === null ? -1 : lines.findIndex((line) => line.row?.id === id)));
  const { places, heightOf } = useRowWindow(container, ids, { ...needs, needed });
  const parts = partsOf(lines, places);
  return { lines, parts, left: lines.length - 1 - (parts.at(-1)?.lines.at(-1)?.place ?? -1), heightOf };
}

/** The place of rows that are not drawn. */
export const RowGap = ({ height }: { readonly height: number }): ReactNode => <tr aria-hidden="true" style={{ height }} />;

/** For `aria-rowcount`: the titles of the columns and of the groups are rows too. */
export const rowCount = (groups: readonly RowGroup<unknown>[]): number => 1 + groups.reduce((sum, { rows }) => sum + 1 + rows.length, 0);

interface Line<Row, Group> {
  readonly group: Group;
  /** place of the title of the group */
  readonly titleAt: number;
  /** null for that title */
  readonly row: Row | null;
}

function linesOf<Row, Group extends RowGroup<Row>>(groups: readonly Group[]): readonly Line<Row, Group>[] {
  const lines: Line<Row, Group>[] = [];
  for (const group of groups) {
    const titleAt = lines.length;
    lines.push({ group, titleAt, row: null });
    for (const row of group.rows) lines.push({ group, titleAt, row });
  }
  return lines;
}

function lineAt<Row, Group>(line: Line<Row, Group> | undefined, { renderTitle, renderRow }: Pick<RowGroupsProps<Row, Group>, 'renderTitle' | 'renderRow'>, place: number): ReactNode {
  if (line === undefined) return null;
  return line.row === null ? renderTitle(line.group, place + 2) : renderRow(line.row, place + 2);
}

interface Part<Group> {
  readonly group: Group;
  /** `gap`: how many lines before it are not drawn */
  readonly lines: { readonly place: number; readonly gap: number }[];
}

function partsOf<Row, Group>(lines: readonly Line<Row, Group>[], places: readonly number[]): readonly Part<Group>[] {
  const parts: Part<Group>[] = [];
  let before = -1;
  const titled = [...new Set(places.flatMap((place) => [lines[place]?.titleAt ?? place, place]))].toSorted((left, right) => left - right);
  for (const place of titled) {
    const group = lines[place]?.group;
    if (group === undefined) continue;
    const last = parts.at(-1);
    const drawn = { place, gap: place - before - 1 };
    if (last?.group === group) last.lines.push(drawn);
    else parts.push({ group, lines: [drawn] });
    before = place;
  }
  return parts;
}
