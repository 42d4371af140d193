/** A long table in groups: what of it is in the document, and how the rest is told. */
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import type { Roving } from '../../renderer/a11y/roving.ts';
import { RowGroups, rowCount } from '../../renderer/views/row-groups.tsx';

const groups = (count: number, rows: number) => Array.from({ length: count }, (_, group) => ({ id: `g${String(group)}`, rows: Array.from({ length: rows }, (_row, row) => ({ id: `g${String(group)} r${String(row)}` })) }));
const roving = (current: string | null): Roving => ({ attach: () => {}, container: null, current, onKeyDown: () => {}, moveTo: () => {}, visit: () => {} });
const drawn = (table: ReturnType<typeof groups>, current: string | null = null, selected: string | null = null): string[] =>
  renderToStaticMarkup(<table><RowGroups groups={table} roving={roving(current)} selected={selected} renderTitle={({ id }, index) => <tr aria-rowindex={index}><th>{id}</th></tr>} renderRow={({ id }, index) => <tr aria-rowindex={index}><td>{id}</td></tr>} /></table>)
    .split('<tr').slice(1).map((row) => /aria-rowindex="(\d+)"><t.>([^<]+)/.exec(row)?.slice(1).join(' ') ?? `gap ${/height:(\d+)px/.exec(row)?.[1] ?? ''}`);

describe('rows in groups', () => {
  test('a short table is whole', () => {
    expect(drawn(groups(2, 2))).toEqual(['2 g0', '3 g0 r0', '4 g0 r1', '5 g1', '6 g1 r0', '7 g1 r1']);
  });

  test('of a long one the beginning is drawn, and the place of the rest is kept', () => {
    const rows = drawn(groups(40, 9));
    expect(rows.length).toBeLessThan(40);
    expect(rows[0]).toBe('2 g0');
    expect(rows.at(-1)).toBe(`gap ${String((400 - (rows.length - 1)) * 40)}`);
  });

  test('the row with the tab stop and the selected one are drawn wherever they are, each under the title of its group', () => {
    const rows = drawn(groups(40, 9), 'g30 r4', 'g20 r0');
    const at = rows.indexOf('202 g20');
    expect(rows.slice(at)).toEqual(['202 g20', '203 g20 r0', `gap ${String(98 * 40)}`, '302 g30', `gap ${String(4 * 40)}`, '307 g30 r4', `gap ${String(94 * 40)}`]);
    expect(rows[at - 1]).toMatch(/^gap /);
  });

  test('titles count as rows', () => {
    expect(rowCount(groups(40, 9))).toBe(401);
  });
});
